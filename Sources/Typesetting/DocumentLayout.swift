import Documents
import Plotting

/// A document in pages: title, contents, sections.
struct DocumentLayout {
  /// What stands on each page.
  let pages: [[PageItem]]
  /// The sections, for the side of the window.
  let outline: [OutlineEntry]

  init(
    _ document: Document, pictures: [Identifier: SheetLayout], text: PangoText
  ) {
    let typesetter = Typesetter(text: text, numbering: Numbering(document))
    var blocks = BlockSetter(typesetter, width: PageStyle.frame.width)
    let front = TitlePage(document, typesetter).items(&blocks)
    let body = Self.body(of: document, pictures, &blocks)
    let contents = Contents(document, typesetter)
    // The numbers of the pages do not change how many lines they stand in.
    let preview = contents.pages { _ in nil }
    let numbers = Self.pageNumbers(of: body, after: 1 + preview.count)
    let pages = [front] + contents.pages { numbers[$0] } + body
    self.pages = pages.enumerated().map { index, items in
      index == 0
        ? items : items + Self.footer(index + 1, of: pages.count, document, typesetter)
    }
    outline = contents.outline
  }

  private static func body(
    of document: Document, _ pictures: [Identifier: SheetLayout], _ blocks: inout BlockSetter
  ) -> [[PageItem]] {
    var builder = PageBuilder(frame: PageStyle.frame)
    for (number, section) in document.numberedSections {
      let level = number.count { $0 == "." } + 1
      // Else the figures of one part stand among the tables of the next.
      builder.flushFigures()
      builder.add(
        blocks.heading(
          "\(number)\u{2002}\(section.title)", level: level,
          place: Prose.Reference.section(section.id).anchor))
      for block in section.blocks {
        switch block {
        case .paragraph(let prose): builder.add(blocks.paragraph(prose))
        case .notice(let prose): builder.add(blocks.notice(prose))
        case .list(let items, let isNumbered):
          builder.add(blocks.list(items, isNumbered: isNumbered))
        case .table(let table): builder.add(TableSetter(table, blocks).pieces)
        case .figure(let figure):
          builder.addFigure(
            blocks.figure(
              figure, picture: pictures[figure.id], room: PageStyle.frame.height))
        }
      }
    }
    return builder.pages
  }

  /// The page that each place is on, counted from 1.
  private static func pageNumbers(of body: [[PageItem]], after count: Int) -> [String: Int] {
    let numbers = body.enumerated().flatMap { index, items in
      items.flatMap(\.places).map { ($0, count + index + 1) }
    }
    return Dictionary(numbers) { first, _ in first }
  }

  private static func footer(
    _ number: Int, of count: Int, _ document: Document, _ typesetter: Typesetter
  ) -> [PageItem] {
    let style = PageStyle.small
    let text = "\(number) / \(count)"
    let right = PageStyle.frame.maxX - typesetter.text.width(of: text, style)
    let room = PageStyle.frame.width - 80
    let title = typesetter.text.lines(
      of: [TextSpan(document.title.visible, style)], width: room
    ).first?.fragments.first?.text
    let titles = title.map { title in
      [
        PageItem.text(
          title, style, at: Position(x: PageStyle.frame.minX, y: PageStyle.footer))
      ]
    }
    return (titles ?? []) + [.text(text, style, at: Position(x: right, y: PageStyle.footer))]
  }
}
