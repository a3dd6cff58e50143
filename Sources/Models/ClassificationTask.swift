public import Neural

/// What a network has to tell apart.
public struct ClassificationTask: Sendable, Hashable {
  /// Stable name, for example `mitbih`.
  public let id: String
  /// Classes of the task.
  public let classCount: Int
  /// Samples of a row.
  public let rowLength: Int

  /// Describes a task.
  public init(id: String, classCount: Int, rowLength: Int = 187) {
    self.id = id
    self.classCount = classCount
    self.rowLength = rowLength
  }

  /// Whether two classes are told apart, by a single logit.
  public var isBinary: Bool { classCount == 2 }

  /// Logits of a network: one a class, or a single one for two classes.
  public var outputs: Int { isBinary ? 1 : classCount }

  /// What is minimised: the cross-entropy of softmax or sigmoid.
  public var loss: any ClassificationLoss {
    isBinary ? SigmoidCrossEntropy() : SoftmaxCrossEntropy()
  }
}
