import Experiments
import Foundation

/// Events of a run on standard output for other programs: one JSON object a line, each with `event`
/// and, where a cell is meant, `cell`. What is undefined is left out.
final class EventStream: Sendable {
  private struct Line: Encodable {
    var event: String
    var cell: String?
    var task: String?
    var message: String?
    var open: Int?
    var done: Int?
    var workers: Int?
    var epoch: Int?
    var rows: Int?
    var rowsPerEpoch: Int?
    var epochs: Int?
    var seconds: Double?
    var validationAccuracy: Double?
    var validationSquaredError: Double?
    var run: String?
    var id: String?
    var failed: Int?

    init(_ event: String, cell: CellName? = nil) {
      self.event = event
      self.cell = cell?.description
    }
  }

  /// Prints an event; may be called from any thread.
  func send(_ event: RunEvent) { print(Self.line(of: event)) }

  /// Prints that the run ended.
  func send(_ record: RunRecord) {
    var line = Line("run")
    (line.run, line.id, line.failed) = (record.study.name, record.id, record.failureCount)
    print(line)
  }

  /// Prints where the report is.
  func send(report path: String) {
    var line = Line("report")
    line.message = path
    print(line)
  }

  private static func line(of event: RunEvent) -> Line {
    var line: Line
    switch event {
    case .planned(let open, let done, let workers):
      line = Line("planned")
      (line.open, line.done, line.workers) = (open.count, done, workers)
    case .waiting(let store):
      line = Line("waiting")
      line.message = store
    case .auditing(let task):
      line = Line("auditing")
      line.task = task
    case .discarded(let name): line = Line("discarded", cell: name)
    case .renamed(let name, let kept):
      line = Line("renamed")
      (line.run, line.message) = (name, kept)
    case .restarted(let name): line = Line("restarted", cell: name)
    case .started(let name): line = Line("started", cell: name)
    case .noted(let text):
      line = Line("noted")
      line.message = text
    case .progressed(let name, let progress):
      line = Line("progressed", cell: name)
      (line.epoch, line.rows) = (progress.epoch, progress.rows)
      line.rowsPerEpoch = progress.rowsPerEpoch
      line.validationAccuracy = progress.lastEpoch?.validationAccuracy
    case .finished(let name, let timing, let score):
      line = Line("finished", cell: name)
      (line.epochs, line.seconds) = (timing.epochs, timing.seconds)
      switch score {
      case .accuracy(let value): line.validationAccuracy = value
      case .squaredError(let value): line.validationSquaredError = value
      }
    case .failed(let name, let message):
      line = Line("failed", cell: name)
      line.message = message
    }
    return line
  }

  private func print(_ line: Line) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Nothing undefined is a number.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "n/a", negativeInfinity: "n/a", nan: "n/a")
    guard let text = try? encoder.encode(line) else { return }
    StandardOutput.writeLine(String(decoding: text, as: UTF8.self))
  }
}
