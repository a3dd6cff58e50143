import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let caught = Atomic<Int32>(0)

/// Remembers SIGINT and SIGTERM, so that work can end in order.
enum Interruption {
  static func watch() {
    // Touched once here, since a signal handler may not be the first to make it.
    caught.store(0, ordering: .sequentiallyConsistent)
    let remember: @convention(c) (Int32) -> Void = {
      caught.store($0, ordering: .sequentiallyConsistent)
    }
    handle(SIGINT, remember)
    handle(SIGTERM, remember)
  }

  /// The signal that came, or 0.
  static var signal: Int32 { caught.load(ordering: .sequentiallyConsistent) }
  /// Whether one came.
  static var happened: Bool { signal != 0 }
}

private func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
  signal(number, handler)
}
