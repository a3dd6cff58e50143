internal import CCairo

/// A file format of a figure.
public enum ImageFormat: String, Sendable, CaseIterable {
  /// Vectors, for LaTeX.
  case pdf
  /// Vectors, for web pages.
  case svg
  /// Pixels, 300 to the inch.
  case png

  /// Pixels to the inch of ``png``.
  public static let pixelsPerInch = 300.0
}

/// Draws into a PDF, SVG or PNG file in memory, the same bytes for the same calls.
///
/// The first error is kept and thrown by ``finish(_:)``.
public final class CairoCanvas: Canvas {
  /// The longest side that cairo's images can have, in pixels.
  static let largestSide = 32_767

  /// Width and height in points.
  public let size: Size
  /// Measures the text.
  public var measurer: any TextMeasurer { text }
  let format: ImageFormat
  private let text: PangoText
  let surface: OpaquePointer
  let context: OpaquePointer
  private let output: ByteSink

  /// Opens a page of a size in points.
  ///
  /// Throws ``PlottingError/impossibleSize(width:height:limit:)`` for a page that has no area or
  /// more pixels than cairo can hold.
  public init(size: Size, format: ImageFormat, text: PangoText) throws(PlottingError) {
    let scale = format == .png ? ImageFormat.pixelsPerInch / 72 : 1
    let (width, height) = (
      (size.width * scale - 1e-6).rounded(.up), (size.height * scale - 1e-6).rounded(.up)
    )
    let possible = 1.0...Double(Self.largestSide)
    guard possible.contains(width), possible.contains(height) else {
      throw .impossibleSize(width: width, height: height, limit: Self.largestSide)
    }
    self.size = size
    self.format = format
    self.text = text
    output = ByteSink()
    guard
      let surface = Self.surface(
        format, size: size, pixels: (Int32(width), Int32(height)), to: output),
      let context = cairo_create(surface)
    else {
      throw .drawing(operation: "open a \(format.rawValue) page", status: "out of memory")
    }
    self.surface = surface
    self.context = context
    try check("open a \(format.rawValue) page")
    cairo_scale(context, scale, scale)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Fills the inside of a path.
  public func fill(_ path: Path, _ color: Color) {
    guard append(path) else { return }
    set(color)
    cairo_fill(context)
  }

  /// Draws a path as a line.
  public func stroke(_ path: Path, _ stroke: Stroke) {
    guard append(path) else { return }
    set(stroke.color)
    cairo_set_line_width(context, stroke.width)
    cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
    cairo_stroke(context)
  }

  /// Draws one line of text.
  public func draw(
    _ string: String, _ style: TextStyle, at position: Position, anchor: TextAnchor,
    direction: TextDirection
  ) {
    guard !string.isEmpty, position.isFinite else { return }
    let width = text.width(of: string, style)
    let origin = TextPlacement(
      width: width, size: style.size, at: position, anchor: anchor, direction: direction
    ).origin
    cairo_save(context)
    cairo_translate(context, origin.x, origin.y)
    if direction == .upward {
      var quarter = cairo_matrix_t(xx: 0, yx: -1, xy: 1, yy: 0, x0: 0, y0: 0)
      cairo_transform(context, &quarter)
    }
    if style.isSlanted {
      var slant = cairo_matrix_t(xx: 1, yx: 0, xy: -0.2, yy: 1, x0: 0, y0: 0)
      cairo_transform(context, &slant)
    }
    cairo_move_to(context, 0, 0)
    set(style.color)
    text.show(string, style, in: context)
    cairo_new_path(context)
    cairo_restore(context)
  }

  /// Draws a named group whose content is cut at a rectangle, if one is given.
  public func group(_ name: String, clippedTo clip: Rectangle?, _ content: () -> Void) {
    cairo_save(context)
    if let clip, append(Path(clip)) { cairo_clip(context) }
    content()
    cairo_restore(context)
  }

  /// Closes the page, and answers the bytes of the file with the provenance written into it.
  ///
  /// The canvas takes no more drawing afterwards.
  public func finish(_ provenance: Provenance) throws(PlottingError) -> [UInt8] {
    try check("draw")
    if format == .pdf { describe(provenance) }
    cairo_show_page(context)
    try check("finish a page")
    if format == .png {
      cairo_surface_flush(surface)
      guard let image = PixelImage(surface) else {
        throw .drawing(operation: "write a PNG image", status: "there are no pixels")
      }
      return try PNGFile.bytes(image, provenance)
    }
    cairo_surface_finish(surface)
    try check("write \(format.rawValue)")
    return format == .svg ? try SVGFile.finished(output.bytes, provenance) : output.bytes
  }

  private static func surface(
    _ format: ImageFormat, size: Size, pixels: (width: Int32, height: Int32), to output: ByteSink
  ) -> OpaquePointer? {
    let sink = Unmanaged.passUnretained(output).toOpaque()
    switch format {
    case .pdf:
      return cairo_pdf_surface_create_for_stream(ByteSink.write, sink, size.width, size.height)
    case .svg:
      let surface = cairo_svg_surface_create_for_stream(
        ByteSink.write, sink, size.width, size.height)
      cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT)
      return surface
    case .png:
      return cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels.width, pixels.height)
    }
  }

  /// Sets the fields of a PDF file; its dates to a fixed one, as cairo would ask the clock.
  private func describe(_ provenance: Provenance) {
    let fields = [
      (CAIRO_PDF_METADATA_TITLE, provenance.title),
      (CAIRO_PDF_METADATA_SUBJECT, provenance.subject),
      (CAIRO_PDF_METADATA_KEYWORDS, provenance.keywords),
      (CAIRO_PDF_METADATA_CREATOR, Provenance.creator),
      (CAIRO_PDF_METADATA_CREATE_DATE, Provenance.date),
      (CAIRO_PDF_METADATA_MOD_DATE, Provenance.date),
    ]
    for (field, value) in fields { cairo_pdf_surface_set_metadata(surface, field, value) }
  }

  private func append(_ path: Path) -> Bool {
    guard !path.isEmpty, path.isFinite else { return false }
    cairo_new_path(context)
    for element in path.elements {
      switch element {
      case .move(let end): cairo_move_to(context, end.x, end.y)
      case .line(let end): cairo_line_to(context, end.x, end.y)
      case .curve(let first, let second, let end):
        cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
      case .close: cairo_close_path(context)
      }
    }
    return true
  }

  private func set(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.opacity)
  }

  private func check(_ operation: String) throws(PlottingError) {
    try Self.check(cairo_status(context), operation)
    try Self.check(cairo_surface_status(surface), operation)
  }

  private static func check(
    _ status: cairo_status_t, _ operation: String
  ) throws(PlottingError) {
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .drawing(operation: operation, status: String(cString: cairo_status_to_string(status)))
    }
  }
}

/// Collects the bytes that cairo writes.
final class ByteSink {
  var bytes: [UInt8] = []

  static let write: cairo_write_func_t = { sink, data, count in
    guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteSink>.fromOpaque(sink).takeUnretainedValue()
      .bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
  }
}
