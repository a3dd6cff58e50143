import Tensors

/// What a row's logits are trained towards.
///
/// Losses are computed a row in Float, in the fixed order of the rows; the caller sums in Double.
public protocol Loss: Sendable {
  /// Writes the gradient with respect to the logits, times `weight`, and returns the loss.
  func evaluate(
    logits: UnsafeBufferPointer<Float>, label: Int, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float

  /// The class that the logits stand for; the lowest on ties.
  func prediction(logits: UnsafeBufferPointer<Float>) -> Int

  /// The probability of each class, two for a single logit.
  func probabilities(logits: UnsafeBufferPointer<Float>) -> [Float]
}

/// Cross-entropy of a softmax over the classes.
///
/// Reference: ``Reference/softmaxCrossEntropy(_:label:)``.
public struct SoftmaxCrossEntropy: Loss {
  /// Describes the loss.
  public init() {}

  /// The loss, and its gradient `(softmax(logits) − one-hot(label)) · weight`.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, label: Int, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let largest = logits.reduce(-Float.infinity) { $1 > $0 ? $1 : $0 }
    var sum: Float = 0
    for index in logits.indices {
      let exponential = Elementary.exp(logits[index] - largest)
      gradient[index] = exponential
      sum += exponential
    }
    for index in logits.indices {
      gradient[index] = (gradient[index] / sum - (index == label ? 1 : 0)) * weight
    }
    return Elementary.log(sum) + largest - logits[label]
  }

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

/// Cross-entropy of the sigmoid of a single logit, for labels 0 and 1.
///
/// Reference: ``Reference/sigmoidCrossEntropy(_:label:)``.
public struct SigmoidCrossEntropy: Loss {
  /// Describes the loss.
  public init() {}

  /// The loss, and its gradient `(sigmoid(logit) − label) · weight`.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, label: Int, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let logit = logits[0]
    gradient[0] = (Elementary.sigmoid(logit) - Float(label)) * weight
    let positivePart = logit > 0 ? logit : 0
    return positivePart - logit * Float(label)
      + Elementary.log1p(Elementary.exp(-abs(logit)))
  }

  /// Class 1 where the logit is above zero (a probability above .5).
  public func prediction(logits: UnsafeBufferPointer<Float>) -> Int { logits[0] > 0 ? 1 : 0 }

  /// The probabilities of class 0 and class 1.
  public func probabilities(logits: UnsafeBufferPointer<Float>) -> [Float] {
    let positive = Elementary.sigmoid(logits[0])
    return [1 - positive, positive]
  }
}
