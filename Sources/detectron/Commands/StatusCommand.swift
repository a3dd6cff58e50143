import ArgumentParser
import Experiments

/// `detectron status`: where the runs of a store stand.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what is finished, under way and failed.",
    discussion: """
      EXAMPLES
        detectron status
        detectron status published

      Reads the store only, so it may be asked while a run goes on elsewhere.
      """)

  @Argument(help: "Name of a run; all by default.")
  var runName: String?

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.existing
    Terminal.say(
      store.isInUse ? "A process works on \(store.root)." : "No process works on \(store.root).")
    if runName == nil { try Terminal.sayDamagedRuns(of: store) }
    let runs =
      try runName.map { [(name: $0, run: try store.run($0))] } ?? store.readableRuns().whole
    for (name, run) in runs {
      let states = run.cells.map { ($0, store.state(of: $0)) }
      let done = states.count { $0.1 == .finished }
      print("\(name)\t\(done) of \(states.count) cells finished")
      for (cell, state) in states {
        switch state {
        case .finished, .open: continue
        case .underWay(let epochs): print("\t\(cell.name)\tunder way, \(epochs) epochs done")
        case .failed(let message): print("\t\(cell.name)\tfailed: \(message)")
        }
      }
    }
  }
}
