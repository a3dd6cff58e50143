import ArgumentParser
import Datasets
import Experiments

/// `detectron import`: an exported run, or answers of a model trained elsewhere, into the store.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take an exported run or foreign predictions into the store.",
    discussion: """
      EXAMPLES
        detectron import report/results
        detectron import --name my-pytorch-model --task mitbih predictions.npz --beside edition

      Of a folder that 'detectron export' wrote every file is checked against its hash. Imported
      cells are not trained again, unless another cell begins with their weights, which an export
      does not hold.

      With --task, a file of predictions (as 'detectron evaluate' reads it) of the task's test rows,
      in the order of 'detectron data export': the number of rows, their classes and, with --rows,
      their hash are checked. The run has the model's name; with --beside it has the cells of that
      run too, so that the model stands in its tables, figures and tests. Prints the runs.
      """)

  /// Longer titles would squeeze the numbers of a table.
  private static let titleLimit = 40

  @Argument(
    help: ArgumentHelp("Folder that 'detectron export' wrote, or predictions.", valueName: "path"))
  var path: String

  @Option(help: "Name of the model that was trained elsewhere.")
  var name: String?

  @Option(help: "Title of the model in tables; its name by default.")
  var title: String?

  @Option(help: ArgumentHelp(DataOptions.taskHelp))
  var task: String?

  @Option(help: "The seed that it was trained with.")
  var seed = 1

  @Option(help: ArgumentHelp("Hash of the rows, from 'detectron data show'.", valueName: "sha256"))
  var rows: String?

  @Option(help: "Run that the model is put beside.")
  var beside: String?

  @OptionGroup var data: DataOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var dryRun: DryRunOption

  func validate() throws {
    guard (name == nil) == (task == nil) else {
      throw ValidationError("predictions need both --name and --task")
    }
    guard name != nil || (title == nil && rows == nil && beside == nil) else {
      throw ValidationError("--title, --rows and --beside are for predictions; add --name, --task")
    }
    if let name, !Study.isUsableName(name) {
      throw ValidationError("--name \(name): use a name without slashes that begins with no dot")
    }
    if let title = title ?? name, title.count > Self.titleLimit {
      throw ValidationError(
        "the title \(title.prefix(Self.titleLimit))… is too long for tables; use --title with "
          + "\(Self.titleLimit) characters or fewer")
    }
    guard seed >= 0 else { throw ValidationError("--seed \(seed): use 0 or more") }
  }

  func run() throws {
    let store = store.runStore
    if let name, let task {
      let predictions = try ForeignPredictions(path: path, name: name, title: title, seed: seed)
      let rows = data.directory == nil ? nil : try data.load(task).first
      let record = try store.take(
        predictions, task: task, rows: self.rows, data: rows, beside: beside,
        writes: !dryRun.isOn)
      if dryRun.isOn {
        let keys = record.cells.filter { $0.kind == .imported && $0.variant.id == name }.map(\.key)
        return store.printImport(runs: [record.study.name], cells: keys)
      }
      return print(record.study.name)
    }
    if dryRun.isOn {
      let (runs, cells) = try store.importPreview(from: RunStore(root: path))
      return store.printImport(runs: runs, cells: cells)
    }
    let (runs, cells) = try store.take(from: RunStore(root: path))
    for run in runs { print(run) }
    Terminal.say("\(cells) \(cells == 1 ? "cell" : "cells") taken in.")
  }
}

extension RunStore {
  /// Prints what an import would write.
  func printImport(runs: [String], cells: [String]) {
    DryRunOption.print(
      written: cells.map { "\(root)/cells/\($0)" } + runs.map { "\(root)/runs/\($0).json" })
  }
}
