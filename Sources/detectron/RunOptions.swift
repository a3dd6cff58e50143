import ArgumentParser
import ArrhythmiaReport
import Experiments
import Foundation

/// Which results a single figure or table shows.
struct RunOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp("Name of the run; the store's only one by default.", valueName: "name"))
  var run: String?

  @Option(help: "Task, for example mitbih; all of the run by default.")
  var task: String?

  @Option(
    help: ArgumentHelp(
      "Variants, with commas between them, each with all its recipes or as variant+recipe.",
      valueName: "a,b"))
  var models: String?

  /// The results that were asked for, evaluated.
  func study() throws -> EvaluatedStudy {
    let store = try store.existing
    let names = (models ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let results = try store.results(of: store.run(name(in: store)))
      .only(task: task, variants: names)
    return try EvaluatedStudy(
      results, workers: ProcessInfo.processInfo.activeProcessorCount)
  }

  private func name(in store: RunStore) throws -> String {
    if let run { return run }
    let names = try store.runNames()
    guard names.count == 1 else {
      if names.isEmpty { throw ExperimentsError.unknownRun("", known: [], store: store.root) }
      throw ValidationError(
        "the store \(store.root) holds several runs; name one with --run: "
          + names.joined(separator: ", "))
    }
    return names[0]
  }
}
