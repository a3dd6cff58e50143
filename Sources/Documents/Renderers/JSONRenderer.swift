import Foundation

/// Renders each table of a document as JSON with sorted keys, for programs.
///
/// A cell is an object: `value` is a number as printed, a text or null; `deviation`, `reason` (why
/// there is no number) and `best` stand where they apply.
public struct JSONRenderer: Renderer {
  /// Creates a renderer.
  public init() {}

  /// One file for each table.
  ///
  /// - Throws: `DocumentError.cannotDraw` where a table has no JSON.
  public func files(
    for document: Document, named name: String
  ) throws(DocumentError) -> [RenderedFile] {
    let numbering = Numbering(document)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var files: [RenderedFile] = []
    for table in document.tables {
      let path = "\(tableFolder)/\(table.id).json"
      do {
        let data = try encoder.encode(TableObject(table, numbering))
        files.append(RenderedFile(path: path, bytes: Array(data) + Array("\n".utf8)))
      } catch {
        throw .cannotDraw(file: path, problem: "\(error)")
      }
    }
    return files
  }
}

private struct TableObject: Encodable {
  struct Column: Encodable {
    let title: String
    let group: String?
    let kind: String
  }

  struct Cell: Encodable {
    enum Value: Encodable {
      case number(Double)
      case text(String)
      case nothing

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .nothing: try container.encodeNil()
        }
      }
    }

    var value = Value.nothing
    var deviation: Double?
    var reason: String?
    var best: Bool?
  }

  let id: String
  let mark: String?
  let caption: String
  let columns: [Column]
  let rows: [[Cell]]
  let notes: [String]
  let provenance: [String]

  init(_ table: Document.Table, _ numbering: Numbering) {
    id = table.id.text
    mark = table.mark
    caption = table.caption.plain(numberedBy: numbering)
    columns = table.columns.map {
      Column(title: $0.title, group: $0.group, kind: $0.kind == .number ? "number" : "text")
    }
    rows = table.rows.map { $0.cells.map { Cell($0, numbering) } }
    notes = table.notes.map { $0.plain(numberedBy: numbering) }
    provenance = table.provenance
  }
}

extension TableObject.Cell {
  fileprivate init(_ cell: Document.Table.Cell, _ numbering: Numbering) {
    switch cell.content {
    case .text(let prose): value = .text(prose.plain(numberedBy: numbering))
    case .number(let number): value = Self.value(of: number)
    case .spread(let mean, let spread):
      value = Self.value(of: mean)
      deviation = spread.decimal.flatMap { Double($0.text()) }
    case .notAvailable(let reason): self.reason = reason
    case .empty: break
    }
    if cell.isBest { best = true }
  }

  private static func value(of number: Number) -> Value {
    number.decimal.flatMap { Double($0.text()) }.map { .number($0) } ?? .nothing
  }
}
