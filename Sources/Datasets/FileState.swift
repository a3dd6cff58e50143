#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the file system says of a file: as long as it stays the same, nobody has changed the file.
///
/// A change without trace in size, place and both times is only what a broken disk does.
public struct FileState: Sendable, Equatable {
  /// Size, place on the disk, and times of the last change of content and of anything; `missing`
  /// for a file that is not there.
  public let text: String
  /// Seconds since 1970 of the last change.
  public let changed: Int

  /// Asks for the state of a file; links are followed.
  public init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      (text, changed) = ("missing", 0)
      return
    }
    #if canImport(Glibc)
      let (content, any) = (status.st_mtim, status.st_ctim)
    #else
      let (content, any) = (status.st_mtimespec, status.st_ctimespec)
    #endif
    text =
      "\(status.st_size) \(status.st_ino) \(content.tv_sec) \(content.tv_nsec) "
      + "\(any.tv_sec) \(any.tv_nsec)"
    changed = max(content.tv_sec, any.tv_sec)
  }
}
