import ArgumentParser
import ArrhythmiaReport
import Datasets
import Documents

/// `detectron table`: one table of a run.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Print one table of a finished run.",
    discussion: """
      EXAMPLES
        detectron table results --task mitbih --format tex
        detectron table results --store report/results --format json | jq '.rows[0]'

      The table is the report's, with the variants that were asked for. Without --task the tables
      of all tasks stand one below the other.
      """)

  @Argument(help: "The table: \(allTables.map(\.id).joined(separator: ", ")).")
  var table: String

  @OptionGroup var options: RunOptions

  /// The formats.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case tex, md, csv, json, html

    var format: TableFormat {
      switch self {
      case .tex: .tex
      case .md: .md
      case .csv: .csv
      case .json: .json
      case .html: .html
      }
    }
  }

  @Option(help: "Format: tex, md, csv, json or html.")
  var format: Format = .md

  @Option(help: ArgumentHelp("File to write; standard output by default.", valueName: "file"))
  var out: String?

  @OptionGroup var dryRun: DryRunOption

  func run() throws {
    let file = try options.study().table(table, as: format.format)
    if dryRun.isOn { return DryRunOption.print(written: [out].compactMap(\.self)) }
    guard let out else { return print(file.text, terminator: "") }
    try AtomicFile.write(file.bytes, to: out)
    print(out)
  }
}
