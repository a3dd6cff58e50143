import Foundation
import Testing

@testable import Documents

@Suite("LaTeX") struct LaTeXTests {
  /// Where pdflatex lies, if it is installed: compiling is checked only there, loudly skipped else.
  static let pdflatex: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/pdflatex" }.first(
      where: FileManager.default.isExecutableFile(atPath:))
    if found == nil {
      print("SKIPPED: no pdflatex on this machine, the LaTeX of reports is not compiled")
    }
    return found
  }()

  @Test("Every special character becomes a printing one", arguments: hostileTexts)
  func hostile(_ text: String) {
    for file in LaTeXRenderer().files(for: documentOf(text), named: "report") {
      #expect(balance(of: file.text) == 0, "\(file.path)")
      #expect(!file.text.contains("\\input{/"))
      #expect(file.text.components(separatedBy: "\\end{document}").count <= 2)
      #expect(!file.text.contains("\\href{javascript"))
    }
  }

  @Test("The ten specials are escaped once")
  func specials() {
    #expect(
      LaTeXText.escaped("\\{}$&#_%~^")
        == "\\textbackslash{}\\{\\}\\$\\&\\#\\_\\%\\textasciitilde{}\\textasciicircum{}")
    #expect(LaTeXText.escaped("a--b 🫀") == "a-{}-b [U+1FAC0]")
    #expect(LaTeXText.number(Number(-12345.5, digits: 1)) == "$-$12{,}345.5")
  }

  @Test("Pictures are included at their natural size, on pages as wide as the widest of them")
  func naturalSize() throws {
    var document = documentOf("x")
    document.sections = [
      .init(
        id: "s", title: "S",
        blocks: [.figure(.init(id: "f", path: "f", caption: "F.", alternativeText: "f"))])
    ]
    let page = LaTeXRenderer().files(for: document, named: "report")[0].text
    #expect(page.contains("\\includegraphics{f.pdf}"))
    #expect(!page.contains("\\includegraphics["))
    // A4 less 2 × 13.5 mm is 183 mm; the widest pictures have 7.16 inches, 181.9 mm.
    #expect(page.contains("a4paper") && page.contains("[hmargin=1.35cm,"))
    #expect(LaTeXRenderer.canInclude("../figures/roc-2"))
    for path in ["", "-f", "a b", "50%", "é", "a~b"] { #expect(!LaTeXRenderer.canInclude(path)) }
  }

  @Test("A mark stands in the caption and beside every number that can be quoted")
  func marks() throws {
    var document = documentOf("x")
    document.sections = [
      .init(
        id: "s", title: "S",
        blocks: [.table(.init(id: "t", caption: "T.", columns: [], rows: [], mark: "made up"))])
    ]
    document.quotableNumbers = [.init("n", Number(1448), mark: "made up")]
    let files = LaTeXRenderer().files(for: document, named: "report")
    #expect(files[1].text == "\\newcommand{\\ValueN}{1{,}448} % made up\n")
    #expect(files[2].text.contains("\\caption{\\textbf{Made up}. T.}"))
    #expect(CSVRenderer.text(of: document.tables[0]).hasPrefix("# made up\n"))
  }

  @Test("Tables use booktabs and siunitx columns, a deviation a second one")
  func table() throws {
    let files = LaTeXRenderer().files(for: documentOf("x"), named: "report")
    #expect(files.map(\.path) == ["report.tex", "numbers.tex", "tables/hostile.tex"])
    #expect(files[0].text.contains("\\input{tables/hostile}"))
    #expect(files[1].text == "\\newcommand{\\ValueHostile}{0.5}\n")
    #expect(files[2].text.contains("S[table-format=+1.2]@{\\,\\(\\pm\\)\\,}S[table-format=1.2]"))
    #expect(LaTeXRenderer.commandName("ptb-10s-f1") == "ValuePtbOneZerosFOne")
  }

  @Test(
    "Hostile texts, short and long tables compile with pdflatex and no shell escape",
    .enabled(if: LaTeXTests.pdflatex != nil))
  func compiles() throws {
    let pdflatex = try #require(Self.pdflatex)
    let folder = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    var document = documentOf("$&%#_{}~^\\", id: "hostile 0")
    document.title = hostileTexts.joined(separator: " ")
    document.sections = hostileTexts.enumerated().flatMap {
      documentOf($1, id: Identifier("hostile \($0)")).sections
    }
    document.sections += [longTable]
    try document.validate()
    for file in LaTeXRenderer().files(for: document, named: "report") {
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
    try writePictures(of: document, to: folder)
    // Twice, so that references are known.
    for options in [["-draftmode"], []] {
      let process = Process()
      process.executableURL = URL(filePath: pdflatex)
      process.currentDirectoryURL = folder
      process.arguments =
        options + ["-no-shell-escape", "-interaction=nonstopmode", "report.tex"]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
    }
    let log = String(
      decoding: try Data(contentsOf: folder.appending(path: "report.log")), as: UTF8.self)
    let complaints = log.split(separator: "\n").filter {
      $0.hasPrefix("!") || $0.contains("Missing character") || $0.contains("Reference `")
    }
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
    #expect(log.contains("Output written on report.pdf"))
  }

  private var longTable: Document.Section {
    let rows = (0..<80).map {
      Document.Table.Row([.text("row"), .count($0), .code(String(repeating: "0f", count: 32))])
    }
    return .init(
      id: "long", title: "Long",
      blocks: [
        .table(
          .init(
            id: "long", caption: "Long.",
            columns: [.init("a", .text), .init("b"), .init("c", .paragraph)], rows: rows))
      ])
  }

  /// A one-point PDF for each picture whose path LaTeX can take.
  private func writePictures(of document: Document, to folder: URL) throws {
    let picture = """
      %PDF-1.4
      1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
      2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
      3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 1 1]>> endobj
      trailer <</Root 1 0 R>>

      """
    for figure in document.figures where figure.path.allSatisfy(\.isLetter) && !figure.path.isEmpty
    {
      try Data(picture.utf8).write(to: folder.appending(path: figure.path + ".pdf"))
    }
  }

  private func balance(of text: String) -> Int {
    var (depth, isEscaped) = (0, false)
    for character in text {
      if !isEscaped { depth += character == "{" ? 1 : character == "}" ? -1 : 0 }
      isEscaped = character == "\\" && !isEscaped
    }
    return depth
  }
}
