import Tensors

/// Cross-entropy in which a class counts the less, the surer the network already is of it:
/// `−Σ_k wanted_k · (1 − p_k)^γ · log p_k`, with `p` the softmax of the logits.
///
/// Source: Lin et al., doi:10.48550/arXiv.1708.02002, without the factor α (see ``ClassWeighted``).
/// With γ = 0 it is the cross-entropy. Reference:
/// ``Reference/softmaxFocal(_:label:gamma:smoothing:)``.
public struct SoftmaxFocal: SoftmaxLoss {
  private let gamma: Float
  private let smoothing: LabelSmoothing

  /// Describes the loss, γ ≥ 0; `smoothing` is the share of each label that all classes get alike.
  public init(gamma: Float, smoothing: Float = 0) {
    precondition(gamma >= 0, "a focal γ of \(gamma) is below 0")
    self.gamma = gamma
    self.smoothing = LabelSmoothing(smoothing)
  }

  /// The loss, and its gradient `(a_j − p_j · Σ_k a_k) · weight`, where `a_k` is the derivative of
  /// class k's term with respect to `log p_k`.
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
    func term(_ index: Int) -> (loss: Float, slope: Float) {
      let wanted = smoothing.wanted(index, label: target.label, classes: logits.count)
      guard wanted > 0 else { return (0, 0) }
      let logProbability = logits[index] - largest - Elementary.log(sum)
      // The sum of the others, since 1 − p would cancel.
      var others: Float = 0
      for other in logits.indices where other != index {
        others += Elementary.exp(logits[other] - largest)
      }
      return focus(
        probability: Elementary.exp(logits[index] - largest) / sum, rest: others / sum,
        logProbability: logProbability, wanted: wanted)
    }
    var (loss, slopes): (Float, Float) = (0, 0)
    for index in logits.indices {
      let part = term(index)
      loss += part.loss
      slopes += part.slope
    }
    for index in logits.indices {
      gradient[index] = (term(index).slope - gradient[index] / sum * slopes) * weight
    }
    return loss
  }

  /// A class's term and its derivative with respect to `log p`; `rest` is 1 − p.
  private func focus(
    probability: Float, rest: Float, logProbability: Float, wanted: Float
  ) -> (loss: Float, slope: Float) {
    let factor = Elementary.pow(rest, gamma)
    let logarithm = probability > 0.5 ? Elementary.log1p(-rest) : logProbability
    // (1 − p)^(γ − 1) · log p, which tends to −(1 − p)^γ where p tends to 1.
    let ratio = rest > 0 ? logarithm / rest : -1
    return (
      -wanted * factor * logarithm, wanted * factor * (gamma * probability * ratio - 1)
    )
  }
}

/// The focal loss of the sigmoid of a single logit, for labels 0 and 1.
///
/// Source: Lin et al., doi:10.48550/arXiv.1708.02002, without the factor α. With γ = 0 it is the
/// cross-entropy. Reference: ``Reference/sigmoidFocal(_:label:gamma:smoothing:)``.
public struct SigmoidFocal: SigmoidLoss {
  private let gamma: Float
  private let smoothing: LabelSmoothing

  /// Describes the loss, γ ≥ 0; `smoothing` is the share of each label that both classes get alike.
  public init(gamma: Float, smoothing: Float = 0) {
    precondition(gamma >= 0, "a focal γ of \(gamma) is below 0")
    self.gamma = gamma
    self.smoothing = LabelSmoothing(smoothing)
  }

  /// The loss, and its gradient times `weight`.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let wanted = smoothing.wanted(1, label: target.label, classes: 2)
    let (one, zero) = (term(logits[0]), term(-logits[0]))
    gradient[0] = (wanted * one.slope - (1 - wanted) * zero.slope) * weight
    return wanted * one.loss + (1 - wanted) * zero.loss
  }

  /// `−(1 − σ(u))^γ · log σ(u)` and its derivative.
  private func term(_ u: Float) -> (loss: Float, slope: Float) {
    let (probability, rest) = (Elementary.sigmoid(u), Elementary.sigmoid(-u))
    let surprise = (u < 0 ? -u : 0) + Elementary.log1p(Elementary.exp(-abs(u)))
    let factor = Elementary.pow(rest, gamma)
    return (factor * surprise, -factor * (gamma * probability * surprise + rest))
  }
}
