import ArgumentParser
import Datasets
import Experiments

/// `detectron data`: look at the data of a task.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Look at a task's data, and write it for other tools.",
    subcommands: [Export.self])

  /// `detectron data export`: rows for other tools.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the rows of a task as .npy or .csv.",
      discussion: """
        EXAMPLES
          detectron data export mitbih --data ~/physionet --split test --out test.npy
          detectron data export synthetic --split all --out rows.csv

        187 samples and the label, 32-bit floats. Test rows stand in the published order, training
        rows by record and time; record, subject and first sample of each row go into
        NAME.origins.csv beside the file. Prints the files that were written.
        """)

    /// Which rows.
    enum Part: String, ExpressibleByArgument, CaseIterable {
      case train, test, all
    }

    @Argument(help: "Task: mitbih, ptb, synthetic or synthetic-binary.")
    var task: String

    @OptionGroup var data: DataOptions

    @Option(help: "Which rows: train, test, or all (train, then test).")
    var split: Part = .all

    @Option(help: ArgumentHelp("File to write, .npy or .csv.", valueName: "file"))
    var out: String

    func run() throws {
      let study = Study(title: "", name: "", tasks: [task])
      let loaded = try StudyData(
        for: study, directory: data.directory, source: data.source?.source)
      for dataset in loaded.datasets {
        let rows =
          switch split {
          case .train: dataset.split.train
          case .test: dataset.split.test
          case .all: dataset.split.train + dataset.split.test
          }
        for path in try RowExport.write(dataset, rows: rows, to: out) { print(path) }
      }
    }
  }
}
