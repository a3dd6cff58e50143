public import Neural

/// How a variant is trained. Every field decides the cell's bytes and stands in its key.
public struct Recipe: Sendable, Hashable, Codable {
  /// What a wrong probability costs.
  public enum Objective: Sendable, Hashable, Codable {
    /// The cross-entropy of softmax or sigmoid.
    case crossEntropy
    /// The focal loss, which looks at the uncertain rows.
    case focal(gamma: Double)
    /// The mean squared error of the row itself, which the network is to give back.
    case reconstruction
  }

  /// A part of a training that comes before its main part, with less that is trained.
  public struct Stage: Sendable, Hashable, Codable {
    /// Paths of what is not trained.
    public var frozen: [String]
    /// How long it lasts.
    public var epochs: Int

    /// Describes the stage.
    public init(frozen: [String], epochs: Int) {
      self.frozen = frozen
      self.epochs = epochs
    }
  }

  /// How much a row of each class counts in the training loss.
  public enum ClassWeighting: Sendable, Hashable, Codable {
    /// As much as any other.
    case equal
    /// Such that all classes count alike, see ``Neural/ClassWeights/balanced(rowsPerClass:)``.
    case balanced
    /// One number a class.
    case perClass(weights: [Double])
  }

  /// How weights follow their gradients; what is not named here has the defaults of Keras.
  public enum Algorithm: Sendable, Hashable, Codable {
    /// Adam (β .9 and .999, ε 1e-7).
    case adam
    /// The same with decoupled weight decay.
    case adamW(weightDecay: Double)
    /// Gradient descent with momentum.
    case sgd(momentum: Double, nesterov: Bool)
  }

  /// The epoch whose weights are kept.
  public enum KeptEpoch: String, Sendable, Hashable, Codable {
    /// The first of those with the best validation accuracy.
    case best
    /// The last one that was trained.
    case last
  }

  /// Name of the settings that a variant was published with.
  public static let publishedName = "published"

  /// Name of settings that are a variant's only ones, though nobody has published them.
  public static let ownName = "own"

  /// Name of our own settings beside those, chosen on validation rows.
  public static let tunedName = "tuned"

  /// The names of the program's recipes.
  public static let reservedNames = [publishedName, ownName, tunedName]

  /// Stable name, for example `published`.
  public var name = Self.publishedName
  /// What is minimised.
  public var objective = Objective.crossEntropy
  /// Share of each label that all classes get alike, in the training loss.
  public var labelSmoothing = 0.0
  /// How much each class counts in the training loss; the validation loss knows no weights.
  public var classWeighting = ClassWeighting.equal
  /// The optimizer.
  public var algorithm = Algorithm.adam
  /// Learning rate, before the schedule changes it.
  public var learningRate = 1e-3
  /// How the rate changes.
  public var schedule = Schedule.reduceOnPlateau()
  /// What is done to large gradients.
  public var clipping = GradientClipping.none
  /// Momentum of the weights' moving average, which validation and prediction use; 0 for none.
  public var averagingMomentum = 0.0
  /// Paths of what is not trained, for example `conv1`.
  public var frozen: [String] = []
  /// What comes first, each with an optimizer of its own; the epochs count on.
  public var earlierStages: [Stage] = []
  /// Random changes of the training rows.
  public var augmentation = Augmentation.none
  /// Rows of a batch.
  public var batchSize = 32
  /// Epochs at most.
  public var maximumEpochs = 1000
  /// Epochs without gain in validation accuracy before training ends.
  public var stoppingPatience = 5
  /// Which weights are kept.
  public var keptEpoch = KeptEpoch.best
  /// Share of the training rows that are held out for validation.
  public var validationShare = 0.1

  /// The common settings of the published study, with what differs from them.
  public init(
    learningRate: Double = 1e-3, batchSize: Int = 32, stoppingPatience: Int = 5,
    schedule: Schedule = .reduceOnPlateau()
  ) {
    self.learningRate = learningRate
    self.batchSize = batchSize
    self.stoppingPatience = stoppingPatience
    self.schedule = schedule
  }
}

/// What the fields mean for the engine.
extension Recipe {
  /// Whether the network gives rows back instead of telling classes apart.
  public var reconstructs: Bool { objective == .reconstruction }

  /// The loss without class weights and smoothing: for validation.
  public func loss(for task: ClassificationTask) -> any Loss {
    classificationLoss(for: task, smoothing: 0) ?? SquaredError()
  }

  /// The loss that is minimised, for training rows of which each class has so many.
  public func trainingLoss(
    for task: ClassificationTask, rowsPerClass: [Int]
  ) throws(ModelsError) -> any Loss {
    guard let base = classificationLoss(for: task, smoothing: Float(labelSmoothing)) else {
      return SquaredError()
    }
    switch classWeighting {
    case .equal: return base
    case .balanced:
      return weighted(base, ClassWeights.balanced(rowsPerClass: rowsPerClass))
    case .perClass(let weights):
      guard weights.count == task.classCount else {
        throw .unusableValue(
          field: "classWeighting",
          problem:
            "it has \(weights.count) weights for the \(task.classCount) classes of \(task.id)")
      }
      return weighted(base, weights)
    }
  }

  /// The optimizer.
  public var optimizer: any Optimizer {
    switch algorithm {
    case .adam: Adam()
    case .adamW(let weightDecay): AdamW(weightDecay: Float(weightDecay))
    case .sgd(let momentum, let nesterov): SGD(momentum: Float(momentum), nesterov: nesterov)
    }
  }

  /// The loss of a network that tells classes apart; `nil` for one that does not.
  public func classificationLoss(
    for task: ClassificationTask, smoothing: Float = 0
  ) -> (any ClassificationLoss)? {
    switch (objective, task.isBinary) {
    case (.reconstruction, _): nil
    case (.crossEntropy, false): SoftmaxCrossEntropy(smoothing: smoothing)
    case (.crossEntropy, true): SigmoidCrossEntropy(smoothing: smoothing)
    case (.focal(let gamma), false): SoftmaxFocal(gamma: Float(gamma), smoothing: smoothing)
    case (.focal(let gamma), true): SigmoidFocal(gamma: Float(gamma), smoothing: smoothing)
    }
  }

  private func weighted(
    _ base: some ClassificationLoss, _ weights: [Double]
  ) -> any ClassificationLoss {
    ClassWeighted(base, weights: weights.map { Float($0) })
  }
}
