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
  /// - Parameters:
  ///   - onWait: Called once if another process holds it; if it returns `false`, the lock is not
  ///     waited for.
  ///   - patience: Seconds to wait at most.
  ///   - isCancelled: Asked while it is waited for.
  /// - Throws: `storeIsLocked` where it was not waited for, or in vain.
  init(
    root: String, patience: Double = .infinity, isCancelled: () -> Bool = { false },
    onWait: () -> Bool
  ) throws(ExperimentsError) {
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
    // In short pauses: a wait inside the kernel goes on after a signal that is only remembered.
    var waited = 0.0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard waited < patience, !isCancelled() else {
        close(descriptor)
        throw .storeIsLocked(path: root)
      }
      usleep(50_000)
      waited += 0.05
    }
  }

  /// Takes the lock for a moment's work: another such is waited for, a training, which may take
  /// hours, is not.
  convenience init(forMomentAt root: String) throws(ExperimentsError) {
    try self.init(root: root, patience: 5) { true }
  }

  deinit { close(descriptor) }
}
