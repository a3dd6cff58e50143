/// How an ensemble was put together, as it stands in the store.
public struct EnsembleFile: Sendable, Codable, Equatable {
  /// What ensembles of one size reach; `nil` where a score is undefined.
  public struct Size: Sendable, Codable, Equatable {
    /// Members.
    public let size: Int
    /// Share of validation rows that are right, each answered out of its part.
    public let validationAccuracy: Double?
    /// Macro-F1 on the same rows, of two classes the second's F1.
    public let validationF1: Double?
    /// Share of test rows that are right.
    public let testAccuracy: Double?
    /// Macro-F1 on the test rows, of two classes the second's F1.
    public let testF1: Double?

    /// Creates an entry.
    public init(
      size: Int, validationAccuracy: Double?, validationF1: Double?, testAccuracy: Double?,
      testF1: Double?
    ) {
      self.size = size
      self.validationAccuracy = validationAccuracy
      self.validationF1 = validationF1
      self.testAccuracy = testAccuracy
      self.testF1 = testF1
    }
  }

  /// All members, best first by accuracy on the validation rows.
  public let ranking: [String]
  /// Members of the ensemble: the first ones of the ranking.
  public let size: Int
  /// Every size.
  public let sizes: [Size]
  /// Members, best first by accuracy on the test rows: the published way, as a finding only.
  public let testRanking: [String]
  /// The size with the best test accuracy of those rankings, and what it would have been said to
  /// reach.
  public let chosenOnTest: Size
  /// Parameters of the members and of what joins them.
  public let parameters: Int
  /// Multiply-adds of a row through all members.
  public let multiplyAdds: Int

  /// Creates the file's content.
  public init(
    ranking: [String], size: Int, sizes: [Size], testRanking: [String], chosenOnTest: Size,
    parameters: Int, multiplyAdds: Int
  ) {
    self.ranking = ranking
    self.size = size
    self.sizes = sizes
    self.testRanking = testRanking
    self.chosenOnTest = chosenOnTest
    self.parameters = parameters
    self.multiplyAdds = multiplyAdds
  }
}
