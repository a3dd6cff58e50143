import Documents
import Plotting
import Testing

@testable import Typesetting

@Suite("Pages") struct PageTests {
  private let frame = Rectangle(x: 10, y: 20, width: 100, height: 100)

  /// Lines of 10 points, named so that they are found again.
  private func lines(_ names: ClosedRange<Int>) -> [Piece] {
    names.map { name in
      Piece(
        height: 10,
        items: [
          .text("\(name)", TextStyle(size: 8, color: .black), at: Position(x: 0, y: 8)),
          .box(Rectangle(x: 0, y: 0, width: 5, height: 10), .black),
        ])
    }
  }

  private func names(_ pages: [[PageItem]]) -> [[String]] {
    pages.map { $0.flatMap(\.texts) }
  }

  @Test("Lines fill a page to its end and go on with the next")
  func filling() {
    var builder = PageBuilder(frame: frame)
    builder.add(lines(1...25))
    let pages = builder.pages
    #expect(names(pages).map(\.count) == [10, 10, 5])
    #expect(pages.joined().flatMap(\.boxes).allSatisfy { frame.contains($0) })
  }

  @Test("A heading moves to the next page with the line below it")
  func headings() {
    var builder = PageBuilder(frame: frame)
    builder.add(lines(1...9))
    builder.add(lines(10...10).kept(withNext: true))
    builder.add(lines(11...14).keptInPairs())
    let pages = names(builder.pages)
    #expect(pages[0] == (1...9).map { "\($0)" })
    #expect(pages[1] == (10...14).map { "\($0)" })
  }

  @Test("No paragraph leaves a single line behind or takes one along")
  func pairs() {
    var builder = PageBuilder(frame: frame)
    builder.add(lines(1...9))
    builder.add(lines(10...15).keptInPairs())
    #expect(names(builder.pages)[0].count == 9)
    builder = PageBuilder(frame: frame)
    builder.add(lines(1...5))
    builder.add(lines(6...11).keptInPairs())
    let pages = names(builder.pages)
    #expect(pages[0] == (1...9).map { "\($0)" })
    #expect(pages[1] == ["10", "11"])
  }

  @Test("Notes stand at the foot of the page of their mark")
  func notes() {
    var builder = PageBuilder(frame: frame)
    var marked = lines(8...8)
    marked[0].notes = lines(100...100)
    builder.add(lines(1...7) + marked + lines(9...9))
    // 8 lines, twice the gap and the note: 8·10 + 16 + 10 is more than 100.
    let pages = names(builder.pages)
    #expect(pages[0] == (1...7).map { "\($0)" })
    #expect(pages[1] == ["8", "9", "100"])
  }

  @Test("A figure waits for the next page while text goes on, and comes between no rows")
  func figures() {
    var builder = PageBuilder(frame: frame)
    builder.add(lines(1...6))
    builder.addFigure([Piece.joined(lines(50...55))])
    builder.add(lines(7...12))
    var pages = names(builder.pages)
    #expect(pages[0] == (1...10).map { "\($0)" })
    #expect(pages[1] == ["50", "51", "52", "53", "54", "55", "11", "12"])

    builder = PageBuilder(frame: frame)
    builder.add(lines(1...6))
    builder.addFigure([Piece.joined(lines(50...55))])
    builder.add(
      lines(7...13).map { row in
        var row = row
        row.head = lines(99...99)
        return row
      })
    pages = names(builder.pages)
    #expect(pages[1] == ["99", "11", "12", "13", "50", "51", "52", "53", "54", "55"])
  }

