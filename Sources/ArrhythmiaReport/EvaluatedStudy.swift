public import Datasets
public import Experiments

/// A study's results with the scores of each cell: what sections and tables are made from.
public struct EvaluatedStudy: Sendable {
  /// The results.
  public let results: StudyResults
  /// The tasks, in study order.
  public let tasks: [EvaluatedTask]
  /// The figures that were drawn, in the order of the report.
  public let figures: [FigureReference]

  /// Scores every cell.
  public init(_ results: StudyResults, figures: [FigureReference]) throws(ReportError) {
    self.results = results
    self.figures = figures
    var tasks: [EvaluatedTask] = []
    for task in results.tasks {
      tasks.append(try EvaluatedTask(task, of: results))
    }
    self.tasks = tasks
  }
}

/// The results of one task with their scores.
public struct EvaluatedTask: Sendable {
  /// The results.
  public let results: TaskResults
  /// The variants, in study order.
  public let variants: [EvaluatedVariant]
  /// A constant answer: the most frequent class of the training rows; `nil` without rows.
  public let majority: Scores?
  /// Whether published results may stand beside these.
  public let isComparableWithPublished: Bool

  init(_ results: TaskResults, of study: StudyResults) throws(ReportError) {
    self.results = results
    let data = results.data
    isComparableWithPublished = data.source != .synthetic && !study.isDemonstration
    var variants: [EvaluatedVariant] = []
    for cell in results.cells {
      let scored = try EvaluatedCell(cell, of: data)
      let place = variants.firstIndex {
        $0.facts.id == cell.variant.id && $0.recipe == cell.recipe
      }
      if let place {
        variants[place].cells.append(scored)
      } else {
        variants.append(
          EvaluatedVariant(facts: cell.variant, recipe: cell.recipe, cells: [scored]))
      }
    }
    self.variants = variants
    majority = Self.majority(of: data)
  }

  /// Stable name of the task.
  public var id: String { results.data.id }
  /// What the rows are.
  public var data: DatasetSummary { results.data }
  /// Whether there are two classes only, of which the second counts as positive.
  public var isBinary: Bool { data.classes.count == 2 }
  /// What the F1 of a row in the results table is.
  public var f1Title: String { isBinary ? "F1" : "Macro-F1" }

  /// The variant that others are compared with.
  public var baseline: EvaluatedVariant? { variants.first { $0.facts.id == "baseline" } }

  /// The variant with the highest mean accuracy; the first of several.
  public var best: EvaluatedVariant? {
    variants.reduce(nil) { best, variant in
      guard let value = variant.summary(\.accuracy).mean else { return best }
      guard let highest = best?.summary(\.accuracy).mean, highest >= value else { return variant }
      return best
    }
  }

  /// Scores a constant answer on rows with the counts of the test part.
  private static func majority(of data: DatasetSummary) -> Scores? {
    let most = data.beats.indices.max { left, right in
      (data.beats[left].trainCount, right) < (data.beats[right].trainCount, left)
    }
    guard let most, data.testCount > 0 else { return nil }
    let labels = data.beats.indices.flatMap {
      Array(repeating: $0, count: data.beats[$0].testCount)
    }
    let answer = data.classes.indices.map { $0 == most ? 1.0 : 0.0 }
    return Scores(
      labels: labels, probabilities: labels.flatMap { _ in answer }, classes: data.classes.count)
  }
}

/// The cells of one variant under one recipe, one a seed.
public struct EvaluatedVariant: Sendable {
  /// What the model is.
  public let facts: VariantFacts
  /// Name of the recipe.
  public let recipe: String
  /// The cells, in the order of their seeds.
  public internal(set) var cells: [EvaluatedCell]

  /// A score over the seeds.
  public func summary(_ score: (Scores) -> Double?) -> SeedSummary {
    SeedSummary(cells.map { score($0.scores) })
  }

  /// Share of the seeds in which each test row is right.
  var correctness: [Double] {
    guard let first = cells.first else { return [] }
    return first.result.labels.indices.map { row in
      let right = cells.count { $0.scores.predictions[row] == $0.result.labels[row] }
      return Double(right) / Double(cells.count)
    }
  }
}

/// A cell with its scores on the test rows.
public struct EvaluatedCell: Sendable {
  /// The cell.
  public let result: CellResult
  /// Its scores.
  public let scores: Scores

  init(_ result: CellResult, of data: DatasetSummary) throws(ReportError) {
    self.result = result
    if let problem = Self.problem(of: result, data) {
      throw .inconsistentPredictions(task: data.id, cell: result.key, problem: problem)
    }
    scores = Scores(
      labels: result.labels, probabilities: result.probabilities.map(Double.init),
      classes: data.classes.count)
  }
}

extension EvaluatedCell {
  /// What keeps predictions from being scored.
  private static func problem(of cell: CellResult, _ data: DatasetSummary) -> String? {
    let (rows, classes) = (cell.labels.count, data.classes.count)
    if rows != data.testCount {
      return "it predicts \(rows) rows, the test part has \(data.testCount)"
    }
    if cell.probabilities.count != rows * classes {
      return "it holds \(cell.probabilities.count) probabilities for \(rows) rows of "
        + "\(classes) classes"
    }
    if let row = cell.labels.firstIndex(where: { !data.classes.indices.contains($0) }) {
      return "the label \(cell.labels[row]) of row \(row) is not one of \(classes) classes"
    }
    if let place = cell.probabilities.firstIndex(where: { !$0.isFinite }) {
      return "row \(place / classes) holds a probability that is not a number"
    }
    return nil
  }
}

/// Mean and standard deviation of a score over seeds.
public struct SeedSummary: Sendable, Hashable {
  /// The values that are defined.
  public let values: [Double]
  /// Their mean; `nil` where any seed's value is undefined.
  public let mean: Double?
  /// Their standard deviation (n − 1); `nil` with fewer than two seeds.
  public let deviation: Double?

  init(_ values: [Double?]) {
    let defined = values.compactMap(\.self)
    self.values = defined
    guard !values.isEmpty, defined.count == values.count else {
      (mean, deviation) = (nil, nil)
      return
    }
    let mean = defined.reduce(0, +) / Double(defined.count)
    self.mean = mean
    let squares = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = defined.count > 1 ? (squares / Double(defined.count - 1)).squareRoot() : nil
  }
}
