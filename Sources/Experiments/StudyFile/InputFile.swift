import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that somebody names to be read.
public enum InputFile {
  /// The bytes of a regular file. Pipes and devices are refused: opening one may wait for ever.
  ///
  /// - Parameters:
  ///   - kind: What the file should be, for the message, for example `a study file`.
  ///   - limit: Bytes that are read at most.
  /// - Throws: `ExperimentsError.unusableInput` where there is no such file or it cannot be read.
  public static func contents(
    of path: String, kind: String, limit: Int = .max
  ) throws(ExperimentsError) -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unusableInput(path: path, kind: kind, problem: String(cString: strerror(errno)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unusableInput(path: path, kind: kind, problem: "it is a folder")
    default:
      throw .unusableInput(path: path, kind: kind, problem: "it is a pipe or a device, no file")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unusableInput(path: path, kind: kind, problem: String(cString: strerror(errno)))
    }
    defer { try? handle.close() }
    do { return Array(try handle.read(upToCount: limit) ?? Data()) } catch {
      throw .unusableInput(path: path, kind: kind, problem: error.localizedDescription)
    }
  }
}
