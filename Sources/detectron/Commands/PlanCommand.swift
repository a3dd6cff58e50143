import ArgumentParser
import Experiments

/// `detectron plan`: what a study would train.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Print the cells of a study: what is done, what is open.",
    discussion: """
      EXAMPLES
        detectron plan --data ~/physionet
        detectron plan report/study.yml --data ~/physionet
        detectron plan --data ~/physionet --tasks mitbih --seeds 1 2 3 --json

      Times are for one core: from finished trainings of the same variant, else from a few steps
      that are taken now. How many epochs a training takes that stops early is an assumption.
      Nothing is written.
      """)

  @OptionGroup var file: StudyFileArgument
  @OptionGroup var options: StudyOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let study = try options.study(from: file.studyFile)
    let data = try options.load(study)
    let forecast = try StudyForecast(study, data: data.tasks, store: options.store.runStore)
    print(try json ? PlanJSON(forecast).text() : text(forecast), terminator: "")
    for gap in data.gaps + forecast.gaps { Terminal.say("Note: \(gap)") }
  }

  private func text(_ forecast: StudyForecast) -> String {
    var lines = ["cell\tstate\twhy\tbuilds on\trows/s\ts/epoch\tepochs\ttime\tMB"]
    for cell in forecast.cells {
      let parents =
        cell.parents.count > 2
        ? "\(cell.parents.count) cells" : cell.parents.map(\.description).joined(separator: ", ")
      var columns = [
        cell.name.description, cell.isDone ? "done" : "open", cell.reason?.summary ?? "", parents,
      ]
      if let expected = cell.expectation {
        columns += [
          "\(Int(expected.rowsPerSecond))", "\(Int(expected.secondsPerEpoch.rounded(.up)))",
          "\(expected.epochs)", Terminal.duration(expected.seconds),
          "\(expected.memoryBytes >> 20)",
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
