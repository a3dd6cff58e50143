import Testing

@testable import Documents

@Suite("Markdown") struct MarkdownTests {
  private func page(_ document: Document) throws -> String {
    try #require(MarkdownRenderer().files(for: document, named: "report").first).text
  }

  @Test("No text opens a tag, a cell or a block of its own", arguments: hostileTexts)
  func hostile(_ text: String) throws {
    for file in MarkdownRenderer().files(for: documentOf(text), named: "report") {
      let ours = ["<a id=\"", "\"></a>", "<sup>", "</sup>"].reduce(withoutCode(file.text)) {
        $0.split(separator: $1).joined()
      }
      #expect(!ours.contains("<"), "\(file.path)")
      #expect(!file.text.contains("javascript:alert(1))") || text.contains("javascript"))
      #expect(file.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
      for line in file.text.split(separator: "\n") where line.hasPrefix("|") {
        #expect(bars(in: line) == 5, "\(line)")
      }
    }
  }

  @Test("Text at the start of a paragraph begins no list, heading, quotation or rule")
  func lineStarts() {
    let starts = ["# a", "1. a", "23) a", "- a", "+ a", "* a", "> a", "---", "=== ", "2018 was"]
    let escaped = starts.map { MarkdownText.atLineStart(MarkdownText.escaped($0)) }
    #expect(
      escaped == [
        "\\# a", "1\\. a", "23\\) a", "\\- a", "\\+ a", "\\* a", "&gt; a", "\\---", "\\=== ",
        "2018 was",
      ])
  }

  @Test("A code span survives backticks and, in a table, bars")
  func code() {
    #expect(MarkdownText.code("a`b``c", inTable: false) == "```a`b``c```")
    #expect(MarkdownText.code("`a", inTable: false) == "`` `a ``")
    #expect(MarkdownText.code("a|b", inTable: true) == "`a\\|b`")
  }

  @Test("Only web and relative addresses become links")
  func links() {
    #expect(SafeAddress("javascript:alert(1)") == nil)
    #expect(SafeAddress(" JavaScript\n:alert(1)") == nil)
    #expect(SafeAddress("data:text/html,x") == nil)
    #expect(SafeAddress("//evil.example") == nil)
    #expect(SafeAddress("https://doi.org/10.1/(a)b c")?.text == "https://doi.org/10.1/%28a%29b%20c")
    #expect(SafeAddress("../figures/a.png")?.text == "../figures/a.png")
  }

  @Test("A small document reads as expected")
  func example() throws {
    let table = Document.Table(
      id: "results", caption: "Results, n = \(2) seeds.",
      columns: [.init("Variant", .text), .init("Accuracy"), .init("F1", group: "Published")],
      rows: [
        .init([
          .text("baseline"),
          .spread(
            .percent(0.98415, digits: 2), deviation: .percent(0.001, digits: 2), isBest: true,
            otherwise: ""),
          .init(.notAvailable(reason: "not published")),
        ]),
        .init([.text("majority class"), .number(.points(-0.15, digits: 1), otherwise: ""), .empty]),
      ])
    let document = Document(
      title: "A report", metadata: [.init("Run", "\(.code("abc"))")], banner: "Synthetic.",
      sections: [
        .init(
          id: "one", title: "First",
          blocks: [.paragraph("Of \(21892) rows, \(to: .table("results"))."), .table(table)])
      ])
    #expect(
      try page(document) == """
        # A report

        > **Synthetic.**

        - **Run:** `abc`

        <a id="section-one"></a>

        ## 1 First

        Of 21,892 rows, [Table 1](#table-results).

        <a id="table-results"></a>

        **Table 1.** Results, n = 2 seeds.

        | Variant | Accuracy | Published: F1 |
        | :--- | ---: | ---: |
        | baseline | **98.42 ± 0.10** | n/a<sup>a</sup> |
        | majority class | −15.0 |  |

        <sup>a</sup> not published

        """)
  }

  private func withoutCode(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "`") {
      result += rest[..<start]
      let fence = rest[start...].prefix { $0 == "`" }
      rest = rest[fence.endIndex...]
      guard !result.hasSuffix("\\"), let end = rest.range(of: fence) else { continue }
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  /// Bars that end a cell: those without a backslash before them.
  private func bars(in line: Substring) -> Int {
    var (count, isEscaped) = (0, false)
    for character in line {
      if character == "|", !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }
}

extension Substring {
  fileprivate func range(of fence: Substring) -> Range<Index>? {
    var start = startIndex
    while let tick = self[start...].firstIndex(of: "`") {
      let run = self[tick...].prefix { $0 == "`" }
      if run.count == fence.count { return run.startIndex..<run.endIndex }
      start = run.endIndex
    }
    return nil
  }
}
