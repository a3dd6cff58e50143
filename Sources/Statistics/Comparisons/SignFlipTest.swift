/// Whether units, for example subjects, differ between two models: if they do not, each unit's
/// difference may as well have the other sign.
///
/// The statistic is the size of the sum, and nothing is drawn. Up to 13 units that differ all signs
/// are tried. Beyond, the share of all signs that reach the observed sum is counted over whole
/// numbers, which is exact where differences are whole multiples of one step, as those of accuracy
/// are; others are rounded to steps of less than 1/100,000 of what they are in all.
/// Sources: Pitman 1937, doi:10.2307/2984124; Pagano and Tritchler 1983, doi:10.2307/2288653.
public struct SignFlipTest: Sendable, Equatable {
  /// The p-value, both sides.
  public let pValue: Double
  /// The smallest p-value that so many units can reach.
  public let smallestPValue: Double
  /// The mean difference over its standard deviation between units (Cohen's d of pairs); `nil`
  /// where the units do not differ from one another or are fewer than two.
  public let standardizedDifference: Double?

  /// More units than these are not tried in all ways.
  private static let exactLimit = 13
  /// Differences are known to about 10⁻¹¹ of the largest; what is below this share of it is 0.
  private static let precision = 1e-9
  /// Steps that all differences together have where they have none in common; where they have one,
  /// up to twice as many.
  private static let stepLimit = 131_072.0
  /// By so much of a step whole multiples of it may seem to miss it.
  private static let commonTolerance = 1e-4

  /// Tests the difference that each unit adds.
  public init(differences: [Double]) {
    let largest = differences.reduce(0) { max($0, $1.magnitude) }
    let changing = differences.filter { $0.magnitude > Self.precision * largest }
    pValue =
      changing.count <= Self.exactLimit
      ? Self.shareOfAllWays(changing) : Self.shareOfCountedWays(changing)
    smallestPValue = min(1, 2 / Self.power(ofTwo: changing.count))
    standardizedDifference = Self.standardized(differences)
  }

  private static func power(ofTwo exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static func shareOfAllWays(_ values: [Double]) -> Double {
    // What reaches the sum but for rounding reaches it.
    let bound =
      values.reduce(0, +).magnitude - precision * values.reduce(0) { $0 + $1.magnitude }
    let ways = 1 << values.count
    let reaching = (0..<ways).count { way in
      let sum = values.enumerated().reduce(0) { $0 + (way >> $1.0 & 1 == 0 ? $1.1 : -$1.1) }
      return sum.magnitude >= bound
    }
    return Double(reaching) / Double(ways)
  }

  /// Twice the share of subsets whose sum is at most that of the sign with the smaller sum: those
  /// signs lead as far away from 0 as the observed ones, or farther.
  private static func shareOfCountedWays(_ values: [Double]) -> Double {
    let step = commonStep(of: values)
    let sizes = values.map { Int(($0 / step).rounded()) }
    let rising = sizes.reduce(0) { $0 + max(0, $1) }
    let falling = sizes.reduce(0) { $0 - min(0, $1) }
    guard rising != falling else { return 1 }
    let most = min(rising, falling)
    var shares = [Double](repeating: 0, count: most + 1)
    shares[0] = 1
    for size in sizes.map({ Int($0.magnitude) }) {
      let before = shares
      for sum in shares.indices {
        shares[sum] = (before[sum] + (sum < size ? 0 : before[sum - size])) / 2
      }
    }
    return min(1, 2 * shares.reduce(0, +))
  }

  /// The largest step that all values are multiples of (Euclid), or a small one where there is none.
  private static func commonStep(of values: [Double]) -> Double {
    let total = values.reduce(0) { $0 + $1.magnitude }
    let least = total / stepLimit
    var step = 0.0
    for value in values {
      var (larger, smaller) = (max(step, value.magnitude), min(step, value.magnitude))
      while smaller > least / 2 {
        (larger, smaller) = (smaller, larger - smaller * (larger / smaller).rounded(.down))
        // What is left over for want of digits is nothing left over.
        if larger - smaller < precision * total { smaller = 0 }
      }
      step = larger
    }
    // Euclid's remainders carry more noise than the values, of which all together know the step best.
    let counts = values.map { ($0.magnitude / step).rounded() }
    step = total / counts.reduce(0, +)
    let isCommon = zip(values, counts).allSatisfy {
      ($0.magnitude / step - $1).magnitude < commonTolerance
    }
    return isCommon ? step : least
  }

  private static func standardized(_ differences: [Double]) -> Double? {
    guard differences.count > 1 else { return nil }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard squares > 0 else { return nil }
    return mean / (squares / (count - 1)).squareRoot()
  }
}
