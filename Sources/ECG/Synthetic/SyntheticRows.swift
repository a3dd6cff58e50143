extension SyntheticRecording {
  /// Appends the row of a beat, by the rule of the published rows: every third sample from the
  /// annotation s up to a + ⌊(b − a) / 5⌋, where a and b are the next two annotations (b the end of
  /// the recording where there is none), scaled to 0…1, cut or padded with zeros to `length`.
  ///
  /// - Precondition: The beat is not the last one.
  public func appendRow(of beat: Int, length: Int, to rows: inout [Float]) {
    let next = beats[beat + 1].sample
    let second = beat + 2 < beats.count ? beats[beat + 2].sample : signal.count
    let end = min(next + (second - next) / 5, signal.count)
    let kept = stride(from: beats[beat].sample, to: end, by: 3).map { Int(signal[$0]) }
    let low = kept.min() ?? 0
    let high = kept.max() ?? 0
    let range = Float(max(1, high - low))
    rows.append(contentsOf: kept.prefix(length).map { Float($0 - low) / range })
    rows.append(contentsOf: repeatElement(0, count: max(0, length - kept.count)))
  }
}
