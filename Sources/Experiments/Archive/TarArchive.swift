import Foundation

/// Files in one file: the part of the tar format that a folder of results needs.
///
/// Only regular files whose paths lead downwards are read: a link, a device, an absolute path or one
/// with `..` makes the whole archive unusable, so that nothing is ever written outside a folder.
/// Source: POSIX.1-2017, pax, <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html>.
struct TarArchive {
  /// A file of the archive.
  struct File: Equatable {
    let path: String
    let bytes: [UInt8]
  }

  /// What is packed at most, so that a small archive cannot fill a disk.
  private static let sizeLimit = 1 << 34
  private static let block = 512

  /// The files, in the order of the archive.
  let files: [File]

  init(_ files: [File]) { self.files = files }

  /// Reads an archive.
  ///
  /// - Throws: `ExperimentsError.unusableArchive`.
  init(_ bytes: [UInt8], path archive: String) throws(ExperimentsError) {
    func unusable(_ problem: String) -> ExperimentsError {
      .unusableArchive(path: archive, problem: problem)
    }
    var files: [File] = []
    var position = 0
    var longPath: String?
    var seen: Set<String> = []
    var hasEnd = false
    while position + Self.block <= bytes.count {
      let header = TarHeader(bytes[position..<position + Self.block])
      if header.isEnd {
        hasEnd = true
        break
      }
      guard header.hasChecksum, let size = header.size, size <= Self.sizeLimit,
        size <= bytes.count - position - Self.block
      else { throw unusable("it is no tar archive, or damaged or cut off") }
      let content = bytes[position + Self.block..<position + Self.block + size]
      position += Self.block + (size + Self.block - 1) / Self.block * Self.block
      switch header.kind {
      case "g": break
      case "5": longPath = nil
      case "x": longPath = Self.path(inPax: content)
      case "0", "\0":
        let path = longPath ?? header.path
        longPath = nil
        guard Self.isSafe(path), seen.insert(path).inserted else {
          throw unusable("the path \"\(path)\" leads out of the folder or occurs twice")
        }
        files.append(File(path: path, bytes: Array(content)))
      default: throw unusable("\"\(header.path)\" is no regular file")
      }
    }
    // An archive that was cut off between two files shows it by nothing else.
    guard hasEnd else { throw unusable("it is no tar archive, or damaged or cut off") }
    guard !files.isEmpty else { throw unusable("it holds no file") }
    self.files = files
  }

  /// The bytes of the archive: the same for the same files.
  func encode() throws(ExperimentsError) -> [UInt8] {
    var bytes: [UInt8] = []
    for file in files {
      guard let header = TarHeader.encoded(path: file.path, size: file.bytes.count) else {
        throw .unusableArchive(path: file.path, problem: "the path is too long for the format")
      }
      bytes += header + file.bytes
      bytes += [UInt8](repeating: 0, count: (Self.block - bytes.count % Self.block) % Self.block)
    }
    return bytes + [UInt8](repeating: 0, count: 2 * Self.block)
  }

  /// Writes the files into a folder.
  func write(into folder: String) throws(ExperimentsError) {
    let store = RunStore(root: folder)
    for file in files {
      let path = "\(folder)/\(file.path)"
      try store.makeFolder(URL(filePath: path).deletingLastPathComponent().path)
      try store.write(file.bytes, to: path)
    }
  }

  /// Whether a path stays below the folder that it is unpacked into.
  private static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !path.isEmpty && !path.utf8.contains(0) && !path.contains("\\")
      && parts.allSatisfy { !["", ".", ".."].contains($0) }
  }

  /// The path of a pax header: lines of `length keyword=value`.
  private static func path(inPax content: ArraySlice<UInt8>) -> String? {
    for line in String(decoding: content, as: UTF8.self).split(separator: "\n") {
      let record = line.drop { $0 != " " }.dropFirst()
      if record.hasPrefix("path=") { return String(record.dropFirst("path=".count)) }
    }
    return nil
  }
}

/// The 512 bytes before a file (ustar).
private struct TarHeader {
  private let bytes: [UInt8]

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  var isEnd: Bool { bytes.allSatisfy { $0 == 0 } }
  var kind: Character { Character(UnicodeScalar(bytes[156])) }
  var size: Int? { Self.octal(bytes[124..<136]) }
  var path: String {
    let (name, prefix) = (text(0..<100), text(345..<500))
    return prefix.isEmpty ? name : "\(prefix)/\(name)"
  }

  /// Whether the header is the one that was written.
  var hasChecksum: Bool { Self.octal(bytes[148..<156]) == Self.checksum(bytes) }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range].prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let text = String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    return Int(text.trimmingCharacters(in: .whitespaces), radix: 8).flatMap { $0 < 0 ? nil : $0 }
  }

  /// The sum of all bytes, those of the checksum itself as spaces.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    bytes.enumerated().reduce(0) {
      $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
    }
  }

  /// A header without owner and date; `nil` for a path that does not fit.
  static func encoded(path: String, size: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      bytes.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
    }
    func octal(_ value: Int, digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    guard let (prefix, name) = split(path), String(size, radix: 8).count <= 11 else { return nil }
    put(name, at: 0)
    put(octal(0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(prefix, at: 345)
    put(octal(checksum(bytes), digits: 6), at: 148)
    bytes[155] = 32
    return bytes
  }

  /// A path as two, of at most 155 and 100 bytes.
  private static func split(_ path: String) -> (prefix: String, name: String)? {
    if path.utf8.count <= 100 { return ("", path) }
    let parts = path.split(separator: "/")
    return (1..<max(1, parts.count)).lazy.map { place in
      (
        prefix: parts[..<place].joined(separator: "/"), name: parts[place...].joined(separator: "/")
      )
    }.first { $0.prefix.utf8.count <= 155 && $0.name.utf8.count <= 100 }
  }
}
