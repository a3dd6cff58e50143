import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let caught = Atomic<Int32>(0)

/// How often SIGINT or SIGTERM came.
private let requests = Atomic<Int>(0)

/// Where a handler writes a byte, for the thread that waits at the other end; -1 before there is one.
private let alarmBell = Atomic<Int32>(-1)

/// What is done before the process ends where work does not end in order.
private let lastWords = Mutex<(@Sendable () -> Void)?>(nil)

/// Milliseconds that work has to end in order, less than the five seconds that are promised.
private let patience: Int32 = 4000

/// Remembers SIGINT and SIGTERM, so that work can end in order; ends the process where it does not.
/// SIGPIPE, when nobody reads any more what is printed, is remembered likewise; nobody waits for the
/// end of that.
///
/// Files are replaced whole or not at all, so that the process may end anywhere.
enum Interruption {
  /// From now on signals are remembered, where they would have ended the program: only for work that
  /// asks whether one came.
  ///
  /// - Parameter lastly: What is done where the work does not end in order, before the process ends.
  static func watch(lastly: (@Sendable () -> Void)? = nil) {
    // Touched once here, since a signal handler may not be the first to make it.
    caught.store(0, ordering: .sequentiallyConsistent)
    requests.store(0, ordering: .sequentiallyConsistent)
    lastWords.withLock { $0 = lastly }
    hangBell()
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

/// Starts the thread that ends the process where nobody else does.
private func hangBell() {
  guard alarmBell.load(ordering: .sequentiallyConsistent) < 0 else { return }
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { return }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  let listened = ends[0]
  Thread.detachNewThread {
    while waitForByte(listened, milliseconds: -1) {
      // Who asks twice does not want to wait.
      _ = waitForByte(listened, milliseconds: patience)
      lastWords.withLock(\.self)?()
      _exit(128 + Interruption.signal)
    }
  }
  alarmBell.store(ends[1], ordering: .sequentiallyConsistent)
}

/// Takes a byte from a pipe; `false` where none came in time.
private func waitForByte(_ descriptor: Int32, milliseconds: Int32) -> Bool {
  let end = ContinuousClock.now + .milliseconds(Int(milliseconds))
  while true {
    let left = (end - .now) / .milliseconds(1)
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let count = poll(&request, 1, milliseconds < 0 ? -1 : Int32(max(0, left)))
    if count < 0, errno == EINTR { continue }
    var byte: UInt8 = 0
    return count > 0 && read(descriptor, &byte, 1) == 1
  }
}

private func watchSignals() {
  signal(SIGINT, remember)
  signal(SIGTERM, remember)
  signal(SIGPIPE, rememberLostReader)
}

private func unblockSignals() {
  var signals = sigset_t()
  sigemptyset(&signals)
  for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

private func ignore(_ number: Int32) { signal(number, SIG_IGN) }

private func remember(_ number: Int32) {
  caught.store(number, ordering: .sequentiallyConsistent)
  let count = requests.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
  var byte: UInt8 = 1
  let isHeard = write(alarmBell.load(ordering: .sequentiallyConsistent), &byte, 1) == 1
  if count > 2 || !isHeard { _exit(128 + number) }
}

/// Comes again with each further line.
private func rememberLostReader(_ number: Int32) {
  _ = caught.compareExchange(expected: 0, desired: number, ordering: .sequentiallyConsistent)
}
