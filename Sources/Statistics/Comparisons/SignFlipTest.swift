import Tensors

/// Whether units, for example subjects, differ between two models: if they do not, each unit's
/// difference may as well have the other sign.
///
/// The statistic is the size of the sum. Up to 13 units that differ all signs are tried and p is
/// exact; beyond, p is (1 + b)/(1 + B), of which b among B random ones reach the observed sum.
/// Sources: Pitman 1937, doi:10.2307/2984124; Phipson and Smyth 2010, doi:10.2202/1544-6115.1585.
public struct SignFlipTest: Sendable, Equatable {
  /// The p-value, both sides.
  public let pValue: Double
  /// The smallest p-value that so many units and draws can reach.
  public let smallestPValue: Double
  /// The mean difference over its standard deviation between units (Cohen's d of pairs); `nil`
  /// where the units do not differ from one another or are fewer than two.
  public let standardizedDifference: Double?

  /// More units than these are not tried in all ways.
  private static let exactLimit = 13
  /// Differences are known to about 10⁻¹¹ of the largest; what is below this share of it is 0.
  private static let precision = 1e-9

  /// Tests the difference that each unit adds.
  public init(differences: [Double], draws: Int = 10_000, seed: Int = 1) {
    let largest = differences.reduce(0) { max($0, $1.magnitude) }
    let changing = differences.filter { $0.magnitude > Self.precision * largest }
    let observed = changing.reduce(0, +).magnitude
    // What reaches the sum but for rounding reaches it.
    let bound = observed - Self.precision * changing.reduce(0) { $0 + $1.magnitude }
    let isExact = changing.count <= Self.exactLimit
    let ways = isExact ? 1 << changing.count : draws
    let generator = Philox(seed: seed, purpose: "sign flips")
    let reaching = (0..<ways).count { way in
      let sum =
        isExact
        ? Self.sum(of: changing, signs: UInt32(way))
        : Self.sum(of: changing, generator.stream(UInt32(way)))
      return sum.magnitude >= bound
    }
    pValue = isExact ? Double(reaching) / Double(ways) : Double(1 + reaching) / Double(1 + draws)
    smallestPValue = isExact ? min(1, 2 / Double(ways)) : 1 / Double(1 + draws)
    standardizedDifference = Self.standardized(differences)
  }

  private static func sum(of values: [Double], signs: UInt32) -> Double {
    var signs = signs
    var sum = 0.0
    for value in values {
      sum += signs & 1 == 0 ? value : -value
      signs >>= 1
    }
    return sum
  }

  private static func sum(of values: [Double], _ random: consuming RandomStream) -> Double {
    var signs: UInt32 = 0
    var sum = 0.0
    for (place, value) in values.enumerated() {
      if place % 32 == 0 { signs = random.nextWord() }
      sum += signs & 1 == 0 ? value : -value
      signs >>= 1
    }
    return sum
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
