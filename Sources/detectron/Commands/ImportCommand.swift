import ArgumentParser
import Experiments

/// `detectron import`: an exported run back into the store.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take an exported run into the store.",
    discussion: """
      EXAMPLES
        detectron import report/results

      Every file is checked against its hash. Imported cells are not trained again, unless another
      cell begins with their weights, which an export does not hold. Prints the runs.
      """)

  @Argument(help: ArgumentHelp("Folder that 'detectron export' wrote.", valueName: "dir"))
  var folder: String

  @OptionGroup var store: StoreOptions

  func run() throws {
    let (runs, cells) = try store.runStore.take(from: RunStore(root: folder))
    for run in runs { print(run) }
    Terminal.say("\(cells) \(cells == 1 ? "cell" : "cells") taken in.")
  }
}
