/// How a person means a cell: by its name, or by the first digits of its key.
struct CellReference {
  /// Digits of a key that are enough to be taken for one, and that are shown of it.
  static let shown = 8

  /// What was written.
  let text: String
  /// Whether it is the beginning of a key.
  let isKey: Bool

  init(_ text: String) {
    self.text = text
    isKey = text.count >= Self.shown && text.allSatisfy(\.isHexDigit)
  }

  /// The cells that are meant by their key or whole name; a training of several folds means each of
  /// them.
  func cells<Cell>(
    among cells: [Cell], name: (Cell) -> CellName, key: (Cell) -> String
  ) -> [Cell] {
    isKey
      ? cells.filter { key($0).hasPrefix(text.lowercased()) }
      : cells.filter { isText(of: name($0)) }
  }

  /// The cells whose names leave out the bound on their epochs.
  ///
  /// - Throws: `ambiguousCell` where that fits several trainings.
  func cellsInShort<Cell>(
    among cells: [Cell], name: (Cell) -> CellName
  ) throws(ExperimentsError) -> [Cell] {
    let meant = cells.filter { isText(of: name($0).withoutBound) }
    let names = Set(meant.map { name($0).withoutFold.description }).sorted()
    guard names.count < 2 else { throw .ambiguousCell(text, candidates: names) }
    return meant
  }

  private func isText(of name: CellName) -> Bool {
    [name, name.withoutFold].contains { $0.description == text }
  }
}
