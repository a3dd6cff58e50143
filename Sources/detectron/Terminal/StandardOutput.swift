import Synchronization

// The stream is a variable of C; nobody here puts another one there.
#if canImport(Glibc)
  @preconcurrency import Glibc
#else
  @preconcurrency import Darwin
#endif

/// Standard output, as far as it can refuse what is written: a full disk is no end of the work, but
/// results that are lost are an error.
enum StandardOutput {
  private static let isRefused = Mutex(false)

  /// Writes a line at once, whole and not within another one; that it was refused is remembered.
  static func writeLine(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    isRefused.withLock { isRefused in
      var start = 0
      while start < bytes.count {
        let count = bytes[start...].withUnsafeBytes {
          write(STDOUT_FILENO, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          isRefused = true
          return
        }
        start += count
      }
    }
  }

  /// Hands over what was printed.
  ///
  /// - Throws: `OutputRefused` where this or a line before was not taken, `CancellationError` where
  ///   that is because nobody reads it any more.
  static func finish() throws {
    let isTaken = fflush(stdout) == 0 && ferror(stdout) == 0 && !isRefused.withLock(\.self)
    if Interruption.hasLostReader { throw CancellationError() }
    if !isTaken { throw OutputRefused() }
  }
}

/// Standard output did not take what was printed.
struct OutputRefused: Error, CustomStringConvertible {
  var description: String {
    "standard output did not take all that was printed; make room where it leads to, or name another "
      + "place, and call again"
  }
}
