/// What the weights of one fold say of rows that were held out of their training: what is chosen
/// after a training, such as a temperature, is chosen by these.
public struct ValidationAnswers: Sendable, Equatable {
  /// Class of each validation row.
  public let labels: [Int]
  /// Probability of each class, row-major `[rows, classes]`.
  public let probabilities: [Float]
  /// Test rows of the fold, those that the same weights answer.
  public let testCount: Int

  /// Creates answers.
  public init(labels: [Int], probabilities: [Float], testCount: Int) {
    self.labels = labels
    self.probabilities = probabilities
    self.testCount = testCount
  }
}
