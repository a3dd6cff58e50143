import Foundation
import Testing

@testable import NumericVersionTool

@Suite("Hashes of sources")
struct VersionHashTests {
  private static let source = """
    import Neural

    /// A network with one layer.
    struct Small: ModelVariant {
      var id = "small"
      var title = "Small network"
      var rank = 10
      var source = "doi:10.1000/1"
      /// Units of the layer.
      var units = 3  // few

      func network(for task: ClassificationTask) -> some Layer {
        Sequential {
          Dense(units, rate: 0.5)
        }
      }

      var atDemonstrationSize: any ModelVariant { Small(title: "Small (2 units)", units: 2) }
    }
    """

  private func hash(_ text: String, _ language: SourceText.Language = .swift) -> String {
    SHA256.hexadecimal(Array(SourceText(text, language: language).text.utf8))
  }

  private func variantHash(_ text: String) -> String {
    SHA256.hexadecimal(
      Array(SourceFile.unnamed(SourceText(text, language: .swift).text, variant: "Small").utf8))
  }

  /// The source with a piece of it replaced.
  private func changed(_ old: String, _ new: String) throws -> String {
    try #require(Self.source.contains(old))
    return Self.source.replacing(old, with: new)
  }

  @Test(
    "Comments, blank lines and layout do not change the hash",
    arguments: [
      ("/// A network with one layer.", "/// A network with a single layer: \"3 units\"."),
      ("  // few", ""), ("  // few", " // see /* there"), ("  // few", " /* few */"),
      ("import Neural\n", "import Neural\n\n\n"),
      ("import Neural\n", "/* new\nlines */\nimport Neural\n"),
      ("    Sequential {", "  Sequential {  "),
      ("Dense(units, rate: 0.5)", "Dense(\n  units,\n  rate: 0.5\n)"),
      ("var units = 3", "var units =\n    3"), ("    Dense", "\tDense"), ("\n", "\r\n"),
    ])
  func layout(old: String, new: String) throws {
    #expect(try hash(changed(old, new)) == hash(Self.source))
  }

  @Test(
    "Whatever else stands in a source changes the hash",
    arguments: [
      ("0.5", "0.25"), ("units = 3", "units = 4"), ("\"small\"", "\"small \""),
      ("Sequential {", "Sequential  { // {\n {"), ("Dense(units", "Dense(2 * units"),
      ("rate: 0.5", "rate: -0.5"), ("var units", "let units"),
      ("import Neural\n", "import Neural; "),
      ("Dense(units, rate: 0.5)", "Dense(units, rate: 0.5) // \n Dense(1)"),
      ("var units = 3", "var units\n= 3"), ("\"doi:10.1000/1\"", "\"doi:10.1000//1\""),
    ])
  func content(old: String, new: String) throws {
    #expect(try hash(changed(old, new)) != hash(Self.source))
  }

  @Test(
    "What tables print of a variant does not change its hash",
    arguments: [
      ("Small network", "Little network"), ("var rank = 10", "let rank: Int = 7"),
      ("doi:10.1000/1", "doi:10.1000/2, corrected"), ("Small (2 units)", "Tiny (2 units)"),
    ])
  func names(old: String, new: String) throws {
    #expect(try variantHash(changed(old, new)) == variantHash(Self.source))
    #expect(try hash(changed(old, new)) != hash(Self.source))
  }

  @Test(
    "What could be more than a name counts",
    arguments: [
      ("\"small\"", "\"other\""), ("\"Small network\"", "\"Small \\(units)\""),
      ("var rank = 10", "var rank = Self.rank"), ("units: 2", "units: 1"),
      ("      Dense(units", "      var rank = 7\n      Dense(units"),
      ("Small(title", "Large(title"), ("doi:10.1000/1\"", "doi\" + suffix"),
    ])
  func morethanNames(old: String, new: String) throws {
    #expect(try variantHash(changed(old, new)) != variantHash(Self.source))
    let other = try changed(old, new).replacing("var rank = 7", with: "var rank = 8")
    if other != (try changed(old, new)) {
      #expect(try variantHash(changed(old, new)) != variantHash(other))
    }
  }

