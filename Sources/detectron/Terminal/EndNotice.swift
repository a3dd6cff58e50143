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

  /// Runs the command, unless it ran before; an error is how the run ended, `nil` for well.
  ///
  /// Whoever comes while it runs waits for its end.
  func send(_ error: (any Error)?) {
    guard let command else { return }
    isSent.withLock { isSent in
      guard !isSent else { return }
      isSent = true
      execute(command, error)
    }
  }

  private func execute(_ command: String, _ error: (any Error)?) {
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
    do {
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus != 0 {
        Terminal.say("Note: the command of --notify ended with \(process.terminationStatus).")
      }
    } catch {
      Terminal.say("Note: the command of --notify could not be run: \(error.localizedDescription)")
    }
  }
}
