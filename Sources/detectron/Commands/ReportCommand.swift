import ArgumentParser
import Experiments

/// `detectron report`: run and render, what `make report` calls.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Train what is missing, draw the figures, write the report.",
    discussion: """
      EXAMPLES
        detectron report
        detectron report --data ~/physionet --report-dir report --figures-dir figures

      Without a data folder the study runs on synthetic signals, and everything is marked so.
      """)

  @OptionGroup var options: StudyOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let record = try options.run(options.study)
    try output.render(record, from: options.store.runStore)
    if record.failureCount > 0 { throw CellsFailed(count: record.failureCount) }
  }
}
