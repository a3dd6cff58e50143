import Testing

@testable import Documents

@Suite("Document tree") struct DocumentTests {
  @Test("A consistent document is accepted")
  func consistent() throws {
    try documentOf("x").validate()
  }

  @Test("A reference that leads nowhere is named, also inside a caption")
  func dangling() {
    let figure = Document.Figure(
      id: "a", path: "a", caption: "See \(to: .table("missing")).", alternativeText: "")
    let document = Document(
      title: "", sections: [.init(id: "s", title: "", blocks: [.figure(figure)])])
    #expect(throws: DocumentError.danglingReference(.table("missing"))) {
      try document.validate()
    }
  }

  @Test("Two parts of one name and a ragged table are named")
  func duplicate() {
    let twice = Document(
      title: "", sections: [.init(id: "a", title: ""), .init(id: "A", title: "")])
    #expect(throws: DocumentError.duplicateName(kind: "section", "a")) { try twice.validate() }
    let table = Document.Table(id: "t", caption: "", columns: [.init("x")], rows: [.init([])])
    let ragged = Document(
      title: "", sections: [.init(id: "s", title: "", blocks: [.table(table)])])
    #expect(throws: DocumentError.raggedTable("t", row: 1, cells: 0, columns: 1)) {
      try ragged.validate()
    }
    #expect("\(DocumentError.duplicateName(kind: "table", "t"))".hasSuffix("another name"))
  }

  @Test("A name is safe as an anchor, a label and a file name", arguments: hostileTexts)
  func identifiers(_ text: String) {
    let name = Identifier(text).text
    #expect(!name.isEmpty && name.count <= 80)
    #expect(name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
  }

  @Test("Missing numbers carry one mark a reason")
  func marks() {
    let rows = ["x", "y", "x"].map {
      Document.Table.Row([.init(.notAvailable(reason: $0))])
    }
    let table = Document.Table(id: "t", caption: "", columns: [.init("v")], rows: rows)
    #expect(table.reasons == ["x", "y"])
    #expect(table.mark(of: "y") == "b")
    #expect(Document.Table.letters(for: 26) == "aa")
  }

  @Test("Sections, tables and figures are numbered in reading order")
  func numbering() {
    let document = Document(
      title: "",
      sections: [
        .init(id: "a", title: "", subsections: [.init(id: "b", title: "")]),
        .init(id: "c", title: ""),
      ])
    let numbering = Numbering(document)
    let names: [Identifier] = ["a", "b", "c", "d"]
    #expect(names.map { numbering[.section($0)] } == ["1", "1.1", "2", nil])
  }
}
