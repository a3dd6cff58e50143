/// The printed numbers of sections, tables and figures, for renderers that count themselves.
public struct Numbering: Sendable {
  private let numbers: [Prose.Reference: String]

  /// Counts the parts of a document in reading order.
  public init(_ document: Document) {
    let sections = document.numberedSections.map {
      (Prose.Reference.section($0.section.id), $0.number)
    }
    let tables = document.tables.enumerated().map {
      (Prose.Reference.table($1.id), String($0 + 1))
    }
    let figures = document.figures.enumerated().map {
      (Prose.Reference.figure($1.id), String($0 + 1))
    }
    numbers = Dictionary(sections + tables + figures) { first, _ in first }
  }

  /// The number of the part that a reference leads to, for example `2.1`.
  public subscript(reference: Prose.Reference) -> String? { numbers[reference] }

  /// The part as it is called in text, for example `Table 3`.
  package func label(of reference: Prose.Reference) -> String {
    let number = self[reference] ?? reference.id.text
    return switch reference {
    case .section: "Section \(number)"
    case .table: "Table \(number)"
    case .figure: "Figure \(number)"
    }
  }
}
