#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The kernel's lock on a store: held while a run works, gone with the process that held it.
final class StoreLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameter onWait: Called once if another process holds it; if it returns `false`, the lock
  ///   is not waited for.
  /// - Throws: `storeIsLocked` where it was not waited for.
  init(root: String, onWait: () -> Bool) throws(ExperimentsError) {
    let path = "\(root)/lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .file(path: path, action: "create", reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    guard onWait() else {
      close(descriptor)
      throw .storeIsLocked(path: root)
    }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
  }

  deinit { close(descriptor) }
}
