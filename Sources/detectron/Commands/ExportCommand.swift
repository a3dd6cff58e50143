import ArgumentParser
import Experiments

/// `detectron export`: a run as a folder that can be kept with its report.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a run's results into a folder.",
    discussion: """
      EXAMPLES
        detectron export published --to report/results
        detectron render published --store report/results
        detectron export published --to out --format mlflow

      The folder holds what the report is made from: metrics, histories and the answers of every
      finished cell in 16 bits, without weights. It is a store of its own, and replaces an earlier
      export. What is not finished is left out and shows as a gap.

      --format csv and npz write the answers of every training, csv also epochs and scores; mlflow
      and tensorboard write a folder that these programs open.
      """)

  @Argument(help: "Name of a run in the store.")
  var runName: String

  @Option(help: ArgumentHelp("Folder to write.", valueName: "dir"))
  var to: String

  /// The forms.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case results, csv, npz, mlflow, tensorboard
  }

  @Option(help: "Form: results (a store), csv, npz, mlflow or tensorboard.")
  var format: Format = .results

  @OptionGroup var store: StoreOptions
  @OptionGroup var dryRun: DryRunOption

  func run() throws {
    let source = try store.existing
    if let foreign = ForeignFormat(rawValue: format.rawValue) {
      let files = try RunFiles(source.run(runName), in: source, as: foreign)
      if dryRun.isOn { return DryRunOption.print(written: files.files.map { "\(to)/\($0.path)" }) }
      try files.write(into: to)
      return print("\(to)\t\(files.files.count) files")
    }
    if dryRun.isOn {
      let (written, removed) = try source.exportPreview(
        source.run(runName), to: RunStore(root: to))
      return DryRunOption.print(
        written: written.map { "\(to)/\($0)" }, removed: removed.map { "\(to)/\($0)" })
    }
    let (written, open) = try source.export(source.run(runName), to: RunStore(root: to))
    print("\(to)\t\(written) cells")
    if open > 0 { Terminal.say("Note: \(open) cells of the run are not finished and left out.") }
  }
}
