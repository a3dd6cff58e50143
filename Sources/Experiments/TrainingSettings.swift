import Models
import Neural

/// The settings of a training in words and numbers, for a reader of its results: what was stored
/// with the cell, whatever the program's own recipes are by now.
public struct TrainingSettings: Sendable, Hashable {
  /// What is minimised, with the weights of the classes where they differ.
  public let objective: String
  /// The optimizer.
  public let optimizer: String
  /// Decoupled weight decay; 0 for none.
  public let weightDecay: Double
  /// Learning rate, before the schedule changes it.
  public let learningRate: Double
  /// How the rate changes.
  public let schedule: String
  /// Rows of a batch.
  public let batchSize: Int
  /// Epochs at most.
  public let maximumEpochs: Int
  /// Epochs without gain in validation accuracy before training ends.
  public let stoppingPatience: Int
  /// Momentum of the weights' moving average; 0 for none.
  public let averagingMomentum: Double
  /// Share of each label that all classes get alike.
  public let labelSmoothing: Double
  /// Random changes of the training rows; empty for none.
  public let augmentation: String
  /// What else differs from an ordinary training, each a clause; for example what is not trained.
  public let remarks: [String]

  /// Creates settings.
  public init(
    objective: String = "cross-entropy", optimizer: String = "Adam", weightDecay: Double = 0,
    learningRate: Double = 1e-3, schedule: String = "constant", batchSize: Int = 32,
    maximumEpochs: Int = 1000, stoppingPatience: Int = 5, averagingMomentum: Double = 0,
    labelSmoothing: Double = 0, augmentation: String = "", remarks: [String] = []
  ) {
    self.objective = objective
    self.optimizer = optimizer
    self.weightDecay = weightDecay
    self.learningRate = learningRate
    self.schedule = schedule
    self.batchSize = batchSize
    self.maximumEpochs = maximumEpochs
    self.stoppingPatience = stoppingPatience
    self.averagingMomentum = averagingMomentum
    self.labelSmoothing = labelSmoothing
    self.augmentation = augmentation
    self.remarks = remarks
  }

  /// The settings of a recipe.
  init(_ recipe: Recipe) {
    self.init(
      objective: recipe.objective.words + recipe.classWeighting.words,
      optimizer: recipe.algorithm.words, weightDecay: recipe.algorithm.weightDecay,
      learningRate: recipe.learningRate, schedule: recipe.schedule.words,
      batchSize: recipe.batchSize, maximumEpochs: recipe.maximumEpochs,
      stoppingPatience: recipe.stoppingPatience, averagingMomentum: recipe.averagingMomentum,
      labelSmoothing: recipe.labelSmoothing, augmentation: recipe.augmentation.words,
      remarks: recipe.remarks)
  }
}

extension Recipe {
  fileprivate var remarks: [String] {
    let stages = earlierStages.map { stage in
      "\(stage.epochs) \(stage.epochs == 1 ? "epoch" : "epochs") with "
        + "\(Self.span(of: stage.frozen)) frozen"
    }
    return [
      stages.isEmpty ? nil : "first " + stages.joined(separator: ", then "),
      frozen.isEmpty ? nil : "\(Self.span(of: frozen)) frozen", clipping.words,
      keptEpoch == .last ? "last epoch kept" : nil,
    ].compactMap(\.self)
  }

  /// Paths by the first and the last of them.
  private static func span(of paths: [String]) -> String {
    guard let first = paths.first, let last = paths.last else { return "nothing" }
    return paths.count == 1 ? first : "\(first) to \(last)"
  }
}

extension Recipe.Objective {
  fileprivate var words: String {
    switch self {
    case .crossEntropy: "cross-entropy"
    case .focal(let gamma): "focal loss, γ = \(gamma)"
    case .reconstruction: "mean squared error of the row"
    }
  }
}

extension Recipe.ClassWeighting {
  fileprivate var words: String {
    switch self {
    case .equal: ""
    case .balanced: ", classes balanced"
    case .perClass(let weights):
      ", classes weighted " + weights.map { "\($0)" }.joined(separator: " : ")
    }
  }
}

extension Recipe.Algorithm {
  fileprivate var words: String {
    switch self {
    case .adam: "Adam"
    case .adamW: "AdamW"
    case .sgd(let momentum, let nesterov):
      "gradient descent, \(nesterov ? "Nesterov " : "")momentum \(momentum)"
    }
  }

  fileprivate var weightDecay: Double {
    if case .adamW(let weightDecay) = self { weightDecay } else { 0 }
  }
}

extension Schedule {
  fileprivate var words: String {
    switch self {
    case .constant: "constant"
    case .reduceOnPlateau(let factor, let patience):
      "× \(factor) after \(patience) epochs without gain"
    case .stepDecay(let factor, let interval): "× \(factor) every \(interval) steps"
    case .cosine(let warmUpSteps, _):
      warmUpSteps > 0 ? "cosine after a warm-up of \(warmUpSteps) steps" : "cosine"
    case .oneCycle: "one cycle"
    }
  }
}

extension GradientClipping {
  fileprivate var words: String? {
    switch self {
    case .none: nil
    case .globalNorm(let limit): "gradients limited to a norm of \(limit)"
    case .value(let limit): "gradients limited to ±\(limit)"
    }
  }
}

extension Augmentation {
  fileprivate var words: String {
    [
      shift > 0 ? "shift ±\(shift) \(shift == 1 ? "sample" : "samples")" : nil,
      scaling > 0 ? "height ±\(scaling)" : nil, warping > 0 ? "length ±\(warping)" : nil,
      noise > 0 ? "noise \(noise)" : nil,
    ].compactMap(\.self).joined(separator: ", ")
  }
}
