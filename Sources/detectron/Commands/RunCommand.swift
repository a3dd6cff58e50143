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
        detectron run report/study.yml --data ~/physionet --dry-run
        detectron run --notify 'mail -s "$DETECTRON_RUN: $DETECTRON_OUTCOME" me </dev/null'

      Prints the name and the id of the run; 'detectron render NAME' writes its report.
      """)

  @OptionGroup var file: StudyFileArgument
  @OptionGroup var options: StudyOptions
  @OptionGroup var telling: TrainingOptions

  func run() throws {
    try telling.run(options.study(from: file.studyFile), options, file: file) { record in
      if !telling.json { print("\(record.study.name)\t\(record.id)") }
    }
  }
}
