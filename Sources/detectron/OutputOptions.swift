import ArgumentParser
import ArrhythmiaReport
import Experiments
import Foundation

/// Where report and figures go.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Folder of the report.", valueName: "dir"))
  var reportDir: String?

  @Option(help: ArgumentHelp("Folder of the figures.", valueName: "dir"))
  var figuresDir: String?

  private func folders(of record: RunRecord) -> (report: String, figures: String) {
    let root = record.study.isDemonstration ? "demo/" : ""
    return (reportDir ?? "\(root)report", figuresDir ?? "\(root)figures")
  }

  /// Draws and prints which files are not there or would become others; writes nothing.
  func preview(_ record: RunRecord, from store: RunStore) throws {
    let (report, figures) = folders(of: record)
    let preview = try Report.preview(
      results: store.results(of: record), to: report, figuresFolder: figures)
    DryRunOption.print(written: preview.written, removed: preview.removed)
  }

  /// Draws and writes; prints the main file.
  func render(_ record: RunRecord, from store: RunStore, json: Bool = false) throws {
    let (report, figures) = folders(of: record)
    let rendering = Rendering(
      of: try store.fingerprint(of: record), reportFolder: report, figuresFolder: figures,
      environment: ProcessInfo.processInfo.environment)
    if rendering.isCurrent {
      Terminal.say("Nothing has changed; report and figures are as they were.")
    } else {
      let results = try store.results(of: record)
      Terminal.say("Drawing figures and writing the report.")
      rendering.remember(
        try Report.write(results: results, to: report, figuresFolder: figures))
    }
    if json { return EventStream().send(report: "\(report)/project_report.md") }
    print("\(report)/project_report.md")
  }
}
