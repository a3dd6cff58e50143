import Documents

/// Texts that mean something in a format, and one that is harmless.
let hostileTexts = [
  "$&%#_{}~^\\", "<script>alert(1)</script>", "a | b || c", "=cmd|' /C calc'!A0", "+1", "-1", "@x",
  "a\u{0}\u{1B}[31m\u{7F}b", "one\ntwo\r\nthree\tfour\u{2028}five", "\\input{/etc/passwd}",
  "`code` ``more``", "**bold** _it_ [x](javascript:alert(1)) ![y](z)", "\\end{document}",
  "# heading", "1. item", "> quote", "--- ''' ,,, ??`` !``", "\u{202E}reversed\u{2066}",
  "é ß ł ± − ≥ κ 心 🫀 e\u{301}", "$x^2$ \\(y\\)", "]{", "[", "\"quoted\", with comma", "&lt;b&gt;",
  "", " ", "^[note]", "\\\\[1em]", "harmless",
]

/// A document that carries one text in each of its text fields.
func documentOf(_ text: String, id: Identifier = "hostile") -> Document {
  let prose = Prose([
    .text(text), .emphasis(Prose(text)), .strong(Prose(text)), .code(text),
    .link(Prose(text), address: "https://example.org/?q=\(text)"),
    .link(Prose(text), address: text), .footnote(Prose(text)), .number(Number(-12345.5, digits: 1)),
    .reference(.table(id)), .reference(.figure(id)), .reference(.section(id)),
  ])
  let table = Document.Table(
    id: id, caption: prose,
    columns: [
      .init(text, .text), .init(text, .number, group: text), .init("n", .number, group: text),
      .init(text, .paragraph),
    ],
    rows: [
      .init([
        .text(prose),
        .spread(Number(1.25, digits: 2), deviation: Number(0.5, digits: 2), otherwise: ""),
        .count(5), .text(prose),
      ]),
      .init([
        .code(text), .number(Number(-0.5, digits: 2), isBest: true, otherwise: ""),
        .init(.notAvailable(reason: text)), .empty,
      ]),
      .init(
        [.empty, .init(.notAvailable(reason: text)), .text(Prose(text)), .empty], isSetApart: true),
    ],
    notes: [prose])
  let figure = Document.Figure(id: id, path: text, caption: prose, alternativeText: text)
  let section = Document.Section(
    id: id, title: text,
    blocks: [
      .paragraph(prose), .notice(prose), .list([prose, Prose(text)], isNumbered: false),
      .list([prose], isNumbered: true), .table(table), .figure(figure), .paragraph(Prose(text)),
    ])
  return Document(
    title: text, metadata: [.init(text, prose)], banner: prose, sections: [section],
    quotableNumbers: [.init(id, Number(0.5, digits: 1))])
}
