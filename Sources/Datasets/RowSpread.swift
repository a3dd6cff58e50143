/// The spread of some rows at each of their samples, over the rows that are not yet padding there.
struct RowSpread {
  private(set) var median: [Float] = []
  /// 5th percentile.
  private(set) var low: [Float] = []
  /// 95th percentile.
  private(set) var high: [Float] = []
  /// Share of the rows that are not yet padding, 0…1.
  private(set) var coverage: [Float] = []

  init(of rows: [Int], in dataset: Dataset) {
    let lengths = rows.map { dataset.unpaddedLength(of: $0) }
    var values: [Float] = []
    values.reserveCapacity(rows.count)
    for sample in 0..<Dataset.rowLength {
      values.removeAll(keepingCapacity: true)
      for (row, length) in zip(rows, lengths) where sample < length {
        values.append(dataset.rows[row * Dataset.rowLength + sample])
      }
      values.sort()
      median.append(Self.quantile(0.5, ofSorted: values))
      low.append(Self.quantile(0.05, ofSorted: values))
      high.append(Self.quantile(0.95, ofSorted: values))
      coverage.append(rows.isEmpty ? 0 : Float(Double(values.count) / Double(rows.count)))
    }
  }

  /// The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996,
  /// doi:10.2307/2684934; the default of numpy); 0 where there are no values.
  static func quantile(_ share: Double, ofSorted values: [Float]) -> Float {
    guard let last = values.last else { return 0 }
    let place = share * Double(values.count - 1)
    let index = Int(place)
    guard index + 1 < values.count else { return last }
    let (below, above) = (Double(values[index]), Double(values[index + 1]))
    return Float(below + (place - Double(index)) * (above - below))
  }
}

extension Dataset {
  /// Samples of a row before its zero padding: up to the last one that is not zero.
  public func unpaddedLength(of row: Int) -> Int {
    let samples = self.row(row)
    return samples.lastIndex { $0 != 0 }.map { $0 - samples.startIndex + 1 } ?? 0
  }
}
