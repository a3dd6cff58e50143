import ArgumentParser
import Experiments

/// `detectron store`: looking after finished trainings.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "List, check or clean up the store of finished trainings.",
    discussion: """
      EXAMPLES
        detectron store list
        detectron store list --data-sets
        detectron store check
        detectron store gc --dry-run
        detectron store gc --damaged
      """, subcommands: [StoreListCommand.self, StoreCheckCommand.self, StoreCleanCommand.self])
}

/// `detectron store list`: runs and cells with their sizes, data sets with the looks at their test
/// rows.
struct StoreListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the runs, the cells or the data sets.",
    discussion: """
      Runs and cells come with their sizes, data sets with the number of trainings that this store has
      ever evaluated on their test rows, those of other runs and those removed since among them. That
      is the store's history and in no report. With --json it is testEvaluationCount. What is damaged
      is named on standard error.
      """)

  /// What is listed.
  enum Kind: String, EnumerableFlag {
    case runs, cells, dataSets
  }

  @Flag(help: "What to list.")
  var kind: Kind = .runs

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.existing
    try Terminal.sayDamagedRuns(of: store)
    switch kind {
    case .runs: try printRuns(of: store)
    case .cells: try printCells(of: store)
    case .dataSets: try printDataSets(of: store)
    }
  }

  private func printRuns(of store: RunStore) throws {
    let entries = try store.runEntries()
    if json { return try JSONOutput.print(entries) }
    print("run\tcells\tfinished\tfailed\tMB\tid")
    for entry in entries {
      print(
        "\(entry.name)\t\(entry.cellCount)\t\(entry.finishedCount)\t\(entry.failedCount)\t"
          + "\(Terminal.megabytes(entry.bytes))\t\(entry.id)")
    }
  }

  private func printCells(of store: RunStore) throws {
    let entries = try store.cellEntries()
    if json { return try JSONOutput.print(entries) }
    print("cell\tMB\tname\truns")
    for entry in entries {
      print(
        "\(entry.key)\t\(Terminal.megabytes(entry.bytes))\t\(entry.name ?? "")\t"
          + entry.runs.joined(separator: ", "))
    }
  }

  private func printDataSets(of store: RunStore) throws {
    let entries = try store.dataEntries()
    if json { return try JSONOutput.print(entries) }
    print("data set\ttask\ttest rows\ttrainings tested\truns")
    for entry in entries {
      let counts = [entry.testCount, entry.testEvaluationCount].map { $0.map { "\($0)" } ?? "n/a" }
      print(
        ([entry.fingerprint, entry.task] + counts + [entry.runs.joined(separator: ", ")])
          .joined(separator: "\t"))
    }
    for problem in entries.compactMap(\.problem) { Terminal.say("Note: \(problem)") }
  }
}

/// `detectron store check`: compares everything with its hashes.
struct StoreCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compare every file of the store with its hash.",
    discussion: """
      Prints what is damaged, with what helps, and ends with 65 if anything is. A run finds such
      cells, findings, checkpoints and files about data by itself and makes them again; 'detectron
      store gc --damaged' sets aside all that is named here.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.existing
    let (cells, problems) = try store.check()
    if json {
      try JSONOutput.print(problems)
    } else {
      for problem in problems { print("\(problem.path): \(problem.problem)") }
    }
    guard problems.isEmpty else { throw StoreDamaged(store: store.root, count: problems.count) }
    Terminal.say("\(cells) \(cells == 1 ? "cell" : "cells"): every file is what was written.")
  }
}

/// `detectron store gc`: removes what no run refers to.
struct StoreCleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Remove what no run refers to.",
    discussion: """
      That is what runs left that were replaced or removed ('rm STORE/runs/NAME.json' removes one),
      and temporary files of killed processes. Prints what is removed. As long as the record of a run
      is damaged nothing is, since nobody knows what it refers to; it is named, and the command ends
      with 65.

      With --damaged it moves what 'detectron store check' finds damaged into the folder damaged/ of
      the store instead, where nothing is read, and removes nothing. Run the studies again after
      that, before anything else is cleaned up: the cells of a run whose record was set aside belong
      to none until then.
      """)

  @Flag(name: .customLong("dry-run"), help: "Only print it.")
  var dryRun = false

  @Flag(help: "Set aside what is damaged instead.")
  var damaged = false

  @Flag(name: .customLong("no-wait"), help: "End with 75 if another process works on the store.")
  var noWait = false

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.existing
    if damaged { return try setAside(store) }
    let entries = try dryRun ? store.unused() : store.removeUnused(waits: !noWait)
    for entry in entries { print("\(entry.path)\t\(Terminal.megabytes(entry.bytes)) MB") }
    let damaged = try store.readableRuns().damaged
    for path in damaged { print("\(path): \(RunStore.damagedRun)") }
    guard damaged.isEmpty else { throw StoreDamaged(store: store.root, count: damaged.count) }
    let bytes = entries.reduce(0) { $0 + $1.bytes }
    Terminal.say(
      "\(entries.count) \(dryRun ? "would be" : "were") removed, \(Terminal.megabytes(bytes)) MB.")
  }

  private func setAside(_ store: RunStore) throws {
    let moves = try store.setAsideDamaged(waits: !noWait, isDryRun: dryRun)
    for (path, place) in moves { print("\(path)\t\(place)") }
    Terminal.say(
      "\(moves.count) \(dryRun ? "would be" : "were") set aside"
        + (moves.isEmpty ? "." : "; run the studies again, then remove \(store.root)/damaged."))
  }
}

extension Terminal {
  /// Names the records of runs that are not what was written.
  static func sayDamagedRuns(of store: RunStore) throws {
    for path in try store.readableRuns().damaged { say("Note: \(path): \(RunStore.damagedRun)") }
  }
}

/// Files of a store are not those that were written.
struct StoreDamaged: Error, CustomStringConvertible {
  let store: String
  let count: Int

  var description: String {
    "\(count) \(count == 1 ? "problem" : "problems") in \(store); do as each line says, or set all "
      + "that is damaged aside with 'detectron store gc --damaged'"
  }
}
