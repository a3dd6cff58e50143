/// The HTML file of a document under construction: its parts in order, then the footnotes.
struct HTMLPage {
  private let document: Document
  private let pictures: [Identifier: [UInt8]]
  private let numbering: Numbering
  private var footnotes: [String] = []

  init(_ document: Document, pictures: [Identifier: [UInt8]]) {
    self.document = document
    self.pictures = pictures
    numbering = Numbering(document)
  }

  /// The whole file.
  var text: String {
    mutating get {
      let content = (opening + body + closing).joined(separator: "\n")
      return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        \(HTMLRenderer.head(title: document.title))
        \(ProvenanceComment.markup(document.provenance))</head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        \(content)
        <script>\(HTMLScript.text)</script>
        </body>
        </html>

        """
    }
  }

  // MARK: Parts

  private var opening: [String] {
    mutating get {
      var lines = ["<header>", HTMLText.element("h1", HTMLText.escaped(document.title))]
      lines += document.banner.map { [notice($0)] } ?? []
      if !document.metadata.isEmpty {
        let facts = document.metadata.map {
          HTMLText.element("dt", HTMLText.escaped($0.name))
            + HTMLText.element("dd", inline($0.value))
        }
        lines += ["<dl>"] + facts + ["</dl>"]
      }
      return lines + ["</header>"] + contents
    }
  }

  private var contents: [String] {
    guard document.numberedSections.count > 1 else { return [] }
    func list(_ sections: [Document.Section], _ prefix: String) -> String {
      guard !sections.isEmpty else { return "" }
      let items = sections.enumerated().map { index, section in
        let number = "\(prefix)\(index + 1)"
        let title = "\(number) \(HTMLText.escaped(section.title))"
        let link = HTMLText.element("a", ["href": "#" + anchor(.section(section.id))], title)
        return HTMLText.element("li", link + list(section.subsections, number + "."))
      }
      return HTMLText.element("ul", items.joined(separator: "\n"))
    }
    return ["<nav aria-label=\"Contents\">", "<h2>Contents</h2>", list(document.sections, "")]
      + ["</nav>"]
  }

  private var body: [String] {
    mutating get {
      var lines = ["<main id=\"content\">"]
      for (number, section) in document.numberedSections {
        let level = min(number.count { $0 == "." } + 2, 6)
        lines.append(
          HTMLText.element(
            "h\(level)", ["id": anchor(.section(section.id))],
            "\(number) \(HTMLText.escaped(section.title))"))
        for block in section.blocks { lines.append(text(of: block)) }
      }
      return lines + ["</main>"]
    }
  }

  private var closing: [String] {
    guard !footnotes.isEmpty else { return [] }
    let notes = footnotes.enumerated().map { index, note in
      let back = "<a href=\"#note-mark-\(index + 1)\" aria-label=\"Back to the text\">↩</a>"
      return "<li id=\"note-\(index + 1)\">\(note) \(back)</li>"
    }
    return ["<section class=\"footnotes\" aria-label=\"Footnotes\">", "<ol>"] + notes
      + ["</ol>", "</section>"]
  }

  private mutating func text(of block: Document.Block) -> String {
    switch block {
    case .paragraph(let prose): return HTMLText.element("p", inline(prose))
    case .notice(let prose): return notice(prose)
    case .list(let items, let isNumbered):
      let lines = items.map { HTMLText.element("li", inline($0)) }
      return HTMLText.element(isNumbered ? "ol" : "ul", lines.joined(separator: "\n"))
    case .table(let table): return text(of: table)
    case .figure(let figure): return text(of: figure)
    }
  }

  private mutating func notice(_ prose: Prose) -> String {
    HTMLText.element("p", ["class": "notice"], inline(prose))
  }

  private mutating func text(of figure: Document.Figure) -> String {
    let reference = Prose.Reference.figure(figure.id)
    let label = figure.markedAlternativeText
    let picture = pictures[figure.id].flatMap {
      // Short, since every letter of a picture repeats it.
      InlineSVG($0, named: Identifier("f\(numbering[reference] ?? "")"), label: label)
    }
    let shown =
      picture?.text ?? HTMLText.element("p", ["class": "missing"], HTMLText.escaped(label))
    return """
      <figure class="picture" id="\(anchor(reference))">
      <div class="scroll" tabindex="0" role="group" aria-label="\(self.label(reference))">\(shown)</div>
      \(caption(reference, figure.markedCaption))
      </figure>
      """
  }

  private mutating func text(of table: Document.Table) -> String {
    let reference = Prose.Reference.table(table.id)
    let name = label(reference)
    let grid = HTMLTable(table).text { self.inline($0) }
    let notes = table.notes.map { HTMLText.element("p", ["class": "note"], inline($0)) }
    let reasons = table.reasons.map { reason in
      "<p class=\"note\"><sup>\(table.mark(of: reason))</sup> \(HTMLText.escaped(reason))</p>"
    }
    let parts = [
      "<figure class=\"table\" id=\"\(anchor(reference))\">",
      caption(reference, table.markedCaption),
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(name)\">\(grid)</div>",
    ]
    return (parts + notes + reasons + ["</figure>"]).joined(separator: "\n")
  }

  private mutating func caption(_ reference: Prose.Reference, _ prose: Prose) -> String {
    let name = "<strong class=\"number\">\(label(reference)).</strong>"
    return HTMLText.element("figcaption", "\(name) \(inline(prose))")
  }

  // MARK: Running text

  private mutating func inline(_ prose: Prose, isInLink: Bool = false) -> String {
    var result = ""
    for inline in prose.inlines { result += text(of: inline, isInLink: isInLink) }
    return result
  }

  private mutating func text(of inline: Prose.Inline, isInLink: Bool) -> String {
    switch inline {
    case .text(let text): return HTMLText.escaped(text)
    case .number(let number): return number.text(minus: "−", separator: ",")
    case .emphasis(let prose): return HTMLText.element("em", self.inline(prose, isInLink: isInLink))
    case .strong(let prose):
      return HTMLText.element("strong", self.inline(prose, isInLink: isInLink))
    case .code(let text): return HTMLText.element("code", HTMLText.escaped(text))
    case .link(let prose, let address):
      let text = self.inline(prose, isInLink: true)
      guard let address = SafeAddress(address), !isInLink else { return text }
      return HTMLText.element("a", ["href": address.text], text)
    case .footnote(let prose): return footnote(prose)
    case .reference(let reference):
      guard numbering[reference] != nil, !isInLink else { return label(reference) }
      return HTMLText.element("a", ["href": "#" + anchor(reference)], label(reference))
    }
  }

  private mutating func footnote(_ prose: Prose) -> String {
    let index = footnotes.count
    footnotes.append("")
    footnotes[index] = inline(prose)
    let number = index + 1
    return "<sup><a id=\"note-mark-\(number)\" href=\"#note-\(number)\">\(number)</a></sup>"
  }

  private func label(_ reference: Prose.Reference) -> String { numbering.label(of: reference) }

  private func anchor(_ reference: Prose.Reference) -> String { reference.anchor }
}