  @Test("The headings of a table are said again on each page")
  func tableHeads() throws {
    let rows = (0..<150).map {
      Document.Table.Row([.text(Prose(String("row-\($0)"))), .count($0)])
    }
    let table = Document.Table(
      id: "long", caption: "Long.", columns: [.init("Name", .text), .init("Number")], rows: rows)
    let pages = try layout([.table(table)]).pages.dropFirst(2)
    #expect(pages.count > 2)
    for page in pages {
      let texts = page.flatMap(\.texts)
      #expect(texts.contains("Name") && texts.contains("Number"))
    }
    let found = pages.joined().flatMap(\.texts).filter { $0.hasPrefix("row-") }
    #expect(found == (0..<150).map { "row-\($0)" })
  }

  @Test("Rows between two rules stay on one page, and more than a few do not", arguments: [4, 40])
  func tableGroups(_ size: Int) throws {
    let rows = (0..<200).map {
      Document.Table.Row([.text(Prose(String("row-\($0)")))], isSetApart: $0 % size == 0)
    }
    let table = Document.Table(
      id: "groups", caption: "Groups.", columns: [.init("Name", .text)], rows: rows)
    let pages = try layout([.table(table)]).pages.map { page in
      page.flatMap(\.texts).filter { $0.hasPrefix("row-") }
    }
    #expect(pages.joined().count == 200)
    let starts = pages.dropFirst().compactMap(\.first).compactMap { Int($0.dropFirst(4)) }
    #expect(starts.count > 2)
    #expect(starts.allSatisfy { $0 % size == 0 } == (size == 4))
  }

  private func layout(_ blocks: [Document.Block]) throws -> DocumentLayout {
    let document = Document(
      title: "A", sections: [.init(id: "s", title: "S", blocks: blocks)])
    return DocumentLayout(document, pictures: [:], text: try PangoText())
  }

  @Test("Tables of any width stay within the margins", arguments: [3, 12, 40])
  func wideTables(_ count: Int) throws {
    let columns = (0..<count).map { Document.Table.Column("Column \($0)", group: "G\($0 / 3)") }
    let cells = (0..<count).map { column in
      Document.Table.Cell.spread(
        Number(Double(column) * 1000.5, digits: 2), deviation: Number(12.25, digits: 2),
        otherwise: "")
    }
    let table = Document.Table(
      id: "wide", caption: "Wide.", columns: columns,
      rows: [.init(cells), .init(cells.map { _ in .init(.notAvailable(reason: "none")) })])
    let text = try PangoText()
    let frame = PageStyle.frame.inset(by: -0.1)
    for page in try layout([.table(table)]).pages.dropFirst(1) {
      for item in page.flatMap(\.leaves) {
        guard case .text(let string, let style, let place) = item, place.y < frame.maxY else {
          continue
        }
        #expect(place.x >= frame.minX)
        #expect(place.x + text.width(of: string, style) <= frame.maxX, "\(string)")
      }
    }
  }

  @Test("Numbers stand below each other at their decimal points")
  func decimalPoints() throws {
    let values = [(1.5, 1), (22.25, 2), (333.0, 0), (-4.125, 3)]
    let table = Document.Table(
      id: "points", caption: "Points.", columns: [.init("n")],
      rows: values.map { .init([.number(Number($0, digits: $1), otherwise: "")]) })
    let text = try PangoText()
    let ends = try layout([.table(table)]).pages.joined().flatMap(\.leaves).compactMap {
      item -> Double? in
      guard case .text(let string, let style, let place) = item,
        ["1", "22", "333", "−4"].contains(string)
      else { return nil }
      return place.x + text.width(of: string, style)
    }
    #expect(ends.count == 4)
    #expect(ends.allSatisfy { abs($0 - ends[0]) < 0.01 })
  }
}

extension PageItem {
  /// The items that are drawn.
  var leaves: [PageItem] {
    if case .part(_, let items) = self { items.flatMap(\.leaves) } else { [self] }
  }

  var texts: [String] {
    leaves.compactMap { if case .text(let text, _, _) = $0 { text } else { nil } }
  }

  var boxes: [Rectangle] {
    leaves.compactMap { if case .box(let box, _) = $0 { box } else { nil } }
  }
}
