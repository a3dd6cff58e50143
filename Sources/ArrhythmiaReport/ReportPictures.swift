internal import Documents
internal import Plotting

/// The drawn figures as the formats of the report take them in, by their names.
public struct ReportPictures: Sendable {
  /// SVG files, for the HTML page.
  let svg: [Identifier: [UInt8]]
  /// Laid-out sheets, for the pages of the PDF.
  let layouts: [Identifier: SheetLayout]

  /// The pictures of figures that were drawn as SVG.
  public init(_ figures: [RenderedFigure] = []) {
    let named = figures.map { (FigureReference($0).id, $0) }
    layouts = Dictionary(named.map { ($0.0, $0.1.layout) }) { first, _ in first }
    let files = named.compactMap { id, figure in
      figure.files.first { $0.name == "\(figure.name).svg" }.map { (id, $0.bytes) }
    }
    svg = Dictionary(files) { first, _ in first }
  }
}
