import PeakLoop

/// What one core can do at most, measured in this run.
enum Peak {
  /// Multiply-adds a second in registers only: the best of many short loops, or `nil` where the
  /// instruction set has none.
  static func multiplyAddsPerSecond(instructionSet: String) -> Double? {
    let rounds = 100_000
    let clock = ContinuousClock()
    let rates = (0..<200).map { _ -> Double in
      let began = clock.now
      let each = detectron_peak_loop(instructionSet, rounds)
      return Double(each * rounds) / ((clock.now - began) / .seconds(1))
    }
    return rates.max().flatMap { $0 > 0 ? $0 : nil }
  }
}
