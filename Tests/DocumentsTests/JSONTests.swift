import Foundation
import Testing

@testable import Documents

@Suite("JSON tables") struct JSONTests {
  @Test("A cell is a number as printed, a text, or nothing and why")
  func cells() throws {
    let table = Document.Table(
      id: "t", caption: "See \(to: .table("t")).", columns: [.init("V", .text), .init("m")],
      rows: [
        .init([
          .text("a"),
          .spread(
            Number(98.416, digits: 2), deviation: Number(0.1, digits: 2), isBest: true,
            otherwise: ""),
        ]),
        .init([.code("b"), .init(.notAvailable(reason: "why"))]),
      ])
    let document = Document(
      title: "T", sections: [.init(id: "s", title: "S", blocks: [.table(table)])])
    let file = try #require(try JSONRenderer().files(for: document, named: "r").first)
    #expect(file.path == "tables/t.json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
    #expect(object["caption"] as? String == "See Table 1.")
    let rows = try #require(object["rows"] as? [[[String: Any]]])
    #expect(rows[0][1]["value"] as? Double == 98.42 && rows[0][1]["deviation"] as? Double == 0.1)
    #expect(rows[0][1]["best"] as? Bool == true && rows[0][0]["value"] as? String == "a")
    #expect(rows[1][1]["value"] is NSNull && rows[1][1]["reason"] as? String == "why")
  }

  @Test("Every text is JSON", arguments: hostileTexts)
  func hostile(_ text: String) throws {
    for file in try JSONRenderer().files(for: documentOf(text), named: "r") {
      _ = try JSONSerialization.jsonObject(with: Data(file.bytes))
    }
  }
}
