import ArgumentParser
import Experiments

/// `detectron report`: run and render, what `make report` calls.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Train what is missing, draw the figures, write the report.",
    discussion: """
      EXAMPLES
        detectron report
        detectron report report/study.yml --data ~/physionet

      Without a data folder the study runs on synthetic signals, and everything is marked so.
      """)

  @OptionGroup var file: StudyFileArgument
  @OptionGroup var options: StudyOptions
  @OptionGroup var telling: TrainingOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let store = options.store.runStore
    try telling.run(options.study(from: file.studyFile), options, file: file) { record in
      try output.render(record, from: store, json: telling.json)
    } listing: {
      try output.listing($0, from: store)
    }
  }
}
