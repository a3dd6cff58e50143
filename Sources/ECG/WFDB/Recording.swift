/// A record with its samples.
public struct Recording: Sendable, Equatable {
  /// The header.
  public let header: RecordHeader
  /// The samples of each signal, in units of the converter, as stored.
  public let signals: [[Int16]]

  /// The samples of one signal in its physical unit: (sample − baseline) / gain; not a number where
  /// the sample is marked as missing.
  ///
  /// - Precondition: `range` lies inside the signal.
  public func physical(signal index: Int, _ range: Range<Int>) -> [Float] {
    let specification = header.signals[index]
    let invalid = SignalFormat(rawValue: specification.format)?.invalidSample
    return signals[index][range].map { sample in
      sample == invalid
        ? .nan : Float(Double(Int(sample) - specification.baseline) / specification.gain)
    }
  }

  /// Reads `<directory>/<name>.hea` and its signal files, and holds the samples against the header.
  ///
  /// - Throws: `ECGError` if a file is missing, malformed or truncated, if a first value or
  ///   checksum differs, or if the record uses anything but unskewed signals in formats 212 and 16.
  public static func read(
    directory: String, record name: String
  ) throws(ECGError) -> Recording {
    let path = "\(directory)/\(name).hea"
    let header = try RecordHeader.read(path)
    var signals: [[Int16]] = []
    for group in try signalGroups(header, path: path) {
      let file = "\(directory)/\(group[0].fileName)"
      let bytes = try FileContents.readRecording(file, limit: byteLimit)
      signals += try decode(bytes, group: group, frames: header.sampleCount, path: file)
    }
    return Recording(header: header, signals: signals)
  }

  /// A signal file of more bytes than this is not read.
  static let byteLimit = 1 << 31

  /// The signals by file; those of one file stand together.
  static func signalGroups(
    _ header: RecordHeader, path: String
  ) throws(ECGError) -> [[SignalSpecification]] {
    var groups: [[SignalSpecification]] = []
    for signal in header.signals {
      try checkReadable(signal, path: path)
      if let group = groups.last, group[0].fileName == signal.fileName {
        guard group[0].format == signal.format else {
          throw .unsupported(path: path, feature: "\(signal.fileName) in two formats")
        }
        groups[groups.count - 1].append(signal)
      } else if groups.contains(where: { $0[0].fileName == signal.fileName }) {
        throw .unsupported(path: path, feature: "\(signal.fileName), named in two places,")
      } else {
        groups.append([signal])
      }
    }
    return groups
  }

  private static func checkReadable(
    _ signal: SignalSpecification, path: String
  ) throws(ECGError) {
    guard SignalFormat(rawValue: signal.format) != nil else {
      throw .unsupported(path: path, feature: "signal format \(signal.format)")
    }
    guard signal.skew == 0 else {
      throw .unsupported(path: path, feature: "a signal skewed by \(signal.skew) frames")
    }
    // A name with a folder in it could lead out of the record's own.
    guard !signal.fileName.contains("/"), signal.fileName != "-", signal.fileName != "~" else {
      throw .unsupported(path: path, feature: "the signal file name \"\(signal.fileName)\"")
    }
  }

  /// Decodes one signal file into its signals.
  static func decode(
    _ bytes: [UInt8], group: [SignalSpecification], frames: Int?, path: String
  ) throws(ECGError) -> [[Int16]] {
    guard let first = group.first, let format = SignalFormat(rawValue: first.format) else {
      return []
    }
    let payload = bytes.dropFirst(first.byteOffset)
    let frameLength = group.reduce(0) { $0 + $1.samplesPerFrame }
    let held = format.sampleCount(bytes: payload.count)
    let (promised, overflow) = (frames ?? held / frameLength)
      .multipliedReportingOverflow(by: frameLength)
    guard !overflow, promised <= held else {
      throw .truncatedSignal(path: path, promised: overflow ? .max : promised, found: held)
    }
    let signals = separate(format.decode(payload, count: promised), group.map(\.samplesPerFrame))
    for (signal, samples) in zip(group, signals) {
      try check(samples, against: signal, path: path, isComplete: frames != nil)
    }
    return signals
  }

  /// Takes the frames apart: `widths[i]` samples of signal i, then those of the next.
  private static func separate(_ samples: [Int16], _ widths: [Int]) -> [[Int16]] {
    let frameLength = widths.reduce(0, +)
    var start = 0
    return widths.map { width in
      defer { start += width }
      let offset = start
      return samples.withUnsafeBufferPointer { samples in
        let frames = samples.count / frameLength
        return [Int16](unsafeUninitializedCapacity: frames * width) { signal, count in
          for frame in 0..<frames {
            for index in 0..<width {
              signal[frame * width + index] = samples[frame * frameLength + offset + index]
            }
          }
          count = frames * width
        }
      }
    }
  }

  private static func check(
    _ samples: [Int16], against signal: SignalSpecification, path: String, isComplete: Bool
  ) throws(ECGError) {
    if let expected = signal.initialValue, let first = samples.first, Int(first) != expected {
      throw .initialValueMismatch(
        path: path, signal: signal.description, header: expected, found: Int(first))
    }
    // Without a length in the header the sum has no agreed end.
    guard isComplete, let expected = signal.checksum else { return }
    let sum = samples.reduce(into: Int16(0)) { $0 &+= $1 }
    guard sum == Int16(truncatingIfNeeded: expected) else {
      throw .checksumMismatch(
        path: path, signal: signal.description, header: expected, found: Int(sum))
    }
  }
}
