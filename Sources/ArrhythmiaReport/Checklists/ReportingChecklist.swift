import Documents

/// A reporting guideline, filled from what the run knows.
///
/// What only a person can say stays open, visibly; what the program cannot know it does not guess.
struct ReportingChecklist {
  /// What is said to an item.
  enum Answer {
    /// What the run knows, or where it stands.
    case known(Prose)
    /// Nothing that a study of recordings could have, and why.
    case inapplicable(Prose)
    /// What a person has to write.
    case open(Prose)
  }

  /// A point of the guideline.
  struct Item {
    /// Its number there.
    let number: String
    /// What it asks for, in short.
    let question: String
    let answer: Answer

    init(_ number: String, _ question: String, _ answer: Answer) {
      self.number = number
      self.question = question
      self.answer = answer
    }
  }

  /// Names of all checklists' tables.
  static let ids: [Identifier] = ["checklist-tripod", "checklist-claim"]

  /// Stable name of the table.
  let id: Identifier
  /// Name of the guideline.
  let title: String
  /// Where it was published.
  let doi: String
  let items: [Item]

  /// Items that are left to a person.
  var openCount: Int {
    items.count {
      if case .open = $0.answer { true } else { false }
    }
  }

  /// One row an item.
  var table: Document.Table {
    Document.Table(
      id: id,
      caption: """
        \(Prose(title)) (\(Prose([.link(Prose("doi:\(doi)"), address: "https://doi.org/\(doi)")]))), \
        items in short. \(openCount) of \(items.count) are open: they are for a person to fill in.
        """,
      columns: [.init("Item", .text), .init("Asked for", .paragraph), .init("Answer", .paragraph)],
      rows: items.map { item in
        .init([.text(Prose(item.number)), .text(Prose(item.question)), .text(item.answer.words)])
      })
  }
}

extension ReportingChecklist.Answer {
  fileprivate var words: Prose {
    switch self {
    case .known(let prose): prose
    case .inapplicable(let reason): "Does not apply: \(reason)"
    case .open(let what): "\(.strong("Open.")) \(what)"
    }
  }
}
