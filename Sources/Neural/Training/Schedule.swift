import Tensors

/// How the learning rate changes while a network is trained.
public enum Schedule: Sendable, Hashable, Codable {
  /// Not at all.
  case constant
  /// Times the factor whenever the validation has not become better for as many epochs; what that
  /// depends on is not known to a pure function, so the training itself multiplies.
  ///
  /// Keras's `ReduceLROnPlateau`.
  case reduceOnPlateau(factor: Double = 0.1, patience: Int = 3)
  /// Times the factor after every so many steps.
  ///
  /// Keras's `ExponentialDecay` with `staircase=True`.
  case stepDecay(factor: Double, interval: Int)
  /// Up in a line over the first steps, then down along half a cosine to the last factor.
  ///
  /// Source: Loshchilov and Hutter, doi:10.48550/arXiv.1608.03983, without restarts.
  case cosine(warmUpSteps: Int = 0, finalFactor: Double = 0)
  /// Up along half a cosine from `1 / initialDivisor` over a share of the steps, then down to
  /// `1 / (initialDivisor · finalDivisor)`; the momentum stays as it is.
  ///
  /// Source: Smith and Topin, doi:10.48550/arXiv.1708.07120; PyTorch's `OneCycleLR`.
  case oneCycle(
    riseShare: Double = 0.3, initialDivisor: Double = 25, finalDivisor: Double = 10_000)

  /// What the learning rate is multiplied with in a step, counted from 1, of so many.
  public func factor(step: Int, of totalSteps: Int) -> Double {
    switch self {
    case .constant, .reduceOnPlateau: 1
    case .stepDecay(let factor, let interval):
      Elementary.pow(factor, Double((step - 1) / interval))
    case .cosine(let warmUpSteps, let finalFactor):
      step <= warmUpSteps
        ? Double(step) / Double(warmUpSteps)
        : Self.anneal(
          from: 1, to: finalFactor, Double(step - warmUpSteps) / Double(totalSteps - warmUpSteps))
    case .oneCycle(let riseShare, let initialDivisor, let finalDivisor):
      Self.cycle(
        position: Double(step - 1), last: Double(totalSteps - 1),
        peak: riseShare * Double(totalSteps) - 1, first: 1 / initialDivisor,
        final: 1 / (initialDivisor * finalDivisor))
    }
  }

  private static func cycle(
    position: Double, last: Double, peak: Double, first: Double, final: Double
  ) -> Double {
    position <= peak
      ? anneal(from: first, to: 1, position / peak)
      : anneal(from: 1, to: final, (position - peak) / (last - peak))
  }

  /// Along half a cosine; a share beyond one, or of nothing, is the end.
  private static func anneal(from start: Double, to end: Double, _ share: Double) -> Double {
    guard share < 1 else { return end }
    return end + (start - end) / 2 * (1 + Elementary.cos(.pi * share))
  }

  /// What is wrong with the numbers, if anything.
  public var problem: String? {
    switch self {
    case .constant: nil
    case .reduceOnPlateau(let factor, let patience):
      Self.problem(factor: factor) ?? (patience > 0 ? nil : "a patience of \(patience) epochs")
    case .stepDecay(let factor, let interval):
      Self.problem(factor: factor) ?? (interval > 0 ? nil : "an interval of \(interval) steps")
    case .cosine(let warmUpSteps, let finalFactor):
      Self.problem(factor: finalFactor)
        ?? (warmUpSteps >= 0 ? nil : "a warm-up of \(warmUpSteps) steps")
    case .oneCycle(let riseShare, let initialDivisor, let finalDivisor):
      if !(riseShare >= 0 && riseShare <= 1) {
        "a rise over \(riseShare) of the steps, which is outside 0...1"
      } else if !(initialDivisor >= 1 && finalDivisor >= 1) {
        "divisors of \(initialDivisor) and \(finalDivisor), which are not all at least 1"
      } else {
        nil
      }
    }
  }

  private static func problem(factor: Double) -> String? {
    factor >= 0 && factor <= 1 ? nil : "a factor of \(factor), which is outside 0...1"
  }
}
