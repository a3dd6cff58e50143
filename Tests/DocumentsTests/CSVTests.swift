import Testing

@testable import Documents

@Suite("Comma-separated values") struct CSVTests {
  @Test("Every record has one field a column, whatever the texts", arguments: hostileTexts)
  func hostile(_ text: String) throws {
    let file = try #require(CSVRenderer().files(for: documentOf(text), named: "report").first)
    let records = parse(file.text)
    #expect(records.count == 4)
    for record in records {
      #expect(record.count == 5)
    }
    for field in [records[0][0], records[3][3]] {
      #expect(!"=+-@".contains(field.drop { $0 == " " }.first ?? "x"))
    }
  }

  @Test("Numbers keep their digits and sign, a deviation is a column, what is missing is n/a")
  func numbers() throws {
    let file = try #require(CSVRenderer().files(for: documentOf("x"), named: "report").first)
    let records = parse(file.text)
    #expect(records[0] == ["x", "x: x", "x: x (sd)", "x: n", "x"])
    #expect(records[1][1...3] == ["1.25", "0.50", "5"])
    #expect(records[2][1...3] == ["-0.50", "", "n/a"])
  }

  /// A reader by RFC 4180.
  private func parse(_ text: String) -> [[String]] {
    var records: [[String]] = [[]]
    var (field, isQuoted) = ("", false)
    var characters = Array(text.unicodeScalars)[...]
    while let character = characters.popFirst() {
      switch character {
      case "\"" where isQuoted && characters.first == "\"":
        field.unicodeScalars.append(character)
        characters.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        records[records.count - 1].append(field)
        field = ""
      case "\n" where !isQuoted:
        records[records.count - 1].append(field)
        field = ""
        records.append([])
      default: field.unicodeScalars.append(character)
      }
    }
    return records.dropLast()
  }
}
