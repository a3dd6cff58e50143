import Experiments

/// What a cell was or would be made from, for a reader.
struct CellText {
  let cell: CellExplanation

  init(_ cell: CellExplanation) { self.cell = cell }

  func print() {
    Swift.print("cell\t\(cell.name.map { "\($0)" } ?? "")\t\(cell.key)")
    Swift.print("state\t\(cell.isDone ? "in the store" : "open")")
    switch cell.reason {
    case .changed(let since, let changes):
      Swift.print("changed since\t\(since)")
      for change in changes {
        Swift.print("\t\(change.input)\t\(change.old ?? "–") → \(change.new ?? "–")")
      }
    case .neverMade, .weightsMissing, .damaged: Swift.print("why\t\(cell.reason?.summary ?? "")")
    case nil: Swift.print("why\tthe first one of its name in this store")
    }
    if cell.isDone { MakerText(cell.maker).print() }
    Swift.print("inputs")
    for (path, value) in cell.inputs.values.sorted(by: { $0.key < $1.key }) {
      Swift.print("\t\(path)\t\(value)")
    }
  }
}
