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
  public var description: String {
    switch self {
    case .noRows:
      "there are no rows to evaluate; give at least one prediction"
    case .tooFewClasses(let count):
      "\(count) classes are too few; give a column of scores for each of two or more classes"
    case .scoreCount(let rows, let columns, let found):
      "\(rows) rows of \(columns) scores do not make \(found) scores; give each label one row of "
        + "scores, one a class"
    case .label(let row, let found, let classCount):
      "row \(row): the label \(found) is no class; give labels from 0 to \(classCount - 1)"
    case .notFinite(let row, let column):
      "row \(row), column \(column): the score is not finite; find out where the model overflows"
    case .notProbability(let row, let column, let found):
      "row \(row), column \(column): \(found) is no probability; give values from 0 to 1, or say "
        + "that these are scores"
    case .sum(let row, let found):
      "row \(row): the probabilities sum to \(found); normalise them, or say that these are scores"
    case .undefined(let reason):
      "the curve is undefined: \(reason); evaluate rows of both kinds"
    }
  }
}
