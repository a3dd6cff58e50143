extension AnnotationList {
  /// An annotation file of more bytes than this is not read.
  static let byteLimit = 1 << 28

  /// Reads an annotation file in MIT format, for example `100.atr`.
  ///
  /// - Throws: `ECGError` if the file cannot be read, breaks off or is out of time order.
  public static func read(_ path: String) throws(ECGError) -> AnnotationList {
    try parse(FileContents.readRecording(path, limit: byteLimit), path: path)
  }

  /// Parses the bytes of an annotation file in MIT format.
  ///
  /// Source: annot(5) of the WFDB Applications Guide,
  /// <https://physionet.org/physiotools/wag/annot-5.htm>. A file has to end with its two zero
  /// bytes: it has no checksum, and this is the only sign that it is whole.
  ///
  /// - Parameter path: The name that errors give.
  /// - Throws: `ECGError` if the file breaks off or is out of time order.
  public static func parse(_ bytes: [UInt8], path: String) throws(ECGError) -> AnnotationList {
    var reader = AnnotationReader(bytes: bytes, path: path)
    return header(try reader.annotations(), path: path)
  }

  /// Takes the notes at sample 0 that describe the file itself out of the list.
  private static func header(_ all: [Annotation], path: String) -> AnnotationList {
    var timeResolution: Double?
    var definitions: [Definition] = []
    var isDefining = false
    var count = 0
    for annotation in all {
      guard annotation.sample == 0, annotation.code == .note else { break }
      let text = annotation.text
      if text.hasPrefix("## time resolution: ") {
        timeResolution = Double(text.dropFirst(20)).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
      } else if text == "## annotation type definitions" {
        isDefining = true
      } else if text == "## end of definitions" {
        isDefining = false
      } else if isDefining {
        definition(text).map { definitions.append($0) }
      } else {
        break
      }
      count += 1
    }
    return AnnotationList(
      annotations: Array(all.dropFirst(count)), timeResolution: timeResolution,
      definitions: definitions)
  }

  /// A line `code symbol meaning`.
  private static func definition(_ text: String) -> Definition? {
    let fields = text.trimmed(of: [" ", "\n", "\r"]).split(separator: " ", maxSplits: 2)
    guard fields.count >= 2, let code = UInt8(fields[0]).flatMap(AnnotationCode.init(rawValue:))
    else { return nil }
    return Definition(
      code: code, symbol: String(fields[1]), meaning: fields.count == 3 ? String(fields[2]) : "")
  }
}

/// Walks through the 16-bit words of an annotation file: 6 bits of code, 10 bits of interval.
private struct AnnotationReader {
  /// Codes above those of annotations: the words that change the annotation before or after them.
  private enum Modifier {
    static let skip: UInt16 = 59
    static let number: UInt16 = 60
    static let subtype: UInt16 = 61
    static let channel: UInt16 = 62
    static let text: UInt16 = 63
  }

  let bytes: [UInt8]
  let path: String
  var position = 0
  /// Set for this and all annotations that follow.
  var channel: UInt8 = 0
  /// Set for this and all annotations that follow.
  var number: Int8 = 0

  init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  mutating func annotations() throws(ECGError) -> [Annotation] {
    var result: [Annotation] = []
    var time = 0
    while true {
      let start = position
      var word = try nextWord()
      if word == 0 { return result }
      while word >> 10 == Modifier.skip {
        time += try interval()
        word = try nextWord()
      }
      time += Int(word & 0x3ff)
      guard let code = AnnotationCode(rawValue: UInt8(word >> 10)) else {
        throw malformed("\(word >> 10) is not the code of an annotation", at: start)
      }
      guard time >= result.last?.sample ?? 0 else {
        throw malformed("the annotation at sample \(time) is out of time order", at: start)
      }
      let annotation = try modified(time, code)
      // Code 0 is "not an actual annotation": it only moves the time on.
      if code.rawValue != 0 { result.append(annotation) }
    }
  }

  /// The annotation with the modifiers that follow it.
  private mutating func modified(
    _ sample: Int, _ code: AnnotationCode
  ) throws(ECGError) -> Annotation {
    var subtype: Int8 = 0
    var text = ""
    while position + 1 < bytes.count, bytes[position + 1] >> 2 >= Modifier.number {
      let word = try nextWord()
      let low = UInt8(truncatingIfNeeded: word)
      switch word >> 10 {
      case Modifier.number: number = Int8(bitPattern: low)
      case Modifier.subtype: subtype = Int8(bitPattern: low)
      case Modifier.channel: channel = low
      default: text = try string(count: Int(word & 0x3ff))
      }
    }
    return Annotation(
      sample: sample, code: code, subtype: subtype, channel: channel, number: number, text: text)
  }

  private func malformed(_ problem: String, at byte: Int) -> ECGError {
    .malformedAnnotations(path: path, byte: byte, problem: problem)
  }

  private mutating func nextWord() throws(ECGError) -> UInt16 {
    guard position + 2 <= bytes.count else {
      throw malformed("the file ends without its end mark", at: position)
    }
    defer { position += 2 }
    return UInt16(bytes[position]) | UInt16(bytes[position + 1]) << 8
  }

  /// A signed 32-bit number, high word first.
  private mutating func interval() throws(ECGError) -> Int {
    let high = try nextWord()
    let low = try nextWord()
    return Int(Int32(bitPattern: UInt32(high) << 16 | UInt32(low)))
  }

  /// A text, padded to an even number of bytes; it may end with zero bytes.
  private mutating func string(count: Int) throws(ECGError) -> String {
    let end = position + count
    guard end + count % 2 <= bytes.count else {
      throw malformed("a text of \(count) bytes does not fit into the file", at: position)
    }
    defer { position = end + count % 2 }
    return String(decoding: bytes[position..<end].prefix { $0 != 0 }, as: UTF8.self)
  }
}
