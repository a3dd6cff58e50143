import Yams

/// The text of a study file as a tree, within bounds: what is too large, too deep or refers to
/// itself is an error before anything is built from it.
enum YAMLText {
  /// Bytes of a file at most; a study has some dozens of lines.
  static let byteLimit = 65_536

  /// Reads a file and parses it; `nil` where it holds comments only.
  static func root(of path: String) throws(ExperimentsError) -> Node? {
    try root(
      of: InputFile.contents(of: path, kind: "a study file", limit: byteLimit + 1), path: path)
  }

  static func root(of bytes: [UInt8], path: String) throws(ExperimentsError) -> Node? {
    guard bytes.count <= byteLimit else {
      throw .studyFile(
        path: path, line: nil,
        problem:
          "it is longer than \(byteLimit) bytes; give a study, which has some dozens of lines")
    }
    // Some editors begin UTF-8 with a byte order mark, which is no part of the text.
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .studyFile(path: path, line: nil, problem: "it is not UTF-8; save it as UTF-8 text")
    }
    if let line = lineOfReference(bytes) {
      throw .studyFile(
        path: path, line: line, problem: "anchors and aliases are not read; write the value itself")
    }
    do { return try Parser(yaml: text, encoding: .utf8).singleRoot() } catch {
      let (line, problem) = described(error)
      throw .studyFile(path: path, line: line, problem: "\(problem); correct the YAML")
    }
  }

  /// The line of the first `&name` or `*name` that does not go on a word: aliases of aliases would
  /// let a short file stand for an endless one. Quoted text is not told apart, so that no quotation
  /// mark can hide one.
  private static func lineOfReference(_ bytes: [UInt8]) -> Int? {
    func isWord(_ byte: UInt8) -> Bool {
      let character = Character(UnicodeScalar(byte))
      return byte >= 128 || character.isLetter || character.isNumber || "_-".contains(character)
    }
    for index in bytes.indices.dropLast()
    where [UInt8(ascii: "&"), UInt8(ascii: "*")]
      .contains(bytes[index])
    {
      let goesOn = index > 0 && isWord(bytes[index - 1]) && bytes[index - 1] != UInt8(ascii: "-")
      if !goesOn, isWord(bytes[index + 1]) {
        return bytes[..<index].count { $0 == UInt8(ascii: "\n") } + 1
      }
    }
    return nil
  }

  private static func described(_ error: any Error) -> (line: Int?, problem: String) {
    guard let error = error as? YamlError else { return (nil, "\(error)") }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (mark.line, problem)
    case .duplicatedKeysInMapping(let names, let context):
      return (context.mark.line, "\(names.joined(separator: ", ")) stands there twice")
    case .reader(let problem, _, _, _): return (nil, problem)
    default: return (nil, "it cannot be parsed")
    }
  }
}
