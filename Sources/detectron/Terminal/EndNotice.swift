import Foundation
import Synchronization

/// Tells somebody that a run has ended, once.
final class EndNotice: Sendable {
  private let command: String?
  private let run: Mutex<String>
  private let isSent = Mutex(false)

  /// A notice by a command; `nil` for none.
  ///
  /// - Parameter run: Name of the run, as far as it is known.
  init(command: String?, run: String) {
    self.command = command
    self.run = Mutex(run)
  }

  /// Takes note of the run's name.
  func name(_ name: String) { run.withLock { $0 = name } }

  /// Runs the command, unless it was begun before; an error is how the run ended, `nil` for well.
  ///
  /// - Parameter end: Until when its own end is waited for; after that it goes on alone.
  func send(_ error: (any Error)?, waitsUntil end: DispatchTime = .distantFuture) {
    guard let command else { return }
    let ended = DispatchSemaphore(value: 0)
    // Begun before anybody else may take it for sent and end the process.
    let process = isSent.withLock { isSent -> Process? in
      guard !isSent else { return nil }
      isSent = true
      return begin(command, error) { ended.signal() }
    }
    guard let process, ended.wait(timeout: end) == .success, process.terminationStatus != 0 else {
      return
    }
    Terminal.say("Note: the command of --notify ended with \(process.terminationStatus).")
  }

  /// The command under way; `nil` where it could not be begun.
  private func begin(
    _ command: String, _ error: (any Error)?, ended: @escaping @Sendable () -> Void
  ) -> Process? {
    let status = error.map(ExitStatus.init)
    let outcome =
      switch status {
      case nil: "finished"
      case .someCellsFailed: "failed"
      case .interrupted: "interrupted"
      default: "error"
      }
    let message = error.flatMap { status?.message(of: $0) } ?? ""
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "DETECTRON_OUTCOME": outcome, "DETECTRON_STATUS": "\(status?.code ?? 0)",
      "DETECTRON_RUN": run.withLock(\.self), "DETECTRON_MESSAGE": message,
    ]) { $1 }
    // Standard output is for results.
    process.standardOutput = FileHandle.standardError
    process.terminationHandler = { _ in ended() }
    do { try process.run() } catch {
      Terminal.say("Note: the command of --notify could not be run: \(error.localizedDescription)")
      return nil
    }
    return process
  }
}
