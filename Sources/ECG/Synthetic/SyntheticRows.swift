extension SyntheticRecording {
  /// Appends the row of a beat, cut by the rule of the published rows (``BeatCutting``).
  ///
  /// - Precondition: The beat is not the last one.
  public func appendRow(of beat: Int, length: Int, to rows: inout [Float]) {
    let samples = BeatCutting.samples(
      from: beats[beat].sample, next: beats[beat + 1].sample,
      second: beat + 2 < beats.count ? beats[beat + 2].sample : nil, recordLength: signal.count)
    BeatCutting.appendRow(of: samples, signal: signal, length: length, to: &rows)
  }
}
