import Experiments
import Foundation

/// A forecast as JSON.
struct PlanJSON: Encodable {
  struct Reason: Encodable {
    let summary: String
    let since: String?
    let changes: [CellInputs.Change]

    init(_ reason: OpenReason) {
      summary = reason.summary
      guard case .changed(let since, let changes) = reason else {
        (self.since, self.changes) = (nil, [])
        return
      }
      (self.since, self.changes) = (since, changes)
    }
  }

  struct Cell: Encodable {
    let name: String
    let key: String
    let parents: [String]
    let isDone: Bool
    let reason: Reason?
    let expectation: StudyForecast.Expectation?
  }

  let cells: [Cell]
  let coreHours: Double
  let studyCoreHours: Double
  let gaps: [String]
  /// What a dry run of a report would change; left out elsewhere.
  let files: FileListing?

  init(_ forecast: StudyForecast, files: FileListing? = nil) {
    self.files = files
    cells = forecast.cells.map {
      Cell(
        name: $0.name.description, key: $0.key, parents: $0.parents.map(\.description),
        isDone: $0.isDone, reason: $0.reason.map { Reason($0) }, expectation: $0.expectation)
    }
    coreHours = forecast.coreHours
    studyCoreHours = forecast.studyCoreHours
    gaps = forecast.gaps
  }

  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
