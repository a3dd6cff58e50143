/// A value with the ends of its interval.
struct Estimate: Equatable {
  let value: Double
  let low: Double
  let high: Double

  init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// The 2.5th and 97.5th percentile of resampled values.
  init(value: Double, draws: [Double]) {
    let sorted = draws.sorted()
    self.init(
      value: value, low: Self.quantile(0.025, of: sorted), high: Self.quantile(0.975, of: sorted))
  }

  /// Linear interpolation between order statistics (definition 7 of Hyndman and Fan, 1996,
  /// doi:10.1080/00031305.1996.10473566).
  static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return last }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}

/// Draws test rows with replacement, the same rows for every model and seed.
struct RowBootstrap {
  static let drawCount = 1000

  let rowCount: Int

  /// How often each row is drawn in a draw; depends on nothing but the draw and the row count.
  func weights(draw: Int) -> [UInt16] {
    var state = UInt64(truncatingIfNeeded: draw) &* 0xD1B5_4A32_D192_ED03
    var weights = [UInt16](repeating: 0, count: rowCount)
    for _ in 0..<rowCount {
      let row = Int(Self.next(&state).multipliedFullWidth(by: UInt64(rowCount)).high)
      weights[row] += 1
    }
    return weights
  }

  /// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014, doi:10.1145/2660193.2660195).
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
