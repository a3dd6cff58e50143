/// The mean squared error of a row's outputs, for a network that reproduces its input.
///
/// The target is the row itself, or a row given beside it (see ``Batch``); outputs beyond its end
/// should be zero, as in a network that pads its input. Reference:
/// ``Reference/squaredError(_:target:counted:)``.
public struct SquaredError: Loss {
  private let ignoresPadding: Bool

  /// Describes the loss; with `ignoresPadding`, only outputs up to the last non-zero number of the
  /// target count, and the mean is taken over them.
  public init(ignoresPadding: Bool = false) {
    self.ignoresPadding = ignoresPadding
  }

  /// The loss, and its gradient `2 · (output − target) / counted · weight`.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let values = target.values
    precondition(
      values.count <= logits.count,
      "\(logits.count) outputs cannot reproduce a target of \(values.count) numbers")
    let counted =
      ignoresPadding ? (values.lastIndex { $0 != 0 } ?? -1) + 1 : logits.count
    let scale = counted > 0 ? 2 * weight / Float(counted) : 0
    var sum: Float = 0
    for index in 0..<counted {
      let difference = logits[index] - (index < values.count ? values[index] : 0)
      sum += difference * difference
      gradient[index] = difference * scale
    }
    for index in counted..<logits.count { gradient[index] = 0 }
    return counted > 0 ? sum / Float(counted) : 0
  }
}
