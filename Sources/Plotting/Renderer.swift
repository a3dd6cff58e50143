/// Turns a figure into the bytes of its files.
public struct Renderer {
  private let text: PangoText
  /// The look.
  public let theme: Theme

  /// Sets up the type face; throws if it is missing.
  public init(theme: Theme = .print) throws(PlottingError) {
    text = try PangoText()
    self.theme = theme
  }

  /// Where everything in a figure stands, with the type face's true widths.
  public func layout(_ sheet: Sheet) -> SheetLayout {
    sheet.layout(LayoutContext(theme: theme, measurer: text))
  }

  /// The bytes of a figure's file in a format.
  public func render(
    _ sheet: Sheet, _ format: ImageFormat, _ provenance: Provenance
  ) throws(PlottingError) -> [UInt8] {
    let layout = layout(sheet)
    let canvas = try CairoCanvas(size: layout.size, format: format, text: text)
    layout.draw(on: canvas)
    return try canvas.finish(provenance)
  }

  /// The calls that draw a figure, with the type face's true widths.
  public func record(_ sheet: Sheet) -> RecordingCanvas {
    let layout = layout(sheet)
    let canvas = RecordingCanvas(size: layout.size, measurer: text)
    layout.draw(on: canvas)
    return canvas
  }
}
