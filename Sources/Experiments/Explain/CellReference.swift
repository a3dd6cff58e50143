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

  /// Whether it means a cell; a training of several folds means each of them.
  func means(_ name: CellName, key: String) -> Bool {
    isKey
      ? key.hasPrefix(text.lowercased())
      : [name, name.withoutFold].contains { $0.description == text }
  }
}
