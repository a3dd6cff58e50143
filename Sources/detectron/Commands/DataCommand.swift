import ArgumentParser
import Datasets
import Experiments
import Foundation

/// `detectron data`: look at the data of a task.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Look at a task's data, and write it for other tools.",
    discussion: """
      EXAMPLES
        detectron data show mitbih --data ~/physionet
        detectron data export mitbih --data ~/physionet --split test --out test.npy
        detectron data audit mitbih --data ~/physionet
        detectron data synthesize ptb --out /tmp/heartbeat
      """,
    subcommands: [Show.self, Export.self, AuditCommand.self, Synthesize.self])

  /// `detectron data show`: what a task's data is.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print source, split and rows a class of a task.",
      discussion: """
        EXAMPLES
          detectron data show mitbih --data ~/physionet
          detectron data show synthetic --json
        """)

    @Argument(help: ArgumentHelp(DataOptions.taskHelp))
    var task: String

    @OptionGroup var data: DataOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      for dataset in try data.load(task) {
        let facts = DataFacts(DatasetSummary(of: dataset))
        print(json ? try facts.json() : facts.text, terminator: "")
      }
    }
  }

  /// `detectron data export`: rows for other tools.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the rows of a task as .npy or .csv.",
      discussion: """
        EXAMPLES
          detectron data export mitbih --data ~/physionet --split test --out test.npy
          detectron data export synthetic --split all --out rows.csv

        187 samples and the label, 32-bit floats. Test rows stand in the published order, training
        rows by record and time; of several folds, test is each row once, fold by fold, and all is
        the same. Record, subject and first sample of each row go into
        NAME.origins.csv beside the file. Prints the files that were written.
        """)

    /// Which rows.
    enum Part: String, ExpressibleByArgument, CaseIterable {
      case train, test, all
    }

    @Argument(help: ArgumentHelp(DataOptions.taskHelp))
    var task: String

    @OptionGroup var data: DataOptions

    @Option(help: "Which rows: train, test, or all (train, then test).")
    var split: Part = .all

    @Option(help: ArgumentHelp("File to write, .npy or .csv.", valueName: "file"))
    var out: String

    @OptionGroup var dryRun: DryRunOption

    func run() throws {
      for dataset in try data.load(task) {
        if dryRun.isOn {
          DryRunOption.print(written: try RowExport.paths(of: dataset, to: out))
          continue
        }
        let rows =
          switch split {
          case .train: dataset.trainRows
          case .test: dataset.testRows
          case .all: (dataset.folds.count > 1 ? [] : dataset.trainRows) + dataset.testRows
          }
        for path in try RowExport.write(dataset, rows: rows, to: out) { print(path) }
      }
    }
  }
}

extension DataCommand {
  /// `detectron data synthesize`: generated files in the published form.
  struct Synthesize: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "synthesize",
      abstract: "Write generated heartbeats in the form of the published files.",
      discussion: """
        EXAMPLES
          detectron data synthesize ptb --out /tmp/heartbeat
          detectron report --data /tmp/heartbeat --tasks ptb

        For trying out what needs the published files, where nobody has them: as many rows and the
        same split, but synthetic signals without clinical meaning. SYNTHETIC.txt beside the files
        says so, and while it stands there so does every report. Prints the files that were written.
        """)

    /// Which files.
    enum Form: String, ExpressibleByArgument, CaseIterable {
      case ptb
    }

    @Argument(help: "Task: ptb.")
    var task: Form

    @Option(help: ArgumentHelp("Folder to write to; made if missing.", valueName: "dir"))
    var out: String

    @Option(help: "Seed; equal seeds give equal bytes.")
    var seed = 1

    @OptionGroup var dryRun: DryRunOption

    func run() throws {
      if dryRun.isOn { return DryRunOption.print(written: try SyntheticFiles.paths(in: out)) }
      for path in try SyntheticFiles.writePTB(to: out, seed: seed) { print(path) }
    }
  }
}

/// What `detectron data show` prints.
private struct DataFacts: Encodable {
  struct ClassRows: Encodable {
    let symbol: String
    let name: String
    let train: Int
    let test: Int
  }

  let task: String
  let title: String
  let source: String
  let split: String
  let samplingRate: Double
  let subjects: Int?
  let folds: Int?
  let notes: [String]?
  let classes: [ClassRows]
  let sha256: String

  init(_ summary: DatasetSummary) {
    task = summary.id
    title = summary.title
    source = summary.source.phrase
    split = summary.protocolLabel
    samplingRate = summary.rowSamplingRate
    subjects = summary.subjectCount
    folds = summary.foldCount
    notes = summary.notes
    classes = zip(summary.classes, summary.beats).map {
      ClassRows(symbol: $0.symbol, name: $0.name, train: $1.trainCount, test: $1.testCount)
    }
    sha256 = summary.fingerprint
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  var text: String {
    let (train, test) = classes.reduce((0, 0)) { ($0.0 + $1.train, $0.1 + $1.test) }
    let rows = classes.map { "\($0.symbol)\t\($0.train)\t\($0.test)\t\($0.name)" }
    let remarks = (notes ?? []).map { "note: \($0)\n" }.joined()
    return """
      \(task): \(title), from \(source)
      \(remarks)split: \(split)
      subjects: \(subjects.map(String.init) ?? "unknown"); \(samplingRate) samples a second
      sha256: \(sha256)
      class\ttrain\ttest\tname
      \(rows.joined(separator: "\n"))
      all\t\(train)\t\(test)

      """
  }
}
