import Datasets
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reading and writing of single files.
extension RunStore {
  func json(_ value: some Encodable) throws(ExperimentsError) -> [UInt8] {
    do { return try CanonicalJSON.encode(value) } catch { throw unrepresentable(error) }
  }

  private func unrepresentable(_ error: any Error) -> ExperimentsError {
    .damagedStore(path: root, problem: "a value is not representable (\(error))")
  }

  /// The value of a JSON file.
  ///
  /// - Throws: `damagedStore` where it is not what was written.
  func decode<Value: Decodable>(_ path: String) throws(ExperimentsError) -> Value {
    let bytes = try contents(path)
    guard SealedJSON.isWhole(bytes),
      let value = try? JSONDecoder().decode(Value.self, from: Data(bytes))
    else { throw .damagedStore(path: path, problem: "it is not what was written") }
    return value
  }

  /// Writes a value with a hash of its own, for files that no manifest lists.
  func write(sealed value: some Encodable, to path: String) throws(ExperimentsError) {
    try write(try sealedJSON(value), to: path)
  }

  func sealedJSON(_ value: some Encodable) throws(ExperimentsError) -> [UInt8] {
    do { return try SealedJSON.encode(value) } catch { throw unrepresentable(error) }
  }

  /// The bytes of a file.
  ///
  /// - Throws: `damagedStore` where it is missing, `file` where the system does not hand it out.
  func contents(_ path: String) throws(ExperimentsError) -> [UInt8] {
    guard let bytes = try contents(ifThere: path) else {
      throw .damagedStore(path: path, problem: "it is missing")
    }
    return bytes
  }

  /// The bytes of a file; `nil` where there is none.
  ///
  /// - Throws: `file` where the system does not hand it out: nothing is known of the file then.
  func contents(ifThere path: String) throws(ExperimentsError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Self.unreadable(path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
    var bytes: [UInt8] = []
    // One byte more, so that the end is seen by the read that finds nothing.
    var capacity = Int(status.st_size) + 1
    while true {
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
        repeat {
          count = systemRead(descriptor, buffer.baseAddress, capacity)
        } while count < 0 && errno == EINTR
        filled = max(0, count)
      }
      guard count >= 0 else { throw Self.unreadable(path) }
      if count == 0 { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      capacity = 1 << 16
    }
  }

  private static func unreadable(_ path: String) -> ExperimentsError {
    .file(path: path, action: "read", reason: String(cString: strerror(errno)))
  }

  /// What comes of reading; `nil` where that is not what was written.
  ///
  /// - Throws: Whatever says nothing about the bytes, above all a file that cannot be read.
  func ifWhole<Value>(
    _ read: () throws(ExperimentsError) -> Value
  ) throws(ExperimentsError) -> Value? {
    do { return try read() } catch {
      if error.isOfDamage { return nil }
      throw error
    }
  }

  func write(_ bytes: [UInt8], to path: String) throws(ExperimentsError) {
    do { try AtomicFile.write(bytes, to: path) } catch { throw .data(error) }
  }

  func names(in folder: String) throws(ExperimentsError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw .file(path: folder, action: "list", reason: error.localizedDescription)
    }
  }

  func makeFolder(_ path: String) throws(ExperimentsError) {
    try attempt("create", path) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  func remove(_ path: String) throws(ExperimentsError) {
    try attempt("remove", path) { try FileManager.default.removeItem(atPath: path) }
  }

  /// Gives a file or folder a new name, under which nothing stands; on the disk when it returns.
  func move(_ path: String, to newPath: String) throws(ExperimentsError) {
    try attempt("rename", path) {
      try FileManager.default.moveItem(atPath: path, toPath: newPath)
    }
    do { try AtomicFile.synchronizeFolder(of: newPath) } catch { throw .data(error) }
  }

  /// Throws where files cannot be made in a folder: it may be somebody else's, or the disk read-only.
  func checkWritable(_ folder: String) throws(ExperimentsError) {
    guard access(folder, W_OK | X_OK) == 0 else {
      throw .file(
        path: folder, action: "create files in it", reason: String(cString: strerror(errno)))
    }
  }

  func attempt(
    _ action: String, _ path: String, _ body: () throws -> Void
  ) throws(ExperimentsError) {
    do { try body() } catch {
      throw .file(path: path, action: action, reason: error.localizedDescription)
    }
  }
}

private func systemRead(
  _ descriptor: Int32, _ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int
) -> Int {
  read(descriptor, bytes, count)
}
