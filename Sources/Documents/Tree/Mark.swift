extension Document.Table {
  /// The caption, with the mark before it.
  package var markedCaption: Prose { caption.marked(mark) }
}

extension Document.Figure {
  /// The caption, with the mark before it.
  package var markedCaption: Prose { caption.marked(mark) }

  /// The alternative text, with the mark behind it.
  package var markedAlternativeText: String { alternativeText + (mark.map { " (\($0))" } ?? "") }
}

extension Prose {
  /// The text with a mark before it, strongly stressed and as a sentence of its own.
  fileprivate func marked(_ mark: String?) -> Prose {
    guard let mark else { return self }
    return "\(.strong(Prose(mark.prefix(1).uppercased() + mark.dropFirst()))). \(self)"
  }
}
