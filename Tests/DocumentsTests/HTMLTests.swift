import Crypto
import Foundation
import Testing

@testable import Documents

@Suite("HTML") struct HTMLTests {
  private func page(
    _ document: Document, pictures: [Identifier: [UInt8]] = [:]
  ) throws -> String {
    try #require(HTMLRenderer(pictures: pictures).files(for: document, named: "report").first).text
  }

  /// The tags of a page, without the content of style and script.
  private func tags(_ page: String) -> [String] {
    page.replacing(HTMLStyle.text, with: "").replacing(HTMLScript.text, with: "")
      .matches(of: /<[^>]*>/).map { String($0.0) }
  }

  @Test("No text opens a tag or ends an attribute", arguments: hostileTexts)
  func hostile(_ text: String) throws {
    let names = { (page: String) in
      self.tags(page).map { String($0.prefix { !" >".contains($0) }) }
    }
    let page = try page(documentOf(text))
    let harmless = try self.page(documentOf("https://harmless"))
    // A text that is no address to follow has no link, and that is the only difference.
    #expect(
      names(page).filter { !["<a", "</a"].contains($0) }
        == names(harmless).filter { !["<a", "</a"].contains($0) })
    for tag in tags(page) {
      #expect(!tag.contains("=\"javascript:"), "\(tag)")
      #expect(tag.count { $0 == "\"" }.isMultiple(of: 2), "\(tag)")
    }
    #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }

  @Test("The policy allows this script and this style and nothing from elsewhere")
  func policy() throws {
    let page = try page(documentOf("x"))
    for (tag, text) in [("script", HTMLScript.text), ("style", HTMLStyle.text)] {
      let hash = Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
      #expect(page.contains("\(tag)-src 'sha256-\(hash)'"))
      #expect(page.contains("<\(tag)>\(text)</\(tag)>"))
    }
    #expect(page.contains("default-src 'none'"))
    #expect(!tags(page).contains { $0.contains(" style=") || $0.contains(" src=") })
    #expect(!tags(page).contains { $0.contains(" onclick=") })
  }

  @Test("A picture stands in the page with names of its own and without inline style")
  func pictures() throws {
    let svg = """
      <?xml version="1.0"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="100pt" viewBox="0 0 100 50.5" version="1.1">
      <title>T</title>
      <desc>D</desc>
      <metadata><a/></metadata>
      <defs><symbol id="glyph0"><path style="stroke:none;" d="M 1.23456 -2.5 L 10 0.5"/></symbol>
      <clipPath id="clip1"><rect/></clipPath></defs>
      <g clip-path="url(#clip1)" style="fill:rgb(10.196078%,0%,0%);fill-opacity:1;">
      <use xlink:href="#glyph0" x="5.0625"/></g>
      </svg>
      """
    let text = try #require(
      InlineSVG(Array(svg.utf8), named: "figure-a", label: "a \"curve\"")
    ).text
    #expect(
      text == """
        <svg viewBox="0 0 100 50.5" width="160" role="img" aria-label="a &quot;curve&quot;" \
        xmlns:xlink="http://www.w3.org/1999/xlink">



        <defs><symbol id="figure-a-glyph0"><path stroke="none" d="M1.23-2.5l8.77 3"/></symbol>
        <clipPath id="figure-a-clip1"><rect/></clipPath></defs>
        <g clip-path="url(#figure-a-clip1)" fill="rgb(10.19%,0%,0%)" fill-opacity="1">
        <use xlink:href="#figure-a-glyph0" x="5.06"/></g>
        </svg>
        """)
    #expect(InlineSVG(Array("no picture".utf8), named: "a", label: "") == nil)
  }

  @Test("Tables carry what they are sorted by, in parts that a rule sets apart")
  func tables() throws {
    let table = Document.Table(
      id: "t", caption: "C.",
      columns: [.init("Variant", .text), .init("mean", group: "Accuracy"), .init("n")],
      rows: [
        .init([
          .text("a"),
          .spread(
            Number(-1234.5, digits: 1), deviation: Number(0.5, digits: 1), isBest: true,
            otherwise: ""), .count(2),
        ]),
        .init([.text("b"), .init(.notAvailable(reason: "why")), .empty], isSetApart: true),
      ])
    let page = try page(
      Document(title: "T", sections: [.init(id: "s", title: "S", blocks: [.table(table)])]))
    #expect(
      page.contains(
        """
        <table class="sortable"><thead><tr><td colspan="1"></td>\
        <th class="group" scope="colgroup" colspan="1">Accuracy</th><td colspan="1"></td></tr>
        <tr><th scope="col">Variant</th><th class="n" scope="col">mean</th>\
        <th class="n" scope="col">n</th></tr></thead><tbody><tr><td>a</td>\
        <td class="n best" data-value="-1234.5">−1,234.5 ± 0.5</td>\
        <td class="n" data-value="2">2</td></tr></tbody>
        <tbody><tr><td>b</td><td class="n">n/a<sup>a</sup></td><td class="n"></td></tr></tbody>
        """))
  }

  @Test("Footnotes lead there and back, references to their parts")
  func links() throws {
    let document = Document(
      title: "T",
      sections: [
        .init(
          id: "one", title: "One",
          blocks: [.paragraph("A\(.footnote("note \(.strong("x"))")) in \(to: .section("two")).")]),
        .init(id: "two", title: "Two"),
      ])
    let page = try page(document)
    let names = Set(page.matches(of: /\ id="([^"]*)"/).map { String($0.1) })
    let targets = page.matches(of: /\ href="#([^"]*)"/).map { String($0.1) }
    #expect(targets.allSatisfy(names.contains) && targets.contains("note-1"))
    #expect(page.contains("<a href=\"#section-two\">Section 2</a>"))
    #expect(page.contains("<h2 id=\"section-two\">2 Two</h2>"))
  }
}
