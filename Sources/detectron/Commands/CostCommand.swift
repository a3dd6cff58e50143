import ArgumentParser
import Experiments

/// `detectron cost`: what the trainings of a run took.
struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost", abstract: "Print the seconds that the trainings of a run took.",
    discussion: """
      EXAMPLES
        detectron cost published

      Seconds are measured, so they stand beside the results and not in the report; another
      machine, or this one at another hour, has others.
      """)

  @Argument(help: "Name of a run in the store.")
  var runName: String

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.existing
    print("cell\tparameters\tmultiply-adds\tepochs\ts/epoch\trows/s\tthreads\tinstruction set")
    for cell in try store.run(runName).cells where ![.ensemble, .imported].contains(cell.kind) {
      var columns = [
        cell.name.description, "\(cell.variant.parameters)", "\(cell.variant.multiplyAdds)",
      ]
      if let timing = timing(of: cell, in: store) {
        let tenths = Int((timing.seconds / Double(max(1, timing.epochs)) * 10).rounded())
        columns += [
          "\(timing.epochs)", "\(tenths / 10).\(tenths % 10)",
          timing.rowsPerSecond.map { "\(Int($0))" } ?? "n/a", "\(timing.threads)",
          timing.instructionSet,
        ]
      } else {
        columns.append(store.state(of: cell) == .finished ? "not recorded" : "not trained yet")
      }
      print(columns.joined(separator: "\t"))
    }
  }

  /// What a cell took; `nil` where that is not known, or damaged, which is said.
  private func timing(of cell: RunRecord.Cell, in store: RunStore) -> CellTiming? {
    do { return try store.timing(of: cell.key) } catch {
      Terminal.say("Note: \(error)")
      return nil
    }
  }
}
