public import Documents
public import Plotting

/// Renders a document as a paged PDF with contents, outline and links; figures are drawn into the
/// pages as they are, at their natural size. Needs no LaTeX.
///
/// The same document and figures give the same bytes for one set of drawing libraries.
public struct PDFRenderer: Documents.Renderer {
  private let pictures: [Identifier: SheetLayout]
  private let provenance: Provenance

  /// Creates a renderer.
  ///
  /// - Parameters:
  ///   - pictures: Each figure, by its name; where there is none stands its alternative text.
  ///   - provenance: Title, subject and run, for the fields of the file.
  public init(pictures: [Identifier: SheetLayout] = [:], provenance: Provenance) {
    self.pictures = pictures
    self.provenance = provenance
  }

  /// One PDF file of the whole document.
  ///
  /// - Throws: `DocumentError.cannotDraw` where the type face is missing or the drawing fails.
  public func files(
    for document: Document, named name: String
  ) throws(DocumentError) -> [RenderedFile] {
    let path = "\(name).pdf"
    do throws(PlottingError) {
      let text = try PangoText()
      let layout = DocumentLayout(document, pictures: pictures, text: text)
      let canvas = try CairoCanvas(size: PageStyle.page, format: .pdf, text: text)
      for (index, items) in layout.pages.enumerated() {
        if index > 0 { canvas.endPage() }
        items.forEach { draw($0, on: canvas) }
      }
      canvas.outline(layout.outline)
      return [RenderedFile(path: path, bytes: try canvas.finish(provenance))]
    } catch {
      throw .cannotDraw(file: path, problem: "\(error)")
    }
  }

  private func draw(_ item: PageItem, on canvas: CairoCanvas) {
    switch item {
    case .text(let text, let style, let position):
      canvas.draw(text, style, at: position, anchor: TextAnchor(.start, .baseline))
    case .box(let box, let color): canvas.fill(Path(box), color)
    case .picture(let id, let box):
      guard let picture = pictures[id] else { return }
      canvas.placed(
        at: Position(x: box.minX, y: box.minY), scale: box.width / picture.size.width
      ) { picture.draw(on: canvas) }
    case .link(let box, let target): canvas.link(box, to: target)
    case .place(let name, let position): canvas.place(name, at: position)
    case .part(let role, let items):
      canvas.tagged(role) { items.forEach { draw($0, on: canvas) } }
    }
  }
}
