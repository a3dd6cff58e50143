import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let caught = Atomic<Int32>(0)

/// Seconds that work has to end in order, less than the five that are promised.
private let patience: UInt32 = 4

/// Remembers SIGINT and SIGTERM, so that work can end in order; ends the process where it does not.
/// SIGPIPE, when nobody reads any more what is printed, is remembered likewise; nobody waits for the
/// end of that.
///
/// Files are replaced whole or not at all, so that the process may end anywhere.
enum Interruption {
  /// From now on signals are remembered, where they would have ended the program: only for work that
  /// asks whether one came.
  static func watch() {
    // Touched once here, since a signal handler may not be the first to make it.
    caught.store(0, ordering: .sequentiallyConsistent)
    watchSignals()
  }

  /// Lets signals reach the program, which may have been started with them blocked, and makes a file
  /// that may grow no further an error of the write, not the end of the process.
  static func prepare() {
    unblockSignals()
    ignore(SIGXFSZ)
  }

  /// The signal that came, or 0.
  static var signal: Int32 { caught.load(ordering: .sequentiallyConsistent) }
  /// Whether one came.
  static var happened: Bool { signal != 0 }
  /// Whether nobody reads any more what is printed.
  static var hasLostReader: Bool { signal == SIGPIPE }
}

private func watchSignals() {
  signal(SIGINT, remember)
  signal(SIGTERM, remember)
  signal(SIGALRM, endNow)
  signal(SIGPIPE, rememberLostReader)
}

private func unblockSignals() {
  var signals = sigset_t()
  sigemptyset(&signals)
  for number in [SIGINT, SIGTERM, SIGALRM] { sigaddset(&signals, number) }
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

private func ignore(_ number: Int32) { signal(number, SIG_IGN) }

private func remember(_ number: Int32) {
  // Who asks twice does not want to wait.
  if caught.exchange(number, ordering: .sequentiallyConsistent) != 0 { _exit(128 + number) }
  alarm(patience)
}

/// Comes again with each further line.
private func rememberLostReader(_ number: Int32) {
  _ = caught.compareExchange(expected: 0, desired: number, ordering: .sequentiallyConsistent)
}

/// Ends what did not end by itself.
private func endNow(_: Int32) { _exit(128 + Interruption.signal) }
