internal import Crypto
internal import ECG

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files that a data folder offers a task, without their contents.
public struct DataFiles: Sendable {
  /// A file and what the file system says of it.
  private struct File {
    let path: String
    let state: FileState
  }

  /// A file that rows were read from.
  public struct Content: Sendable, Codable, Equatable {
    /// Path in the data folder.
    public let path: String
    /// Its bytes.
    public let size: Int
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    public let sha256: String
  }

  private let folder: String
  private let files: [File]

  /// SHA-256 over names, sizes and times of change: while it stays the same, so do the files, as
  /// far as the file system says.
  public var stamp: String {
    var fingerprint = Fingerprint()
    for file in files { fingerprint.add(Array("\(file.path)\n\(file.state.text)\n".utf8)) }
    return fingerprint.hexadecimal
  }

  /// When the last of the files was changed, in seconds since 1970.
  public var lastChange: Int { files.map(\.state.changed).max() ?? 0 }

  /// Contents of the files that rows from a source are read from.
  ///
  /// - Throws: `DatasetsError.file` where one cannot be read.
  public func contents(of source: DataSource) throws(DatasetsError) -> [Content] {
    var contents: [Content] = []
    for file in files where Self.isRead(file.path, source) {
      contents.append(try Content(file.path, in: folder))
    }
    return contents
  }

  private static func isRead(_ path: String, _ source: DataSource) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    let isPublished = ["mitbih_", "ptbdb_"].contains { name.hasPrefix($0) }
    return switch source {
    case .recordings:
      [".hea", ".dat", ".atr", ".xyz"].contains { name.hasSuffix($0) } || name == "diagnosis.csv"
    // Generated files have the published form.
    case .publishedFiles, .synthetic: isPublished
    }
  }

  /// Lists what a task could be loaded from: both kinds of source, so that one that is added is
  /// noticed.
  init(_ directory: DataDirectory, task: String) throws(DatasetsError) {
    folder = directory.path
    let records =
      task.hasPrefix("mitbih")
      ? ["mitdb", "mit-bih-arrhythmia-database-1.0.0"]
      : task == "ptb" ? ["ptbdb", "ptb-diagnostic-ecg-database-1.0.0"] : ["ptbdb-10s"]
    var files: [File] = []
    for place in ["", "heartbeat"] + records {
      try Self.list(folder, place, patients: task == "ptb", into: &files)
    }
    self.files = files
  }

  private static func list(
    _ root: String, _ place: String, patients: Bool, into files: inout [File]
  ) throws(DatasetsError) {
    let folder = place.isEmpty ? root : "\(root)/\(place)"
    guard FolderListing.exists(folder) else { return }
    let endings = [".hea", ".dat", ".atr", ".xyz", ".csv", ".gz", "SYNTHETIC.txt"]
    for name in try FolderListing.names(in: folder) {
      let path = place.isEmpty ? name : "\(place)/\(name)"
      if patients, PTBFolder.isPatient(name) {
        try list(root, path, patients: false, into: &files)
      } else if endings.contains(where: name.hasSuffix) {
        files.append(File(path: path, state: FileState("\(root)/\(path)")))
      }
    }
  }
}

extension DataFiles.Content {
  /// Reads a file piece by piece.
  fileprivate init(_ path: String, in folder: String) throws(DatasetsError) {
    let location = "\(folder)/\(path)"
    let descriptor = open(location, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(.last(.open, path: location)) }
    defer { close(descriptor) }
    var hash = SHA256()
    var size = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .file(.last(.read, path: location)) }
      if count == 0 { break }
      buffer.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<count])) }
      size += count
    }
    self.path = path
    self.size = size
    sha256 = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
      .joined()
  }
}

private func systemRead(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int
) -> Int { read(descriptor, buffer, count) }

extension DataDirectory {
  /// The files that a task could be loaded from.
  ///
  /// - Throws: `DatasetsError.file` where a folder cannot be listed.
  public func files(of task: String) throws(DatasetsError) -> DataFiles {
    try DataFiles(self, task: task)
  }
}
