import ArgumentParser
import ArrhythmiaReport
import Experiments

/// Where report and figures go.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Folder of the report.", valueName: "dir"))
  var reportDir: String?

  @Option(help: ArgumentHelp("Folder of the figures.", valueName: "dir"))
  var figuresDir: String?

  /// Draws and writes; prints the main file.
  func render(_ record: RunRecord, from store: RunStore) throws {
    let root = record.study.isDemonstration ? "demo/" : ""
    let report = reportDir ?? "\(root)report"
    let figures = figuresDir ?? "\(root)figures"
    let results = try store.results(of: record)
    Terminal.say("Drawing figures and writing the report.")
    try Report.write(results: results, to: report, figuresFolder: figures)
    print("\(report)/project_report.md")
  }
}
