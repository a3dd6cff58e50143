import Tensors

/// Student's t distribution.
public struct StudentDistribution: Sendable {
  /// One less than the number of values that a mean is of; of a sum of several variances a number
  /// that need not be whole.
  public let degreesOfFreedom: Double
  /// The beta function of half the degrees of freedom and one half.
  private let beta: Double

  /// - Precondition: There are degrees of freedom.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
    beta = Int(exactly: degreesOfFreedom).map(Self.beta) ?? Self.beta(degreesOfFreedom / 2)
  }

  /// The share below a number, to about 12 digits for up to some thousand degrees of freedom.
  public func cdf(_ t: Double) -> Double {
    let freedom = degreesOfFreedom
    let tail =
      0.5 * Self.incompleteBeta(freedom / 2, 0.5, x: freedom / (freedom + t * t), beta: beta)
    return t < 0 ? tail : 1 - tail
  }

  /// The number below which a share lies; infinite for 0 and 1.
  public func quantile(_ share: Double) -> Double {
    guard share > 0, share < 1 else { return share > 0 ? .infinity : -.infinity }
    let lower = min(share, 1 - share)
    let value = NormalDistribution.root(below: 0) { cdf($0) < lower }
    return share > 0.5 ? -value : value
  }

  /// The beta function of half of a whole number and one half, by its recurrence.
  private static func beta(_ whole: Int) -> Double {
    let isOdd = whole % 2 == 1
    return stride(from: isOdd ? 1 : 2, to: whole, by: 2)
      .reduce(isOdd ? Double.pi : 2) { $0 * Double($1) / Double($1 + 1) }
  }

  /// The beta function of any a and one half: from above 64, where the series of the quotient of two
  /// gamma functions (DLMF 5.11.13) has all digits after six terms, down by the recurrence.
  private static func beta(_ a: Double) -> Double {
    let steps = max(0, Int((64 - a).rounded(.up)))
    let x = 1 / (a + Double(steps))
    let terms: [Double] = [-399 / 262_144, -21 / 32_768, 5 / 1024, 1 / 128, -1 / 8, 1]
    let series = terms.reduce(0) { $0 * x + $1 }
    return (0..<steps).reduce((Double.pi * x).squareRoot() / series) { value, step in
      value * (a + Double(step) + 0.5) / (a + Double(step))
    }
  }

  /// The regularised incomplete beta function, from the side where its fraction converges.
  private static func incompleteBeta(_ a: Double, _ b: Double, x: Double, beta: Double) -> Double {
    guard x > 0, x < 1 else { return x > 0 ? 1 : 0 }
    let power = Elementary.exp(a * Elementary.log(x) + b * Elementary.log1p(-x)) / beta
    return x < (a + 1) / (a + b + 2)
      ? power / a * fraction(a, b, x) : 1 - power / b * fraction(b, a, 1 - x)
  }

  /// The continued fraction of the incomplete beta function (DLMF 8.17.22).
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let value = stride(from: 400, to: 0, by: -1).reduce(1.0) { rest, place in
      let m = Double(place / 2)
      let term =
        place % 2 == 0
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      return 1 + term / rest
    }
    return 1 / value
  }
}
