import Experiments

@testable import ArrhythmiaReport
@testable import Datasets

/// Adds to a study what it may hold besides trained networks: a second recipe, ensembles, trainings
/// with fewer rows, transfers, autoencoders. The names pass through `text`.
enum CompleteResults {
  static func study(
    _ results: StudyResults, text: @escaping (String) -> String = { $0 }
  ) -> StudyResults {
    StudyResults(
      runID: results.runID, title: results.title, isDemonstration: results.isDemonstration,
      tasks: results.tasks.map { Additions(task: $0, text: text).complete }, gaps: results.gaps)
  }
}

/// What is added to one task.
private struct Additions {
  let task: TaskResults
  let text: (String) -> String

  private var seeds: [CellResult] {
    task.cells.filter { $0.variant.id == task.cells.first?.variant.id }
  }
  /// The predictions of the variant that is worst.
  private var others: [CellResult] {
    task.cells.filter { $0.variant.id == task.cells.last?.variant.id }
  }
  private var isBinary: Bool { task.data.classes.count == 2 }

  var complete: TaskResults {
    let own = others.map {
      $0.changed(id: "transformer", title: text("Transformer"), recipe: "own")
    }
    let latent = others.map { $0.changed(id: "autoencoder-mlp", title: text("Autoencoder + MLP")) }
    let tuned = seeds.map {
      $0.changed(
        recipe: "tuned",
        settings: TrainingSettings(
          objective: text("cross-entropy"), optimizer: "AdamW", weightDecay: 0.01,
          schedule: "one cycle", averagingMomentum: 0.999, labelSmoothing: 0.05,
          augmentation: text("noise"), remarks: [text("conv1 frozen")]))
    }
    return TaskResults(
      data: task.data,
      cells: task.cells + tuned + own + latent + (isBinary ? transfers(share: 1) : []) + ensembles,
      failures: task.failures, partialCells: isBinary ? partial : [],
      reconstructions: reconstructions)
  }

  private func transfers(share: Double) -> [CellResult] {
    [("transfer-frozen", "Transfer, frozen"), ("transfer-gradual", "Transfer, gradual")].flatMap {
      id, title in others.map { $0.changed(id: id, title: text(title), share: share) }
    }
  }

  private var partial: [CellResult] {
    [0.05, 0.25].flatMap { share in
      seeds.map { $0.changed(id: "baseline", share: share) } + transfers(share: share)
    }
  }

  private var ensembles: [CellResult] {
    EnsembleMethod.allCases.flatMap { method in
      seeds.map {
        $0.changed(
          id: method.rawValue, title: text(method.title), history: [],
          ensemble: ensemble(method, seed: $0.seed))
      }
    }
  }

  /// Up to all networks; the scores of one size are undefined.
  private func ensemble(_ method: EnsembleMethod, seed: Int) -> EnsembleFile {
    let first = task.cells.first?.variant.id ?? ""
    let names = [first, "\(first)+tuned", text("unknown")]
    let sizes = (1...3).map { size in
      let gain = 0.004 * Double(size) + 0.001 * Double(seed)
      return EnsembleFile.Size(
        size: size, validationAccuracy: 0.9 + gain, validationF1: size == 1 ? nil : 0.8 + gain,
        testAccuracy: 0.95 + gain, testF1: method == .vote ? nil : 0.79 + gain)
    }
    return EnsembleFile(
      ranking: names, size: 2, sizes: sizes, testRanking: names.reversed(),
      chosenOnTest: EnsembleFile.Size(
        size: 3, validationAccuracy: nil, validationF1: nil,
        testAccuracy: method == .logistic ? 0.999 : 0.961, testF1: nil),
      parameters: 509_802, multiplyAdds: 8_531_680)
  }

  private var reconstructions: [ReconstructionResult] {
    seeds.enumerated().map { place, cell in
      ReconstructionResult(
        key: "\(cell.key)-autoencoder",
        variant: VariantFacts(
          id: "autoencoder", title: text("Autoencoder"), source: text("somebody"),
          parameters: 12_268, multiplyAdds: 58_320),
        recipe: "published", seed: cell.seed, history: cell.history, bestEpoch: 2,
        reconstruction: ReconstructionFile(
          meanSquaredError: 0.0021,
          classErrors: task.data.classes.indices.map { $0 == 1 ? nil : 0.001 * Double($0 + 1) },
          examples: place == 0 ? examples : []), settings: nil)
    }
  }

  /// Two rows a class: one padded, one not, and one whose output is no number.
  private var examples: [ReconstructionFile.Example] {
    task.data.classes.indices.flatMap { label in
      [120, 187].map { length in
        let input = (0..<187).map { sample -> Float in
          sample < length ? 0.2 + 0.6 * Float((sample + 20 * label) % 60) / 60 : 0
        }
        let output = input.map { $0 * 0.95 + 0.02 }
        return ReconstructionFile.Example(
          label: label, input: input,
          output: label == 1 && length == 187 ? output.map { _ in .nan } : output)
      }
    }
  }
}

extension CellResult {
  /// The same predictions of something else.
  func changed(
    id: String? = nil, title: String? = nil, recipe: String? = nil, share: Double? = nil,
    folds: Int? = nil, history: [EpochRecord]? = nil, ensemble: EnsembleFile? = nil,
    settings: TrainingSettings? = TrainingSettings()
  ) -> CellResult {
    let facts = VariantFacts(
      id: id ?? variant.id, title: title ?? variant.title, source: variant.source,
      parameters: ensemble?.parameters ?? variant.parameters,
      multiplyAdds: ensemble?.multiplyAdds ?? variant.multiplyAdds)
    let share = share ?? trainingShare
    return CellResult(
      key: "\(key)-\(facts.id)-\(recipe ?? "")-\(share)", variant: facts,
      recipe: recipe ?? self.recipe, seed: seed, history: history ?? self.history,
      bestEpoch: history?.isEmpty == true ? 0 : bestEpoch, labels: labels,
      probabilities: probabilities, predictionsHash: predictionsHash,
      foldCount: folds ?? foldCount, trainingShare: share, ensemble: ensemble,
      settings: ensemble == nil ? settings : nil, validation: ensemble == nil ? validation : [],
      findings: ensemble == nil ? findings : CellFindings())
  }
}
