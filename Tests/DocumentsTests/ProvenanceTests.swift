import Foundation
import Testing

@testable import Documents

@Suite("Provenance in files") struct ProvenanceTests {
  private static let facts = ["title: a --> \\b", "run: 0123", "predictions of x\ny: 4567"]

  private var document: Document {
    var table = Document.Table(
      id: "t", caption: "Caption.", columns: [.init("A")], rows: [.init([.count(1)])])
    table.provenance = Self.facts
    var document = Document(
      title: "Title", sections: [.init(id: "s", title: "S", blocks: [.table(table)])],
      quotableNumbers: [.init("n", Number(1))])
    document.provenance = Self.facts
    return document
  }

  @Test("Every file of every format begins with what it was made from, a fact a line")
  func everyFile() throws {
    let renderers: [any Renderer] = [
      MarkdownRenderer(), LaTeXRenderer(), CSVRenderer(), JSONRenderer(), HTMLRenderer(),
    ]
    let files = try renderers.flatMap { try $0.files(for: document, named: "r") }
    #expect(
      files.map(\.path) == [
        "r.md", "tables/t.md", "r.tex", "numbers.tex", "tables/t.tex", "tables/t.csv",
        "tables/t.json", "r.html",
      ])
    for file in files {
      #expect(file.text.contains("run: 0123") && file.text.contains("predictions of x"))
      switch file.path.split(separator: ".").last {
      case "csv":
        #expect(file.text.hasPrefix("# title: a --> \\b\n# run: 0123\n# predictions of x"))
      case "tex":
        #expect(file.text.hasPrefix("% title: a ") && !file.text.contains("\\b\n"))
        #expect(file.text.contains("\n% run: 0123\n% predictions of x"))
      case "md":
        #expect(file.text.hasPrefix("<!--\ntitle: a - -&gt; \\b\nrun: 0123\npredictions of x"))
        #expect(file.text.components(separatedBy: "-->").count == 2)
      default: break
      }
    }
  }

  @Test("A document without facts has no such head")
  func without() {
    var plain = document
    plain.provenance = []
    #expect(LaTeXRenderer().files(for: plain, named: "r")[1].text.hasPrefix("\\newcommand"))
    #expect(MarkdownRenderer().files(for: plain, named: "r")[0].text.hasPrefix("# Title"))
  }
}
