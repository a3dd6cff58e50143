internal import CCairo

/// What a part of a page is, for programs that read a PDF aloud or take it apart (PDF 1.7, 14.8.4).
public enum PageRole: String, Sendable {
  /// A heading of the first to the third level.
  case heading1 = "H1"
  case heading2 = "H2"
  case heading3 = "H3"
  /// A paragraph or a line of one.
  case paragraph = "P"
  /// An item of a list.
  case listItem = "LI"
  /// A caption.
  case caption = "Caption"
  /// A row of a table.
  case tableRow = "TR"
  /// A picture.
  case figure = "Figure"
  /// A footnote.
  case note = "Note"
  /// A line of the contents.
  case contents = "TOCI"
}

/// What a link leads to.
public enum LinkTarget: Sendable, Hashable {
  /// An address on the web, in ASCII without quotation marks.
  case web(String)
  /// A place in the same file.
  case place(String)
}

/// A line of a PDF's outline, with those below it.
public struct OutlineEntry: Sendable, Equatable {
  /// What it says.
  public let title: String
  /// The place it leads to.
  public let place: String
  /// The lines below it.
  public let children: [OutlineEntry]

  /// Creates a line.
  public init(title: String, place: String, children: [OutlineEntry] = []) {
    self.title = title
    self.place = place
    self.children = children
  }
}

/// What only a PDF of several pages has. Names of places hold letters, digits and hyphens.
extension CairoCanvas {
  /// Ends the page; what follows stands on the next one, of the same size.
  public func endPage() {
    precondition(format == .pdf, "pages of \(format.rawValue)")
    cairo_show_page(context)
  }

  /// Makes an area lead somewhere.
  public func link(_ area: Rectangle, to target: LinkTarget) {
    let place = [area.minX, area.minY, area.width, area.height]
      .map { NumberText.fixed($0, decimals: 2) }.joined(separator: " ")
    cairo_tag_begin(context, CAIRO_TAG_LINK, "rect=[\(place)] \(Self.attribute(target))")
    cairo_tag_end(context, CAIRO_TAG_LINK)
  }

  /// Names a place that links lead to.
  public func place(_ name: String, at position: Position) {
    let (x, y) = (
      NumberText.fixed(position.x, decimals: 2), NumberText.fixed(position.y, decimals: 2)
    )
    cairo_tag_begin(context, CAIRO_TAG_DEST, "name='\(name)' x=\(x) y=\(y)")
    cairo_tag_end(context, CAIRO_TAG_DEST)
  }

  /// Draws a part of the page and says what it is.
  public func tagged(_ role: PageRole, _ content: () -> Void) {
    cairo_tag_begin(context, role.rawValue, nil)
    content()
    cairo_tag_end(context, role.rawValue)
  }

  /// Draws something whose upper left corner stands at a place, larger or smaller by a factor.
  public func placed(at origin: Position, scale: Double, _ content: () -> Void) {
    cairo_save(context)
    cairo_translate(context, origin.x, origin.y)
    cairo_scale(context, scale, scale)
    content()
    cairo_restore(context)
  }

  /// Gives the file an outline.
  public func outline(_ entries: [OutlineEntry]) {
    outline(entries, below: CAIRO_PDF_OUTLINE_ROOT)
  }

  private func outline(_ entries: [OutlineEntry], below parent: Int32) {
    for entry in entries {
      let line = cairo_pdf_surface_add_outline(
        surface, parent, entry.title, Self.attribute(.place(entry.place)),
        cairo_pdf_outline_flags_t(rawValue: 0))
      outline(entry.children, below: line)
    }
  }

  private static func attribute(_ target: LinkTarget) -> String {
    switch target {
    case .web(let address): "uri='\(address)'"
    case .place(let name): "dest='\(name)'"
    }
  }
}
