/// What can be wrong with labels and scores.
public enum StatisticsError: Error, Sendable, Equatable {
  /// There is nothing to evaluate.
  case noRows
  /// Fewer than two classes.
  case tooFewClasses(Int)
  /// The number of scores is not rows times columns.
  case scoreCount(rows: Int, columns: Int, found: Int)
  /// A label that is no class.
  case label(row: Int, found: Int, classCount: Int)
  /// A score that is infinite or not a number.
  case notFinite(row: Int, column: Int)
  /// A probability outside 0…1.
  case notProbability(row: Int, column: Int, found: Double)
  /// Probabilities of a row that do not sum to 1.
  case sum(row: Int, found: Double)
  /// A curve that does not exist for these labels.
  case undefined(reason: String)
}

extension StatisticsError: CustomStringConvertible {
  /// One sentence that ends with the remedy; rows and columns are counted from 0.
  public var description: String { "\(fact); \(remedy)" }

  /// What is wrong, as a clause without the remedy.
  public var fact: String {
    switch self {
    case .noRows:
      "there are no rows to evaluate"
    case .tooFewClasses(let count):
      "\(count) classes are too few"
    case .scoreCount(let rows, let columns, let found):
      "\(rows) rows of \(columns) scores do not make \(found) scores"
    case .label(let row, let found, _):
      "row \(row): the label \(found) is no class"
    case .notFinite(let row, let column):
      "row \(row), column \(column): the score is not finite"
    case .notProbability(let row, let column, let found):
      "row \(row), column \(column): \(found) is no probability"
    case .sum(let row, let found):
      "row \(row): the probabilities sum to \(found)"
    case .undefined(let reason):
      "the curve is undefined: \(reason)"
    }
  }

  private var remedy: String {
    switch self {
    case .noRows: "give at least one prediction"
    case .tooFewClasses: "give a column of scores for each of two or more classes"
    case .scoreCount: "give each label one row of scores, one a class"
    case .label(_, _, let classCount): "give labels from 0 to \(classCount - 1)"
    case .notFinite: "find out where the model overflows"
    case .notProbability: "give values from 0 to 1, or say that these are scores"
    case .sum: "normalise them, or say that these are scores"
    case .undefined: "evaluate rows of both kinds"
    }
  }
}
