import Datasets

extension StudyResults {
  /// The results of some tasks and variants only, for a look at single pieces.
  ///
  /// - Parameters:
  ///   - task: A task's name; all tasks where there is none.
  ///   - variants: Names of variants, each with all its recipes, or `<variant>+<recipe>`; all where
  ///     the list is empty.
  /// - Throws: `ExperimentsError` where the results hold nothing of a name.
  public func only(
    task: String?, variants: [String]
  ) throws(ExperimentsError) -> StudyResults {
    let kept = tasks.filter { task == nil || $0.data.id == task }
    if let task, kept.isEmpty { throw .notInRun(kind: "task", task, known: tasks.map(\.data.id)) }
    let known = kept.flatMap(\.variantNames)
    for name in variants where !known.contains(where: { $0.matches(name) }) {
      let names = known.map(\.variant).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      throw .notInRun(kind: "variant", name, known: names)
    }
    return StudyResults(
      runID: runID, title: title, isDemonstration: isDemonstration,
      tasks: variants.isEmpty ? kept : kept.map { $0.only(variants) }, gaps: gaps,
      figures: figures, study: study)
  }
}

/// A variant with the recipe it was trained by.
private struct TrainedVariant {
  let variant: String
  let recipe: String

  func matches(_ name: String) -> Bool { name == variant || name == "\(variant)+\(recipe)" }
}

extension TaskResults {
  fileprivate var variantNames: [TrainedVariant] {
    (cells + partialCells).map { TrainedVariant(variant: $0.variant.id, recipe: $0.recipe) }
      + reconstructions.map { TrainedVariant(variant: $0.variant.id, recipe: $0.recipe) }
  }

  fileprivate func only(_ names: [String]) -> TaskResults {
    func isKept(_ variant: String, _ recipe: String) -> Bool {
      names.contains { TrainedVariant(variant: variant, recipe: recipe).matches($0) }
    }
    var results = self
    results.cells = cells.filter { isKept($0.variant.id, $0.recipe) }
    results.partialCells = partialCells.filter { isKept($0.variant.id, $0.recipe) }
    results.reconstructions = reconstructions.filter { isKept($0.variant.id, $0.recipe) }
    results.failures = failures.filter { names.contains($0.variant) }
    return results
  }
}
