import Foundation

/// Tells somebody that a run has ended.
struct EndNotice {
  /// What to run; `nil` for nothing.
  let command: String?
  /// Name of the run.
  let run: String

  /// Runs the command; an error is how the run ended, `nil` for well.
  func send(_ error: (any Error)?) {
    guard let command else { return }
    let status = error.map(ExitStatus.init)
    let outcome =
      switch status {
      case nil: "finished"
      case .someCellsFailed: "failed"
      case .interrupted: "interrupted"
      default: "error"
      }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "DETECTRON_OUTCOME": outcome, "DETECTRON_STATUS": "\(status?.code ?? 0)",
      "DETECTRON_RUN": run, "DETECTRON_MESSAGE": error.map { "\($0)" } ?? "",
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
