import Models
import Neural

/// A network whose training step is measured, on rows of 187 samples and five classes.
struct Workload {
  let name: String
  let plan: Plan

  /// A network of the peers by its number, or a variant of the study by its id.
  init?(_ name: String) {
    self.name = name
    let task = ClassificationTask(id: "mitbih", classCount: 5)
    if let network = PeerNetworks.network(name) {
      plan = Plan(network, length: task.rowLength)
    } else if let variant = ModelCatalogue.variant(name) {
      plan = variant.plan(for: task)
    } else {
      return nil
    }
  }

  /// The names that there are.
  static var names: [String] { PeerNetworks.names + ModelCatalogue.all.map(\.id) }
}
