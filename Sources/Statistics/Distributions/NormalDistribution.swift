import Tensors

/// The standard normal distribution.
public enum NormalDistribution {
  /// The share below a number, to about 13 digits in both tails.
  public static func cdf(_ x: Double) -> Double {
    x < 0 ? upperTail(-x) : 1 - upperTail(x)
  }

  /// The p-value of a deviate, both tails.
  public static func twoSidedP(_ z: Double) -> Double { min(1, 2 * upperTail(z.magnitude)) }

  /// The number below which a share lies; infinite for 0 and 1.
  public static func quantile(_ share: Double) -> Double {
    guard share > 0, share < 1 else { return share > 0 ? .infinity : -.infinity }
    // From the side where the share is small and so has all of its digits.
    return share > 0.5
      ? -root(below: 0) { cdf($0) < 1 - share } : root(below: 0) { cdf($0) < share }
  }

  /// The share above a number that is not negative.
  private static func upperTail(_ x: Double) -> Double {
    let argument = x / 2.0.squareRoot()
    return 0.5 * (argument < 2 ? 1 - Elementary.erf(argument) : complementaryError(argument))
  }

  /// 1 − erf of 2 or more, by its continued fraction (DLMF 7.9.1), which has converged to the last
  /// digit after 60 of the terms.
  private static func complementaryError(_ x: Double) -> Double {
    let fraction = stride(from: 80, to: 0, by: -1).reduce(x) { x + Double($1) / 2 / $0 }
    return Elementary.exp(-x * x) / (Double.pi.squareRoot() * fraction)
  }

  /// Where a condition that holds far below a bound stops to hold, by bisection.
  static func root(below bound: Double, _ holds: (Double) -> Bool) -> Double {
    var low = bound - 1
    while !holds(low) { low = bound + 2 * (low - bound) }
    var high = bound
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if holds(middle) { low = middle } else { high = middle }
    }
  }
}
