import Tensors

/// Cross-entropy of a softmax over the classes.
///
/// Reference: ``Reference/softmaxCrossEntropy(_:label:smoothing:)``.
public struct SoftmaxCrossEntropy: SoftmaxLoss {
  private let smoothing: LabelSmoothing

  /// Describes the loss; `smoothing` is the share of each label that all classes get alike.
  public init(smoothing: Float = 0) {
    self.smoothing = LabelSmoothing(smoothing)
  }

  /// The loss, and its gradient `(softmax(logits) − wanted) · weight`.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let largest = logits.reduce(-Float.infinity) { $1 > $0 ? $1 : $0 }
    var sum: Float = 0
    for index in logits.indices {
      let exponential = Elementary.exp(logits[index] - largest)
      gradient[index] = exponential
      sum += exponential
    }
    var wantedLogit: Float = 0
    for index in logits.indices {
      let wanted = smoothing.wanted(index, label: target.label, classes: logits.count)
      wantedLogit += wanted * logits[index]
      gradient[index] = (gradient[index] / sum - wanted) * weight
    }
    return Elementary.log(sum) + largest - wantedLogit
  }
}

/// Cross-entropy of the sigmoid of a single logit, for labels 0 and 1.
///
/// Reference: ``Reference/sigmoidCrossEntropy(_:label:smoothing:)``.
public struct SigmoidCrossEntropy: SigmoidLoss {
  private let smoothing: LabelSmoothing

  /// Describes the loss; `smoothing` is the share of each label that both classes get alike.
  public init(smoothing: Float = 0) {
    self.smoothing = LabelSmoothing(smoothing)
  }

  /// The loss, and its gradient `(sigmoid(logit) − wanted) · weight`.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let logit = logits[0]
    let wanted = smoothing.wanted(1, label: target.label, classes: 2)
    gradient[0] = (Elementary.sigmoid(logit) - wanted) * weight
    let positivePart = logit > 0 ? logit : 0
    return positivePart - logit * wanted + Elementary.log1p(Elementary.exp(-abs(logit)))
  }
}
