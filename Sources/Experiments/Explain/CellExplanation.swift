/// What a cell was or would be made from, and what changed since the one before.
public struct CellExplanation: Sendable {
  /// What a person calls it; `nil` where only its key is known.
  public let name: CellName?
  /// Its key.
  public let key: String
  /// Whether the store holds it.
  public let isDone: Bool
  /// What its key is made from.
  public let inputs: CellInputs
  /// Why it would be made, or what made it differ from the one before; `nil` where there is none
  /// before.
  public let reason: OpenReason?
}

extension RunStore {
  /// Explains the cells that a name or the first digits of a key mean: those that a study would
  /// have, else those of the store.
  ///
  /// - Parameters:
  ///   - text: A cell's name, or eight digits of its key or more.
  ///   - plan: The cells of a study, to look among as well.
  public func explanations(
    of text: String, in study: Study? = nil, data: [TaskData] = []
  ) throws -> [CellExplanation] {
    let history = try CellHistory(self)
    let reference = CellReference(text)
    if let study {
      let jobs = try StudyPlan(study, data: data).jobs.filter {
        reference.means($0.name, key: $0.key)
      }
      let explanations = try jobs.compactMap { job in
        CellInputs(try job.work.canonicalJSON()).map { inputs in
          explanation(job.key, name: job.name, inputs, history)
        }
      }
      if !explanations.isEmpty { return explanations }
    }
    let entries =
      reference.isKey ? history.cells(keyPrefix: text.lowercased()) : history.cells(named: text)
    return entries.map { explanation($0.key, name: nil, $0.inputs, history) }
  }

  private func explanation(
    _ key: String, name: CellName?, _ inputs: CellInputs, _ history: CellHistory
  ) -> CellExplanation {
    let isDone = contains(key)
    let cells = history.cells(like: inputs)
    let place = cells.firstIndex { $0.key == key }
    let before = place.map { $0 + 1 } ?? 0
    let reason: OpenReason? =
      before < cells.count
      ? .changed(since: cells[before].key, inputs.changes(since: cells[before].inputs))
      : (isDone ? nil : .neverMade)
    return CellExplanation(name: name, key: key, isDone: isDone, inputs: inputs, reason: reason)
  }
}
