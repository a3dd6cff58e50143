/// Escaping for LaTeX with the T1 font encoding and UTF-8 input, as pdfLaTeX reads it.
enum LaTeXText {
  /// Plain text in which no character has a meaning of its own.
  static func escaped(_ text: String) -> String {
    var result = ""
    var previous: UnicodeScalar?
    for scalar in text.printable {
      result += (ligatures.contains(scalar) && scalar == previous ? "{}" : "") + escape(scalar)
      previous = scalar
    }
    return result
  }

  /// Text in the typewriter face, with places to break in long names such as hashes.
  static func code(_ text: String) -> String {
    let scalars = text.printable
    let length = scalars.count > 24 ? 8 : 24
    let pieces = stride(from: 0, to: scalars.count, by: length).map { start in
      escaped(String(String.UnicodeScalarView(scalars[start..<min(start + length, scalars.count)])))
    }
    return "\\texttt{\(pieces.joined(separator: "\\allowbreak{}"))}"
  }

  /// A safe address as the argument of a command.
  static func address(_ address: SafeAddress) -> String {
    address.text.map { "%#&_".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// A number in running text; the braces keep the comma from making a gap in mathematics.
  static func number(_ number: Number) -> String {
    number.text(minus: "$-$", separator: "{,}")
  }

  private static func escape(_ scalar: UnicodeScalar) -> String {
    if let command = commands[scalar] { return command }
    if scalar.isASCII || setByT1.contains(scalar) { return String(scalar) }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "[U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
  }

  /// Characters that the font joins to another sign where two of them meet.
  private static let ligatures: Set<UnicodeScalar> = ["-", ",", "'"]

  /// The ten specials, characters that have no sign of their own, and symbols that text here uses.
  private static let commands: [UnicodeScalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "_": "\\_", "%": "\\%", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "\\textquotedbl{}",
    "`": "\\textasciigrave{}",
    "\u{A0}": "~", "\u{2007}": "~", "\u{2009}": "\\,", "\u{202F}": "\\,",
    "−": "$-$", "±": "$\\pm$", "×": "$\\times$", "÷": "$\\div$", "·": "$\\cdot$", "≤": "$\\leq$",
    "≥": "$\\geq$", "≈": "$\\approx$", "≠": "$\\neq$", "√": "$\\surd$", "∞": "$\\infty$",
    "Σ": "$\\Sigma$", "Δ": "$\\Delta$", "α": "$\\alpha$", "β": "$\\beta$", "γ": "$\\gamma$",
    "ε": "$\\varepsilon$", "κ": "$\\kappa$", "λ": "$\\lambda$", "μ": "$\\mu$", "µ": "$\\mu$",
    "σ": "$\\sigma$", "→": "$\\rightarrow$", "←": "$\\leftarrow$", "°": "$^{\\circ}$",
    "²": "$^{2}$", "³": "$^{3}$", "…": "\\ldots{}", "–": "\\textendash{}", "—": "\\textemdash{}",
    "‘": "\\textquoteleft{}", "’": "\\textquoteright{}", "“": "\\textquotedblleft{}",
    "”": "\\textquotedblright{}", "«": "\\guillemotleft{}", "»": "\\guillemotright{}",
    "•": "\\textbullet{}", "†": "\\textdagger{}", "§": "\\S{}", "©": "\\textcopyright{}",
    "₀": "$_{0}$", "₁": "$_{1}$", "₂": "$_{2}$", "ₙ": "$_{n}$", "₋": "$_{-}$",
  ]

  /// Letters beyond ASCII that every T1 font has.
  private static let setByT1 = Set(
    """
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿĂăĄąĆćČčĎďĐđĘęĚěĞğŁłŃńŇňŐőŒœŔŕŘřŚśŞş\
    ŠšŢţŤťŮůŰűŸŹźŻżŽž
    """.unicodeScalars)
}
