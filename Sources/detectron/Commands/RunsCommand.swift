import ArgumentParser
import Datasets
import Experiments
import Foundation

/// `detectron runs`: finding runs, and taking them elsewhere.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List, search, name and move runs.",
    discussion: """
      EXAMPLES
        detectron runs
        detectron runs list --where 'f1 > .9 and variant = resnet'
        detectron runs show edition
        detectron runs name edition-2f1c9a04 before-tuning
        detectron runs export edition --to edition.tar
        detectron runs import edition.tar
      """,
    subcommands: [
      RunsListCommand.self, RunsShowCommand.self, RunsNameCommand.self, RunsExportCommand.self,
      RunsImportCommand.self,
    ], defaultSubcommand: RunsListCommand.self)
}

/// Trainings as lines of a table.
private enum TrainingLines {
  static func print(_ entries: [TrainingEntry]) {
    Swift.print("run\ttask\tvariant\trecipe\tshare\tseeds\taccuracy\tf1\tauroc\tauprc")
    for entry in entries {
      let scores = [entry.accuracy, entry.f1, entry.auroc, entry.auprc].map {
        $0.map(Terminal.share) ?? "n/a"
      }
      Swift.print(
        ([
          entry.run, entry.task, entry.variant, entry.recipe, Terminal.percent(entry.trainingShare),
          "\(entry.seeds.count)",
        ] + scores).joined(separator: "\t"))
    }
  }
}

/// `detectron runs list`: the runs, or the trainings that fulfil a condition.
struct RunsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the runs, or the trainings that fulfil a condition.",
    discussion: """
      A condition compares fields with values: f1 > .9 and task = mitbih or variant ~ ensemble.
      Fields: run, task, variant, recipe, share, seeds (how many), accuracy, f1, auroc, auprc.
      Signs: = != < <= > >=, and ~ for a text that holds another; "and" binds closer than "or".
      """)

  @Option(name: .customLong("where"), help: "Condition that a training has to fulfil.")
  var condition: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.existing
    try Terminal.sayDamagedRuns(of: store)
    guard let condition else {
      let entries = try store.runEntries()
      if json { return try JSONOutput.print(entries) }
      print("run\tcells\tfinished\tid")
      for entry in entries {
        print("\(entry.name)\t\(entry.cellCount)\t\(entry.finishedCount)\t\(entry.id.prefix(12))")
      }
      return
    }
    let query = try TrainingQuery(condition)
    let entries = try store.trainingEntries().filter(query.matches)
    if json { return try JSONOutput.print(entries) }
    TrainingLines.print(entries)
  }
}

/// `detectron runs show`: the trainings of a run.
struct RunsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a run's finished trainings with their scores.")

  @Argument(help: "Name of the run.")
  var runName: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.existing
    _ = try store.run(runName)
    let entries = try store.trainingEntries(ofRun: runName)
    if json { return try JSONOutput.print(entries) }
    TrainingLines.print(entries)
  }
}

/// `detectron runs name`: another name for a run.
struct RunsNameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "name", abstract: "Give a run another name.")

  @Argument(help: "Name of the run.")
  var runName: String

  @Argument(help: "The new name.")
  var newName: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var dryRun: DryRunOption

  func validate() throws {
    guard Study.isUsableName(newName) else {
      throw ValidationError("\(newName): use a name without slashes that begins with no dot")
    }
  }

  func run() throws {
    let store = try store.existing
    if dryRun.isOn {
      try store.checkRename(runName, to: newName)
      return DryRunOption.print(
        written: ["\(store.root)/runs/\(newName).json"],
        removed: ["\(store.root)/runs/\(runName).json"])
    }
    try store.rename(runName, to: newName)
    print(newName)
  }
}

/// `detectron runs export`: a run as one file.
struct RunsExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a run into one file (tar), without weights.")

  @Argument(help: "Name of the run.")
  var runName: String

  @Option(help: ArgumentHelp("File to write.", valueName: "file.tar"))
  var to: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var dryRun: DryRunOption

  func run() throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let store = try store.existing
    let bytes = try store.archive(store.run(runName), scratch: scratch.path)
    if dryRun.isOn { return DryRunOption.print(written: [to]) }
    try AtomicFile.write(bytes, to: to)
    print(to)
  }
}

/// `detectron runs import`: the runs of such a file.
struct RunsImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take the runs of such a file into the store.",
    discussion: """
      Paths and hashes are checked before anything is written into the store. Prints the runs.
      """)

  @Argument(help: ArgumentHelp("File that 'detectron runs export' wrote.", valueName: "file.tar"))
  var file: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var dryRun: DryRunOption

  func run() throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let store = store.runStore
    let bytes = try InputFile.contents(of: file, kind: "a file of 'detectron runs export'")
    if dryRun.isOn {
      let (runs, cells) = try store.importPreview(
        ofArchive: bytes, from: file, scratch: scratch.path)
      return store.printImport(runs: runs, cells: cells)
    }
    let (runs, cells) = try store.take(archive: bytes, from: file, scratch: scratch.path)
    for run in runs { print(run) }
    Terminal.say("\(cells) \(cells == 1 ? "cell" : "cells") taken in.")
  }
}
