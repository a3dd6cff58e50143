extension RecordHeader {
  /// A header of more bytes than this is none.
  static let byteLimit = 1 << 20

  /// Reads a header file.
  ///
  /// - Throws: `ECGError` if the file cannot be read, is malformed or has several segments.
  public static func read(_ path: String) throws(ECGError) -> RecordHeader {
    try parse(FileContents.readRecording(path, limit: byteLimit), path: path)
  }

  /// Parses the bytes of a header file; lines end with LF or CRLF.
  ///
  /// - Parameter path: The name that errors give.
  /// - Throws: `ECGError` if the header is malformed or has several segments.
  public static func parse(_ bytes: [UInt8], path: String) throws(ECGError) -> RecordHeader {
    var comments: [String] = []
    var lines: [HeaderLine] = []
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: line, as: UTF8.self).trimmed(of: [" ", "\t", "\r", "\r\n"])
      if text.hasPrefix("#") {
        comments.append(text.trimmed(of: [" ", "\t", "#"]))
      } else if !text.isEmpty {
        lines.append(HeaderLine(text, number: index + 1, path: path))
      }
    }
    guard let first = lines.first else {
      throw .malformedHeader(path: path, line: 1, problem: "there is no record line")
    }
    return try record(first, signalLines: Array(lines.dropFirst()), comments: comments)
  }

  private static func record(
    _ line: HeaderLine, signalLines: [HeaderLine], comments: [String]
  ) throws(ECGError) -> RecordHeader {
    guard (2...6).contains(line.fields.count) else {
      throw line.malformed("a record line has 2 to 6 fields, this one has \(line.fields.count)")
    }
    let name = line.fields[0].split(separator: "/", omittingEmptySubsequences: false)
    guard name.count <= 2, !name[0].isEmpty else { throw line.malformed("the name is no name") }
    let signalCount = try line.count(1, "number of signals")
    if name.count == 2 {
      throw .unsupported(path: line.path, feature: "a multi-segment record (\(name[1]) segments)")
    }
    guard signalLines.count == signalCount else {
      throw line.malformed("\(signalCount) signals are promised, \(signalLines.count) are listed")
    }
    let frequencies = try frequencies(line)
    let sampleCount = line.has(3) ? try line.count(3, "number of samples") : 0
    return RecordHeader(
      name: String(name[0]), samplingFrequency: frequencies.sampling,
      counterFrequency: frequencies.counter, baseCounter: frequencies.base,
      sampleCount: sampleCount == 0 ? nil : sampleCount,
      baseTime: try line.stamp(4, separators: [":", "."], "base time"),
      baseDate: try line.stamp(5, separators: ["/"], "base date"),
      signals: try signals(signalLines, record: String(name[0])), comments: comments)
  }

  /// The field `sampling[/counter[(base)]]`.
  private static func frequencies(
    _ line: HeaderLine
  ) throws(ECGError) -> (sampling: Double, counter: Double, base: Double) {
    guard line.has(2) else { return (250, 250, 0) }
    let parts = line.fields[2].split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let sampling = try line.number(parts[0], "sampling frequency")
    guard sampling > 0 else { throw line.malformed("the sampling frequency is not above 0") }
    guard parts.count == 2 else { return (sampling, sampling, 0) }
    let (text, inside) = try line.parenthesis(parts[1])
    let counter = try line.number(text, "counter frequency")
    let base = try inside.map { (text) throws(ECGError) in try line.number(text, "base counter") }
    return (sampling, counter > 0 ? counter : sampling, base ?? 0)
  }

  private static func signals(
    _ lines: [HeaderLine], record: String
  ) throws(ECGError) -> [SignalSpecification] {
    var signals: [SignalSpecification] = []
    for (index, line) in lines.enumerated() {
      signals.append(try signal(line, name: "record \(record), signal \(index)"))
    }
    return signals
  }

  private static func signal(
    _ line: HeaderLine, name: String
  ) throws(ECGError) -> SignalSpecification {
    guard line.has(1) else { throw line.malformed("a signal line has at least 2 fields") }
    let format = try line.format(1)
    let gain = try line.gain(2)
    let resolution = line.has(3) ? try line.count(3, "resolution") : 0
    let adcZero = line.has(4) ? try line.integer(line.fields[4], "converter zero") : 0
    return SignalSpecification(
      fileName: line.fields[0], format: format.number, samplesPerFrame: format.samplesPerFrame,
      skew: format.skew, byteOffset: format.byteOffset,
      gain: gain.value == 0 ? SignalSpecification.defaultGain : gain.value,
      isCalibrated: gain.value != 0, baseline: gain.baseline ?? adcZero, units: gain.units,
      resolution: resolution == 0 ? (format.number == 8 ? 10 : 12) : resolution, adcZero: adcZero,
      initialValue: line.has(5) ? try line.integer(line.fields[5], "initial value") : nil,
      checksum: line.has(6) ? try line.integer(line.fields[6], "checksum") : nil,
      blockSize: line.has(7) ? try line.count(7, "block size") : 0,
      description: line.rest(after: 8) ?? name)
  }
}
