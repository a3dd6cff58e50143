extension Predictions {
  /// The probabilities, row-major `[rows, classes]`.
  public var probabilities: [Double] { scores }

  /// The same rows with other probabilities.
  ///
  /// - Throws: As the initialiser.
  public func with(probabilities: [Double]) throws(StatisticsError) -> Predictions {
    try Predictions(labels: labels, probabilities: probabilities, classCount: classCount)
  }

  /// The probability of the answer of each row that is answered wrongly, in the order of the rows.
  public var confidenceOfMistakes: [Double] {
    facts.filter { $0.label != $0.predicted }.map(\.confidence)
  }
}
