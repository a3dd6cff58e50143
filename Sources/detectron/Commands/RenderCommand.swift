import ArgumentParser
import Experiments

/// `detectron render`: figures, tables and report from stored results.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Draw figures and write the report of a finished run.",
    discussion: """
      EXAMPLES
        detectron render published
        detectron render demonstration --report-dir out/report --figures-dir out/figures

      Nothing is trained and no data is read: everything comes from the store.
      """)

  @Argument(help: "Name of the run, as 'detectron run' printed it.")
  var runName: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var dryRun: DryRunOption

  func run() throws {
    let store = try store.existing
    if dryRun.isOn { return try output.preview(store.run(runName), from: store) }
    try output.render(store.run(runName), from: store)
  }
}
