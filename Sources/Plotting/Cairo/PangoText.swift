internal import CCairo

/// Measures and draws lines of DejaVu Sans with Pango, unhinted, so that a line has the same width
/// at every scale and in every format.
///
/// Each value has a font map of its own, so values on different threads share nothing.
public final class PangoText: TextMeasurer {
  private let fontMap: UnsafeMutablePointer<PangoFontMap>
  private let layout: OpaquePointer
  /// Breaks paragraphs; the other layout holds single lines.
  let paragraph: OpaquePointer

  /// Sets up the type face; throws if it is missing.
  public init() throws(PlottingError) {
    let configuration = try TypeFace.configuration()
    guard let fontMap = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) else {
      throw .drawing(operation: "set up fonts", status: "Pango lacks FreeType")
    }
    pango_fc_font_map_set_config(OpaquePointer(fontMap), configuration.pointer)
    guard let context = pango_font_map_create_context(fontMap),
      let layout = pango_layout_new(context), let paragraph = pango_layout_new(context)
    else {
      throw .drawing(operation: "set up fonts", status: "out of memory")
    }
    self.fontMap = fontMap
    self.layout = layout
    self.paragraph = paragraph
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_context_set_round_glyph_positions(context, 0)
    pango_cairo_context_set_resolution(context, 72)
    for layout in [layout, paragraph] {
      pango_layout_context_changed(layout)
      pango_layout_set_single_paragraph_mode(layout, 1)
    }
    g_object_unref(UnsafeMutableRawPointer(context))
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(layout))
    g_object_unref(UnsafeMutableRawPointer(paragraph))
    g_object_unref(fontMap)
  }

  /// Width of one line in points.
  public func width(of text: String, size: Double, isBold: Bool) -> Double {
    width(of: text, TextStyle(size: size, isBold: isBold, color: .black))
  }

  /// Width of one line in a style, in points.
  public func width(of text: String, _ style: TextStyle) -> Double {
    set(text, style)
    var extents = PangoRectangle()
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), nil, &extents)
    return Double(extents.width) / Double(PANGO_SCALE)
  }

  /// Draws one line whose baseline starts at the context's current point.
  func show(_ text: String, _ style: TextStyle, in context: OpaquePointer) {
    set(text, style)
    pango_cairo_show_layout_line(context, pango_layout_get_line_readonly(layout, 0))
  }

  private func set(_ text: String, _ style: TextStyle) {
    let font = Self.font(style)
    pango_layout_set_font_description(layout, font)
    pango_font_description_free(font)
    let printable = Self.printable(text)
    pango_layout_set_text(layout, printable, Int32(printable.utf8.count))
  }

  /// The font of a style; the caller frees it. Leaning is up to whoever draws.
  static func font(_ style: TextStyle) -> OpaquePointer? {
    let font = pango_font_description_new()
    pango_font_description_set_family_static(
      font, style.isMonospaced ? "DejaVu Sans Mono" : "DejaVu Sans")
    pango_font_description_set_weight(font, style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
    return font
  }

  /// The text with a space for each control character.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
