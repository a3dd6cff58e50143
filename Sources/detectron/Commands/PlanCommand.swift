import ArgumentParser
import Experiments
import Foundation

/// `detectron plan`: what a study would train.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Print the cells of a study: what is done, what is open.",
    discussion: """
      EXAMPLES
        detectron plan --data ~/physionet
        detectron plan --data ~/physionet --tasks mitbih --seeds 1 2 3 --json

      Times are for one core: from finished trainings of the same variant, else from a few steps
      that are taken now. How many epochs a training takes that stops early is an assumption.
      Nothing is written.
      """)

  @OptionGroup var options: StudyOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let study = options.study
    let data = try options.load(study)
    let forecast = try StudyForecast(study, data: data.datasets, store: options.store.runStore)
    print(try json ? PlanJSON(forecast).text() : text(forecast), terminator: "")
    for gap in data.gaps + forecast.gaps { Terminal.say("Note: \(gap)") }
  }

  private func text(_ forecast: StudyForecast) -> String {
    var lines = ["cell\tstate\tbuilds on\trows/s\ts/epoch\tepochs\ttime"]
    for cell in forecast.cells {
      let parents =
        cell.parents.count > 2
        ? "\(cell.parents.count) cells" : cell.parents.map(\.description).joined(separator: ", ")
      var columns = [cell.name.description, cell.isDone ? "done" : "open", parents]
      if let expected = cell.expectation {
        columns += [
          "\(Int(expected.rowsPerSecond))", "\(Int(expected.secondsPerEpoch.rounded(.up)))",
          "\(expected.epochs)", Terminal.duration(expected.seconds),
        ]
      }
      lines.append(columns.joined(separator: "\t"))
    }
    let open = forecast.cells.count { !$0.isDone }
    lines.append(
      "\(forecast.cells.count) cells, \(hours(forecast.studyCoreHours)) core-hours; \(open) open, "
        + "\(hours(forecast.coreHours)) core-hours")
    return lines.joined(separator: "\n") + "\n"
  }

  private func hours(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// A forecast as JSON.
private struct PlanJSON: Encodable {
  struct Cell: Encodable {
    let name: String
    let key: String
    let parents: [String]
    let isDone: Bool
    let expectation: StudyForecast.Expectation?
  }

  let cells: [Cell]
  let coreHours: Double
  let studyCoreHours: Double
  let gaps: [String]

  init(_ forecast: StudyForecast) {
    cells = forecast.cells.map {
      Cell(
        name: $0.name.description, key: $0.key, parents: $0.parents.map(\.description),
        isDone: $0.isDone, expectation: $0.expectation)
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