  @Test("Strings keep their spaces and what looks like a comment in them")
  func strings() {
    let long = "let a = \"\"\"\n  one // two\n    three\n  \"\"\""
    #expect(hash(long) != hash(long.replacing("// two", with: "")))
    #expect(hash(long) != hash(long.replacing("    three", with: "  three")))
    #expect(hash(#"let a = "x // y""#) != hash(#"let a = "x // z""#))
    #expect(hash(#"let a = "\(f("//")) b  c" // d"#) == hash(#"let a = "\(f("//")) b  c""#))
    #expect(hash(#"let a = "\(f("//")) b  c""#) != hash(#"let a = "\(f("//")) b c""#))
  }

  @Test(
    "A text that is not certain to be understood counts as it stands",
    arguments: [
      "let a = #\"x\"# // c", "let a = /x\"y/ // c", "let a = \"open // c",
      "/* /* */ */ let a = 1 // c",
      "let a = \"\\(b /* ) */ + c)\" // c",
    ])
  func uncertain(text: String) {
    #expect(hash(text) != hash(text.replacing(" // c", with: "")))
    #expect(SourceText(text, language: .swift).text == text)
  }

  @Test("In C directives keep their lines, and characters are no strings")
  func c() {
    let text = "#define A(x) \\\n  f(x, 1)\nchar q = '\"'; /* c */ int b; // d\n"
    #expect(hash(text, .c) == hash(text.replacing(" // d", with: ""), .c))
    #expect(hash(text, .c) == hash(text.replacing("/* c */", with: "/* other */"), .c))
    #expect(hash(text, .c) != hash(text.replacing("1)\n", with: "1) "), .c))
    #expect(hash(text, .c) != hash(text.replacing("int b", with: "int d"), .c))
    let continued = "int a; // c \\\nint b;\n"
    #expect(SourceText(continued, language: .c).text == continued)
  }

  @Test("Division is read, and no regular expression")
  func division() {
    #expect(hash("let a = b / c // d") == hash("let a = b / c"))
    #expect(hash("a /= 2 // d") == hash("a /= 2"))
    #expect(hash("let a = (b + c)/d // e") == hash("let a = (b + c)/d"))
  }

  @Test("A variant depends on what its code names, not on what its words mention")
  func dependencies() {
    let block = SourceFile(path: "/B/Block.swift", text: "struct Block: Layer {\n}")
    let other = SourceFile(path: "/V/Other.swift", text: "struct Other: ModelVariant {\n}")
    func sources(_ text: String) -> [String] {
      let text = SourceFile.unnamed(
        SourceText(text, language: .swift).text, variant: "Small")
      let file = SourceFile(path: "/V/Small.swift", text: text)
      return VersionHashes.sources(of: file, among: [file, block, other]).map(\.path)
    }
    let plain = "struct Small: ModelVariant {\n  var title = \"Other\"\n  /// Like Other.\n"
    #expect(sources(plain + "}") == ["/V/Small.swift"])
    #expect(sources(plain + "  let a = Block()\n}") == ["/B/Block.swift", "/V/Small.swift"])
  }

  @Test("Every source that decides a number is understood, so that its comments do not count")
  func sources() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    for room in [
      "CKernels", "Tensors", "Neural", "Models", "Experiments/Training", "Experiments/Ensembles",
    ] {
      let folder = root.appending(path: room)
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
        let isSwift = path.hasSuffix(".swift")
        guard isSwift || [".c", ".h", ".inc"].contains(where: path.hasSuffix) else { continue }
        let source = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        let text = SourceText(source, language: isSwift ? .swift : .c).text
        #expect(!text.contains("///") && !text.contains("\n\n"), "\(room)/\(path)")
      }
    }
  }
}
