#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads whole files without trusting their size.
package enum FileContents {
  /// The bytes of a file of a recording, at most `limit` of them.
  static func readRecording(_ path: String, limit: Int) throws(ECGError) -> [UInt8] {
    do throws(FileFailure) {
      return try read(path, limit: limit)
    } catch {
      throw .file(error)
    }
  }

  /// The bytes of a file, at most `limit` of them.
  ///
  /// - Throws: `FileFailure` if the file cannot be read or is larger than `limit`.
  package static func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(.open, path: path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunkSize = sizeHint(descriptor, limit: limit) + 1
    while true {
      let chunk = try readChunk(descriptor, path: path, capacity: chunkSize)
      if chunk.isEmpty { return bytes }
      guard bytes.count + chunk.count <= limit else {
        throw FileFailure(.read, path: path, reason: .largerThan(limit))
      }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      chunkSize = 1 << 16
    }
  }

  /// What the file system says of the size; one byte more is asked for, so that a file that grows
  /// while it is read is noticed.
  private static func sizeHint(_ descriptor: Int32, limit: Int) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return 1 << 16 }
    return min(Int(status.st_size), limit)
  }

  private static func readChunk(
    _ descriptor: Int32, path: String, capacity: Int
  ) throws(FileFailure) -> [UInt8] {
    var failure: FileFailure?
    let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var received: Int
      repeat {
        received = systemRead(descriptor, buffer.baseAddress, capacity)
      } while received < 0 && errno == EINTR
      if received < 0 { failure = .last(.read, path: path) }
      count = max(received, 0)
    }
    if let failure { throw failure }
    return chunk
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int)
  -> Int
{
  read(descriptor, buffer, count)
}
