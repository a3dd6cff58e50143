import Datasets
import Statistics

/// All metrics of a set of predictions, with their bootstrap intervals.
public struct Evaluation: Encodable, Sendable {
  /// What was evaluated: a file, or a cell of a run.
  public let name: String
  private let document: MetricsDocument
  /// What a draw of the bootstrap takes: subjects or rows.
  private let unit: String
  /// Whether rows are drawn since a single subject is named.
  private let isOfOneSubject: Bool
  private let draws: Int
  private let calibration: [CalibrationBin]
  /// The people behind each class; `nil` where rows are drawn.
  private let subjects: [ClassSubjects]?
  private let missingInterval: @Sendable (Metric) -> MissingInterval

  /// Evaluates a predictions file; by subject where it names them.
  public init(
    file path: String, areScores: Bool, draws: Int, workers: Int
  ) throws {
    let file = try PredictionsFile(path: path)
    do {
      try self.init(
        name: path, labels: file.labels, scores: file.scores, classCount: file.classCount,
        areProbabilities: !areScores, classes: nil, subjects: file.subjects, draws: draws,
        workers: workers)
    } catch let error as StatisticsError {
      throw ExperimentsError.unusablePredictions(path: path, problem: Self.problem(error, in: file))
    }
  }

  /// What is wrong and the remedy, which for scores is an option of the command.
  private static func problem(_ error: StatisticsError, in file: PredictionsFile) -> String {
    switch error {
    case .notProbability(let row, _, _) where file.hasSingleScore:
      // The other column is not in the file.
      "row \(row): the score \(file.scores[2 * row + 1]) is no probability; \(scoresRemedy)"
    case .notProbability, .sum: "\(error.fact); \(scoresRemedy)"
    default: "\(error)"
    }
  }

  private static let scoresRemedy =
    "give probabilities from 0 to 1, of which those of a row sum to 1, or say with --scores that "
    + "these are none"

  /// Evaluates every finished cell of a run.
  public static func of(
    _ run: RunRecord, in store: RunStore, draws: Int, workers: Int
  ) throws -> [Evaluation] {
    try store.results(of: run).tasks.flatMap { task in
      try task.cells.map { cell in
        try Evaluation(
          name: "\(task.data.id)/\(cell.variant.id)/\(cell.seed)", labels: cell.labels,
          scores: cell.probabilities.map(Double.init), classCount: task.data.classes.count,
          areProbabilities: true, classes: task.data.classes.map(\.symbol),
          subjects: task.data.testSubjects, draws: draws, workers: workers)
      }
    }
  }

  private init(
    name: String, labels: [Int], scores: [Double], classCount: Int, areProbabilities: Bool,
    classes: [String]?, subjects: [String]?, draws: Int, workers: Int
  ) throws {
    let predictions = try Predictions(
      labels: labels, probabilities: scores, classCount: classCount,
      areProbabilities: areProbabilities)
    let resampling = Resampling(rowCount: labels.count, subjects: subjects, seed: 1)
    let replicates = resampling.replicates(of: [predictions], draws: draws, workers: workers)
    let contributions = resampling.contributions(of: [predictions], workers: workers)
    let metrics = predictions.metrics()
    self.name = name
    self.draws = draws
    unit = resampling.drawsSubjects ? "subjects" : "rows"
    isOfOneSubject = subjects != nil && !resampling.drawsSubjects
    calibration = metrics.calibration
    self.subjects = resampling.subjects(of: labels, classCount: classCount)
    document = MetricsDocument(metrics, classes: classes) { metric in
      replicates[0].scoreInterval(
        of: metric, method: resampling.intervalMethod, contributions: contributions[0])
    }
    missingInterval = {
      resampling.missingInterval(of: $0, model: predictions, replicates: replicates[0])
    }
  }

  private enum Key: String, CodingKey {
    case name
    case resampled
    case calibration
    case subjects = "class_subjects"
  }

  private enum SubjectsKey: String, CodingKey {
    case label = "class"
    case count
    case effective
  }

  private enum BinKey: String, CodingKey {
    case low, high, count, confidence, accuracy
  }

  /// The metrics, and what was evaluated.
  public func encode(to encoder: any Encoder) throws {
    try document.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(unit, forKey: .resampled)
    var bins = container.nestedUnkeyedContainer(forKey: .calibration)
    for bin in calibration {
      var entry = bins.nestedContainer(keyedBy: BinKey.self)
      try entry.encode(bin.lower, forKey: .low)
      try entry.encode(bin.upper, forKey: .high)
      try entry.encode(bin.count, forKey: .count)
      try entry.encode(bin.meanConfidence, forKey: .confidence)
      try entry.encode(bin.accuracy, forKey: .accuracy)
    }
    guard let subjects else { return }
    var classes = container.nestedUnkeyedContainer(forKey: .subjects)
    for (symbol, subjects) in zip(document.classes, subjects) {
      var entry = classes.nestedContainer(keyedBy: SubjectsKey.self)
      try entry.encode(symbol, forKey: .label)
      try entry.encode(subjects.count, forKey: .count)
      try entry.encode(subjects.effective, forKey: .effective)
    }
  }

  /// The metrics as JSON: one object for one evaluation, else a list.
  public static func json(_ evaluations: [Evaluation]) throws -> String {
    let bytes =
      evaluations.count == 1
      ? try CanonicalJSON.encode(evaluations[0]) : try CanonicalJSON.encode(evaluations)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The metrics as lines of name, value and interval, at full precision.
  public var text: String {
    let warning =
      isOfOneSubject ? ", all of one subject: they say nothing about other people" : ""
    var lines = ["\(name): 95 % intervals from \(draws) draws of \(unit)\(warning)"]
    lines += document.summaryMetrics.map { line($0.name, $0.metric) }
    for (index, symbol) in document.classes.enumerated() {
      let support = document.metrics.perClass[index].support
      let people = subjects.map {
        " of \($0[index].count) subjects, \($0[index].effective) effective"
      }
      lines.append("class \(symbol)\t\(support) rows\(people ?? "")")
      lines += ClassMetric.allCases.map { line("  \($0.rawValue)", .perClass($0, index)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ name: String, _ metric: Metric) -> String {
    switch document.metrics[metric] {
    case .undefined(let reason): return "\(name)\tn/a (\(reason))"
    case .defined(let value):
      guard let interval = document.interval(metric) else {
        return "\(name)\t\(value)\tinterval n/a (\(missingInterval(metric)))"
      }
      return "\(name)\t\(value)\t\(interval.low)…\(interval.high)"
    }
  }
}
