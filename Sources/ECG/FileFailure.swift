#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that the operating system would not open, read or write.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was being done with the file.
  public enum Operation: String, Sendable, Equatable {
    /// Opening a file for reading.
    case open
    /// Reading a file.
    case read
    /// Creating a file for writing.
    case create
    /// Writing to a file.
    case write
    /// Waiting until a file has reached the disk.
    case sync
    /// Moving a finished file to its name.
    case rename
  }

  /// Why it failed.
  public enum Reason: Sendable, Equatable {
    /// The system's error number, as in `errno`.
    case system(Int32)
    /// The file is larger than a file of its kind can be, in bytes.
    case largerThan(Int)
  }

  /// What was being done.
  public let operation: Operation
  /// The file.
  public let path: String
  /// Why it failed.
  public let reason: Reason

  /// Creates a failure.
  public init(_ operation: Operation, path: String, reason: Reason) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// Whether the disk is what failed: it is full, may hold no more, or answers with an error.
  public var isOfDisk: Bool {
    [ENOSPC, EDQUOT, EFBIG, EIO].contains { reason == .system($0) }
  }

  /// The failure that `errno` tells of right now.
  package static func last(_ operation: Operation, path: String) -> FileFailure {
    FileFailure(operation, path: path, reason: .system(errno))
  }

  /// Whether the file is not there.
  public var isMissingFile: Bool { reason == .system(ENOENT) }

  /// One sentence that names the file and ends with the remedy.
  public var description: String {
    "\(path): cannot \(operation.rawValue): \(cause); \(remedy)"
  }

  private var cause: String {
    switch reason {
    case .system(let code): String(cString: strerror(code))
    case .largerThan(let limit): "the file is larger than \(limit) bytes"
    }
  }

  private var remedy: String {
    switch (operation, reason) {
    case (_, .largerThan): "give a file of the expected kind"
    case (_, .system(ENOSPC)), (_, .system(EDQUOT)):
      "make room on the disk and run the command again"
    case (.open, .system(ENOENT)): "check the path, or download the file"
    case (.open, _), (.read, _): "check the file and its permissions"
    case (.create, _): "check that the folder exists and can be written to"
    case (.write, _), (.sync, _), (.rename, _): "check the disk and run the command again"
    }
  }
}
