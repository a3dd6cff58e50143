// Rows are asked about again with noise on them, and their samples drawn: what of a row is signal, and
// how the rest follows from it.
extension Dataset {
  /// Whether rows hold more than a beat, see ``inContext``.
  private var holdsContext: Bool { rowWidth == BeatContext.rowLength }

  /// The samples of a row's beat, without padding; of a row that holds more than a beat the 96 samples
  /// of its first channel.
  public func signal(of index: Int) -> [Float] {
    holdsContext
      ? BeatContext.beat(of: Array(row(index)))
      : Array(row(index).prefix(unpaddedLength(of: index)))
  }

  /// The row as it would be if its beat had other samples. Of a row that holds more than a beat the
  /// level of the beat, its difference from the record's median beat and the size of that follow; the
  /// record's amplitude, median beat and intervals stay.
  ///
  /// - Precondition: There are as many samples as ``signal(of:)`` has.
  public func row(_ index: Int, withSignal samples: [Float]) -> [Float] {
    let row = Array(row(index))
    precondition(
      samples.count == (holdsContext ? BeatContext.length : unpaddedLength(of: index)),
      "\(samples.count) samples for the beat of row \(index)")
    return holdsContext
      ? BeatContext.row(row, withBeat: samples) : samples + row.suffix(row.count - samples.count)
  }

  /// The samples of a row as they are drawn, between 0 and 1, and how many of them are no padding.
  public func drawnRow(_ index: Int) -> (samples: [Float], length: Int) {
    guard holdsContext else { return (Array(row(index)), unpaddedLength(of: index)) }
    let beat = signal(of: index)
    let (low, high) = (beat.min() ?? 0, beat.max() ?? 0)
    let range = high > low ? high - low : 1
    return (beat.map { ($0 - low) / range }, beat.count)
  }

  /// What is said of every number of a row, by the drawn samples; and of the numbers that are none.
  ///
  /// A sample of a row that holds more than a beat has two numbers: its own and the one of its
  /// difference from the median beat.
  public func shared(_ values: [Double]) -> (bySample: [Double], others: [Double]) {
    precondition(values.count == rowWidth, "\(values.count) values for a row of \(rowWidth)")
    guard holdsContext else { return (values, []) }
    return (
      (0..<BeatContext.length).map { values[2 * $0] + values[2 * $0 + 1] },
      Array(values[(2 * BeatContext.length)...])
    )
  }
}
