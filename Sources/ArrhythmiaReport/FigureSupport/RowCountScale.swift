internal import Plotting

/// Counts of rows along a logarithmic axis, which marks the given ones only.
struct RowCountScale: Scale {
  private let counts: [Int]
  private let scale: LogarithmicScale

  /// Creates a scale over some counts above zero, with room beyond both ends.
  init(_ counts: [Int]) {
    self.counts = Set(counts.map { max(1, $0) }).sorted()
    let (least, most) = (Double(self.counts.first ?? 1), Double(self.counts.last ?? 1))
    scale = LogarithmicScale((least / 1.25)...(most * 1.25))
  }

  func fraction(_ value: Double) -> Double? { scale.fraction(value) }

  func ticks(about count: Int) -> [Tick] {
    counts.map { Tick(Double($0), NumberText.grouped($0)) }
  }
}
