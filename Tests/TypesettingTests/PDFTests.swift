import Documents
import Plotting
import Testing

@testable import Typesetting

@Suite("PDF") struct PDFTests {
  private static let provenance = Provenance(
    title: "A report", subject: "Of a study", runID: "abc", sources: [])

  private static let figure = Document.Figure(
    id: "curve", path: "curve", caption: "A curve.", alternativeText: "a curve")

  private static let document = Document(
    title: "A report", metadata: [.init("Run", "\(.code("abc"))")], banner: "Synthetic.",
    sections: [
      .init(
        id: "one", title: "First",
        blocks: [
          .paragraph(
            """
            See \(to: .figure("curve")), \(.emphasis("really")), \
            \(.link("there", address: "https://example.org/?a='b'"))\(.footnote("A note.")).
            """),
          .list(["one", "two\(.footnote("Another."))"], isNumbered: true), .figure(figure),
        ],
        subsections: [.init(id: "two", title: "Second", blocks: [.notice("Seen.")])])
    ])

  private static func picture() throws -> SheetLayout {
    try Plotting.Renderer().layout(
      Sheet(
        width: .full, columns: 1,
        panels: [
          Chart(x: Axis("x", LinearScale(0...1)), y: Axis("y", LinearScale(0...1))) {
            Line(x: [0, 1], y: [0, 1], ink: .series(0))
          }
        ]))
  }

  private func bytes() throws -> [UInt8] {
    let renderer = PDFRenderer(
      pictures: ["curve": try Self.picture()], provenance: Self.provenance)
    return try #require(try renderer.files(for: Self.document, named: "report").first).bytes
  }

  @Test("The same document gives the same bytes")
  func sameBytes() throws {
    let first = try bytes()
    #expect(first.starts(with: Array("%PDF-".utf8)))
    #expect(try bytes() == first)
  }

  @Test("Contents, outline and footnotes lead to their places")
  func places() throws {
    let layout = DocumentLayout(
      Self.document, pictures: ["curve": try Self.picture()], text: try PangoText())
    #expect(layout.outline.map(\.title) == ["1 First"])
    #expect(layout.outline[0].children.map(\.place) == ["section-two"])
    let leaves = layout.pages.joined().flatMap(\.leaves)
    let places = layout.pages.joined().flatMap(\.places)
    for case .link(_, .place(let name)) in leaves { #expect(places.contains(name), "\(name)") }
    #expect(places.contains("figure-curve") && places.contains("note-2"))
    let contents = layout.pages[1].flatMap(\.texts)
    #expect(contents.contains("3"), "the page of the first section: \(contents)")
    let links = leaves.compactMap { item -> String? in
      guard case .link(_, .web(let address)) = item else { return nil }
      return address
    }
    #expect(links == ["https://example.org/?a=%27b%27"])
  }

  @Test("A figure keeps its natural size, and is made smaller only where no page would hold it")
  func naturalSize() throws {
    let layout = DocumentLayout(
      Self.document, pictures: ["curve": try Self.picture()], text: try PangoText())
    let boxes = layout.pages.joined().flatMap(\.leaves).compactMap { item -> Rectangle? in
      guard case .picture(_, let box) = item else { return nil }
      return box
    }
    let box = try #require(boxes.first)
    #expect(abs(box.width - Sheet.Width.full.points) < 0.01)
    #expect(boxes.count == 1 && PageStyle.frame.inset(by: -0.1).contains(box))
  }

  @Test(
    "Texts that mean something elsewhere are drawn as they are",
    arguments: [
      "$&%#_{}~^\\", "<script>x</script>", "a | b", "=cmd", "a\u{0}\u{1B}b\nc", "')", "",
      "\u{202E}x", "心🫀e\u{301}",
    ])
  func hostile(_ text: String) throws {
    let prose = Prose([
      .text(text), .code(text), .strong(Prose(text)), .link(Prose(text), address: text),
      .footnote(Prose(text)),
    ])
    let table = Document.Table(
      id: "t", caption: prose, columns: [.init(text, .text), .init(text, group: text)],
      rows: [.init([.text(prose), .init(.notAvailable(reason: text))])], notes: [prose])
    let document = Document(
      title: text, metadata: [.init(text, prose)], banner: prose,
      sections: [
        .init(
          id: "s", title: text,
          blocks: [
            .paragraph(prose), .list([prose], isNumbered: false), .table(table),
            .figure(.init(id: "f", path: text, caption: prose, alternativeText: text)),
          ])
      ])
    let files = try PDFRenderer(provenance: Self.provenance).files(for: document, named: "r")
    #expect(files[0].bytes.count > 1000)
    let drawn = DocumentLayout(document, pictures: [:], text: try PangoText()).pages.joined()
      .flatMap(\.texts).joined()
    #expect(drawn.contains(text.visible.split(separator: " ").first.map(String.init) ?? ""))
  }

  @Test("Words are broken only where they are longer than a line")
  func lines() throws {
    let text = try PangoText()
    let style = TextStyle(size: 10, color: .black)
    let long = String(repeating: "abcdef0123456789", count: 8)
    let lines = text.lines(of: [TextSpan("one two three \(long) four", style)], width: 120)
    #expect(lines.allSatisfy { $0.width <= 120 })
    #expect(lines.first?.fragments.map(\.text) == ["one two three"])
    let whole = lines.flatMap(\.fragments).map(\.text).joined()
    #expect(whole.contains(long.prefix(10)) && !whole.contains("-"))
  }
}
