import Tensors

/// What a row's outputs are compared with.
public struct Target {
  /// The row's class.
  public let label: Int
  /// The numbers that the outputs should reproduce: the row itself, unless others were given.
  public let values: UnsafeBufferPointer<Float>
}

/// What a network's outputs are trained towards.
///
/// Losses are computed a row in Float, in the fixed order of the rows; the caller sums in Double.
/// A loss is a small value and allocates nothing.
public protocol Loss: Sendable {
  /// Writes the gradient with respect to the outputs, times `weight`, and returns the loss.
  func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float

  /// Whether the outputs say the right class; false where nothing is classified.
  func isRight(logits: UnsafeBufferPointer<Float>, target: Target) -> Bool
}

extension Loss {
  /// Nothing is classified.
  public func isRight(logits: UnsafeBufferPointer<Float>, target: Target) -> Bool { false }
}

/// A loss whose outputs tell classes apart.
public protocol ClassificationLoss: Loss {
  /// The class that the logits stand for; the lowest on ties.
  func prediction(logits: UnsafeBufferPointer<Float>) -> Int

  /// The probability of each class, two for a single logit.
  func probabilities(logits: UnsafeBufferPointer<Float>) -> [Float]
}

extension ClassificationLoss {
  /// Whether the prediction is the row's class.
  public func isRight(logits: UnsafeBufferPointer<Float>, target: Target) -> Bool {
    prediction(logits: logits) == target.label
  }
}

/// A loss on one logit a class, which a softmax turns into probabilities.
public protocol SoftmaxLoss: ClassificationLoss {}

extension SoftmaxLoss {
  /// The class of the largest logit.
  public func prediction(logits: UnsafeBufferPointer<Float>) -> Int {
    logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
  }

  /// The softmax of the logits.
  public func probabilities(logits: UnsafeBufferPointer<Float>) -> [Float] {
    let largest = logits.reduce(-Float.infinity) { $1 > $0 ? $1 : $0 }
    let exponentials = logits.map { Elementary.exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }
}

/// A loss on a single logit, which a sigmoid turns into the probability of class 1 of two.
public protocol SigmoidLoss: ClassificationLoss {}

extension SigmoidLoss {
  /// Class 1 where the logit is above zero (a probability above .5).
  public func prediction(logits: UnsafeBufferPointer<Float>) -> Int { logits[0] > 0 ? 1 : 0 }

  /// The probabilities of class 0 and class 1.
  public func probabilities(logits: UnsafeBufferPointer<Float>) -> [Float] {
    let positive = Elementary.sigmoid(logits[0])
    return [1 - positive, positive]
  }
}

/// Labels that are not quite sure: each class gets `share / classes`, the row's own the rest.
///
/// Source: Szegedy et al., doi:10.48550/arXiv.1512.00567, section 7; the form of Keras, for one
/// logit too (`label · (1 − share) + share / 2`).
struct LabelSmoothing: Sendable {
  let share: Float

  init(_ share: Float) {
    precondition(share >= 0 && share < 1, "a label smoothing of \(share) is outside 0..<1")
    self.share = share
  }

  /// The probability that a class should get.
  func wanted(_ index: Int, label: Int, classes: Int) -> Float {
    (index == label ? 1 - share : 0) + share / Float(classes)
  }
}
