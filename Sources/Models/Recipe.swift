/// How a variant is trained. Every field decides the cell's bytes and stands in its key.
public struct Recipe: Sendable, Hashable, Codable {
  /// Lowers the learning rate when the validation accuracy no longer rises.
  public struct RateReduction: Sendable, Hashable, Codable {
    /// What the rate is multiplied with.
    public var factor: Double
    /// Epochs without gain before each reduction.
    public var patience: Int

    /// Creates the rule.
    public init(factor: Double = 0.1, patience: Int = 3) {
      self.factor = factor
      self.patience = patience
    }
  }

  /// Stable name, for example `published`.
  public var name = "published"
  /// Learning rate of Adam (β .9 and .999, ε 1e-7).
  public var learningRate = 1e-3
  /// Rows of a batch.
  public var batchSize = 32
  /// Epochs at most.
  public var maximumEpochs = 1000
  /// Epochs without gain in validation accuracy before training ends.
  public var stoppingPatience = 5
  /// How the rate falls, or `nil` for a constant rate.
  public var rateReduction: RateReduction? = RateReduction()
  /// Share of the training rows that are held out for validation.
  public var validationShare = 0.1

  /// The common settings of the published study, with what differs from them.
  public init(
    learningRate: Double = 1e-3, batchSize: Int = 32, stoppingPatience: Int = 5,
    rateReduction: RateReduction? = RateReduction()
  ) {
    self.learningRate = learningRate
    self.batchSize = batchSize
    self.stoppingPatience = stoppingPatience
    self.rateReduction = rateReduction
  }
}
