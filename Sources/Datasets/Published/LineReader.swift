internal import CZlib
internal import ECG

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads text files, plain or compressed with gzip, a line at a time through one small buffer: what
/// a file unpacks to is never held as a whole.
enum LineReader {
  /// Bytes of the buffer, and the longest line.
  static let bufferSize = 1 << 20

  /// Calls `body` for each line, without its LF or CRLF, and with its number from 1.
  ///
  /// - Throws: `DatasetsError` if the file cannot be read, is damaged or has a line of more than
  ///   1 MiB, and what `body` throws.
  static func forEachLine(
    of path: String,
    _ body: (_ text: UnsafeBufferPointer<UInt8>, _ line: Int) throws(DatasetsError) -> Void
  ) throws(DatasetsError) {
    guard let file = gzopen(path, "rb") else { throw .file(.last(.open, path: path)) }
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bufferSize)
    buffer.initialize(repeating: 0)
    defer { buffer.deallocate() }
    do throws(DatasetsError) {
      try read(file, path, buffer, body)
    } catch {
      gzclose_r(file)
      throw error
    }
    // Only closing tells of a file that ends within its compressed data.
    guard gzclose_r(file) == Z_OK else {
      throw .damagedCompression(path: path, problem: "it ends early")
    }
  }

  private static func read(
    _ file: gzFile, _ path: String, _ buffer: UnsafeMutableBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, Int) throws(DatasetsError) -> Void
  ) throws(DatasetsError) {
    var held = 0
    var number = 1
    while true {
      guard held < bufferSize, let base = buffer.baseAddress else {
        throw .malformedText(
          path: path, line: number, problem: "the line is longer than \(bufferSize) bytes")
      }
      let count = gzread(file, base + held, UInt32(bufferSize - held))
      guard count >= 0 else { throw failure(file, path) }
      held += Int(count)
      let contents = UnsafeBufferPointer(start: base, count: held)
      var start = 0
      while let end = contents[start...].firstIndex(of: UInt8(ascii: "\n")) {
        try body(line(contents[start..<end]), number)
        number += 1
        start = end + 1
      }
      if count == 0 {
        if start < held { try body(line(contents[start...]), number) }
        return
      }
      memmove(base, base + start, held - start)
      held -= start
    }
  }

  private static func line(
    _ contents: Slice<UnsafeBufferPointer<UInt8>>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      rebasing: contents.last == UInt8(ascii: "\r") ? contents.dropLast() : contents)
  }

  private static func failure(_ file: gzFile, _ path: String) -> DatasetsError {
    let systemError = errno
    var code: Int32 = 0
    let message = gzerror(file, &code).map { String(cString: $0) } ?? "unknown"
    if code == Z_ERRNO {
      return .file(FileFailure(.read, path: path, reason: .system(systemError)))
    }
    // zlib puts the path before its message.
    return .damagedCompression(
      path: path, problem: message.split(separator: ": ").last.map(String.init) ?? message)
  }
}
