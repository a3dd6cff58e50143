import ArgumentParser
import Experiments

/// `detectron run`: trains the open cells of a study.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train what is missing of a study.",
    discussion: """
      EXAMPLES
        detectron run --data ~/physionet --tasks mitbih --seeds 1 2 3
        detectron run --variants baseline vanilla-mlp --epochs 2

      Prints the name and the id of the run; 'detectron render NAME' writes its report.
      """)

  @OptionGroup var options: StudyOptions

  func run() throws {
    let record = try options.run(options.study)
    print("\(record.study.name)\t\(record.id)")
    if record.failureCount > 0 { throw CellsFailed(count: record.failureCount) }
  }
}
