internal import ECG

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that appears under its name only when it is whole and on the disk.
///
/// The bytes go to a temporary file in the same folder, which `commit()` brings to the disk and
/// renames. Without it, the temporary file is removed and what stood under the name stays.
///
/// ```swift
/// var file = try AtomicFile(path: "rows.csv")
/// try file.write(Array("1,2\n".utf8))
/// try file.commit()
/// ```
public struct AtomicFile: ~Copyable {
  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  private var isCommitted = false

  /// Starts a file; an existing one of that name is replaced on `commit()`.
  ///
  /// - Throws: `DatasetsError.file` if the folder is missing or cannot be written to.
  public init(path: String) throws(DatasetsError) {
    let (folder, name) = Self.split(path)
    var attempt = 0
    while true {
      let temporaryPath = "\(folder)/.\(name).\(getpid()).\(attempt).partial"
      let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      // Whoever removes leftovers may have taken it before it was locked.
      if descriptor >= 0, !Self.locks(descriptor) {
        close(descriptor)
        attempt += 1
        continue
      }
      if descriptor >= 0 {
        self.path = path
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
        return
      }
      // A process of the same number may have left one behind, or another thread writes one.
      guard errno == EEXIST, attempt < 1000 else { throw .file(.last(.create, path: path)) }
      attempt += 1
    }
  }

  deinit {
    close(descriptor)
    if !isCommitted { unlink(temporaryPath) }
  }

  /// Appends bytes.
  ///
  /// - Throws: `DatasetsError.file`, for example if the disk is full.
  public mutating func write(_ bytes: [UInt8]) throws(DatasetsError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .file(.last(.write, path: path)) }
      written += count
    }
  }

  /// Brings the file to the disk and gives it its name.
  ///
  /// - Throws: `DatasetsError.file`; then nothing has changed under the name, unless it is the
  ///   folder that could not be brought to the disk.
  public consuming func commit() throws(DatasetsError) {
    guard fsync(descriptor) == 0 else { throw .file(.last(.sync, path: path)) }
    guard rename(temporaryPath, path) == 0 else { throw .file(.last(.rename, path: path)) }
    isCommitted = true
    try Self.synchronizeFolder(of: path)
  }

  /// Writes a whole file.
  ///
  /// - Throws: `DatasetsError.file`; then nothing has changed under the name.
  public static func write(_ bytes: [UInt8], to path: String) throws(DatasetsError) {
    var file = try AtomicFile(path: path)
    try file.write(bytes)
    try file.commit()
  }

  /// Removes temporary files that killed processes left in a folder; those of living ones are
  /// locked and stay.
  ///
  /// - Throws: `DatasetsError.file` if the folder cannot be listed.
  public static func removeLeftovers(in folder: String) throws(DatasetsError) {
    for name in try FolderListing.names(in: folder)
    where name.hasPrefix(".") && name.hasSuffix(".partial") {
      let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      if locks(descriptor) { unlink("\(folder)/\(name)") }
    }
  }

  /// Takes the kernel's lock on a file; `false` where another has it or the file has no name any
  /// more.
  private static func locks(_ descriptor: Int32) -> Bool {
    var status = stat()
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &status) == 0
      && status.st_nlink > 0
  }

  /// Brings the names in the folder of a file to the disk.
  ///
  /// - Throws: `DatasetsError.file` if the system cannot.
  public static func synchronizeFolder(of path: String) throws(DatasetsError) {
    let folder = open(split(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .file(.last(.sync, path: path)) }
    defer { close(folder) }
    // Some file systems know no fsync of a folder and say so with EINVAL.
    guard fsync(folder) == 0 || errno == EINVAL else { throw .file(.last(.sync, path: path)) }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
