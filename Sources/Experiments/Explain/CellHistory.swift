import Foundation

/// The finished cells of a store by what they answer, the newest first.
struct CellHistory {
  /// A finished cell.
  struct Entry {
    let key: String
    let inputs: CellInputs
    let finished: Date

    /// What a person calls it, with the number of its fold also where there is one only.
    var name: CellName {
      let identity = inputs.identity
      return CellName(
        task: identity.task, variant: identity.variant,
        recipe: inputs.values["recipe.name"] ?? RecipeName.published, seed: identity.seed,
        fold: identity.fold, trainingShare: identity.trainingShare)
    }
  }

  private var entries: [CellInputs.Identity: [Entry]] = [:]

  /// Reads the descriptions of all finished cells; one that cannot be read is left out.
  init(_ store: RunStore) throws(ExperimentsError) {
    for key in try store.finishedCells() {
      guard let json = try? store.read(CellFile.description, cell: key),
        let inputs = CellInputs(json)
      else { continue }
      entries[inputs.identity, default: []].append(
        Entry(key: key, inputs: inputs, finished: store.finishedDate(of: key)))
    }
    for identity in entries.keys {
      entries[identity]?.sort { ($0.finished, $0.key) > ($1.finished, $1.key) }
    }
  }

  /// The finished cells that answer the same as one with these inputs.
  func cells(like inputs: CellInputs) -> [Entry] { entries[inputs.identity] ?? [] }

  /// All finished cells, the newest first.
  var cells: [Entry] {
    entries.values.joined().sorted { ($0.finished, $0.key) > ($1.finished, $1.key) }
  }

  /// Why a cell with these inputs would be made.
  func reason(for inputs: CellInputs, key: String) -> OpenReason {
    let others = cells(like: inputs)
    if others.contains(where: { $0.key == key }) { return .weightsMissing }
    guard let last = others.first else { return .neverMade }
    return .changed(since: last.key, inputs.changes(since: last.inputs))
  }
}

/// Why a cell would be made.
public enum OpenReason: Sendable, Equatable {
  /// The store holds no cell that answers the same.
  case neverMade
  /// The cell is there without the weights that another one begins with.
  case weightsMissing
  /// The cell is there, and its files are not those that were written.
  case damaged
  /// The newest cell that answers the same had other inputs.
  case changed(since: String, [CellInputs.Change])

  /// A few words for a column.
  public var summary: String {
    switch self {
    case .neverMade: "never trained"
    case .weightsMissing: "weights are needed and not in the store"
    case .damaged: "damaged: its files are not those written"
    case .changed(_, let changes):
      "changed: " + changes.prefix(3).map(\.input).joined(separator: ", ")
        + (changes.count > 3 ? " and \(changes.count - 3) more" : "")
    }
  }
}
