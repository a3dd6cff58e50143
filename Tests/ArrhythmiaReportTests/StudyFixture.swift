import Documents
import Experiments

@testable import ArrhythmiaReport
@testable import Datasets

/// Small studies with made-up predictions.
enum StudyFixture {
  /// Two tasks, two variants; the second one is right less often.
  static func study(
    seeds: Int = 2, source: DataSource = .recordings, text: (String) -> String = { $0 },
    gaps: [String] = [], isDemonstration: Bool = false, figures: [String]? = nil
  ) -> StudyResults {
    let mitbih = data(
      "mitbih", text("MIT-BIH heartbeats"), ["N", "S", "V", "F", "Q"].map(text),
      [80, 6, 8, 2, 4], source, text("intra-patient split: beats of one subject on both sides"))
    let ptb = data(
      "ptb", text("PTB heartbeats"), ["normal", "abnormal"].map(text), [10, 30], source,
      text("split by beat, no patient id"))
    let tasks = [mitbih, ptb].map { data in
      TaskResults(
        data: data,
        cells: ["baseline", "vanilla-cnn"].enumerated().flatMap { index, id in
          (1...max(seeds, 1)).prefix(seeds).map { seed in
            cell(id, text(id), seed: seed, errors: 3 + 9 * index + seed, data, text)
          }
        },
        failures: gaps.isEmpty
          ? [] : [CellFailure(variant: text("vanilla-mlp"), seed: 1, message: text("disk full"))])
    }
    return StudyResults(
      runID: text(String(repeating: "ab", count: 32)), title: text("Arrhythmia study"),
      isDemonstration: isDemonstration, tasks: tasks,
      gaps: gaps.map(text), figures: figures)
  }

  static func data(
    _ id: String, _ title: String, _ symbols: [String], _ counts: [Int], _ source: DataSource,
    _ protocolLabel: String, subjects: [String]? = nil
  ) -> DatasetSummary {
    DatasetSummary(
      id: id, title: title,
      classes: symbols.map { ClassLabel(symbol: $0, name: "class \($0)") },
      protocolLabel: protocolLabel, source: source,
      fingerprint: String(repeating: "0f", count: 32), rowSamplingRate: 120,
      subjectCount: id == "mitbih" ? 47 : nil,
      beats: counts.map { count in
        DatasetSummary.ClassBeats(
          trainCount: count * 4, testCount: count, examples: [], exampleLengths: [], median: [],
          low: [], high: [], coverage: [])
      },
      strips: [], testSubjects: subjects)
  }

  /// A cell that is wrong in the first rows, as many as `errors` says.
  static func cell(
    _ id: String, _ title: String, seed: Int, errors: Int, _ data: DatasetSummary,
    _ text: (String) -> String = { $0 }
  ) -> CellResult {
    let labels = data.beats.indices.flatMap {
      Array(repeating: $0, count: data.beats[$0].testCount)
    }
    let classes = data.classes.count
    let probabilities = labels.enumerated().flatMap { row, label -> [Float] in
      let answer = row < errors ? (label + 1) % classes : label
      return (0..<classes).map { $0 == answer ? 0.75 : 0.25 / Float(classes - 1) }
    }
    let history = (1...3).map {
      EpochRecord(
        epoch: $0, learningRate: 0.001, trainLoss: 0.1, trainAccuracy: 0.9, validationLoss: 0.2,
        validationAccuracy: 0.8 + 0.05 * Double($0))
    }
    return CellResult(
      key: text("\(id)-\(data.id)-\(seed)"),
      variant: VariantFacts(
        id: text(id), title: title, source: text("Somebody, doi:10.1/x"), parameters: 254_901,
        multiplyAdds: 4_265_840),
      recipe: text("published"), seed: seed, history: history, bestEpoch: 2, labels: labels,
      probabilities: probabilities, predictionsHash: text("hash of \(id)"))
  }
}

extension EvaluatedStudy {
  /// A study with few draws, where it is not intervals that a test is about.
  init(quick results: StudyResults) throws {
    var draws = BootstrapDraws()
    (draws.intervals, draws.bands) = (100, 50)
    try self.init(results, draws: draws)
  }
}

extension Report {
  /// The report of results without figures.
  init(_ results: StudyResults, figures: [FigureReference] = []) throws {
    self = try Report(EvaluatedStudy(quick: results), figures: figures)
  }
}
