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
    let files = try listing(record, store.results(of: record))
    DryRunOption.print(written: files.written, removed: files.removed)
  }

  /// Which files a report would change: drawn where nothing has to be trained, else all that it may
  /// have; writes nothing.
  func listing(_ forecast: StudyForecast, from store: RunStore) throws -> FileListing {
    let record = forecast.run
    if forecast.isDone, let results = try? store.results(of: record) {
      return try listing(record, results)
    }
    let (report, figures) = folders(of: record)
    return FileListing(
      written: Report.possibleFiles(
        ofTasks: record.data.map(\.task), figures: record.study.figures, to: report,
        figuresFolder: figures), isExact: false)
  }

  private func listing(_ record: RunRecord, _ results: StudyResults) throws -> FileListing {
    let (report, figures) = folders(of: record)
    let preview = try Report.preview(results: results, to: report, figuresFolder: figures)
    return FileListing(written: preview.written, removed: preview.removed)
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
