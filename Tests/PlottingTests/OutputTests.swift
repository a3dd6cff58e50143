import Foundation
import Testing

@testable import Plotting

@Suite("Files of a figure")
struct OutputTests {
  private func render(_ format: ImageFormat) throws -> [UInt8] {
    try Renderer().render(SampleSheets.everything, format, SampleSheets.provenance)
  }

  @Test(
    "The same figure is the same bytes, whatever was drawn before", arguments: ImageFormat.allCases)
  func repeated(format: ImageFormat) throws {
    let first = try render(format)
    _ = try Renderer(theme: .dark).render(
      Sheet(width: .full, columns: 1, panels: [SampleSheets.strip()]), format,
      SampleSheets.provenance)
    #expect(try render(format) == first)
  }

  @Test("The same figure is the same bytes on two threads at once", arguments: ImageFormat.allCases)
  func concurrent(format: ImageFormat) async throws {
    let expected = try render(format)
    let all = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<4 { group.addTask { try render(format) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(all.allSatisfy { $0 == expected })
  }

  /// Where the child process of the next test writes its figures.
  private static let childFolder = ProcessInfo.processInfo.environment["DETECTRON_TEST_DRAW_TO"]

  @Test("A child process draws a sheet", .enabled(if: childFolder != nil))
  func childProcess() throws {
    for format in ImageFormat.allCases {
      let file = "\(Self.childFolder ?? "")/sheet.\(format.rawValue)"
      try Data(render(format)).write(to: URL(fileURLWithPath: file))
    }
  }

  // Needs the plain executable that the package manager makes of tests on Linux.
  @Test(
    "The same figure is the same bytes in another process, time zone and locale",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/exe") && childFolder == nil))
  func otherProcess() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "detectron-draw-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let child = Process()
    child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    child.arguments = ["--testing-library", "swift-testing", "--filter", "childProcess"]
    child.environment = ProcessInfo.processInfo.environment.merging(
      [
        "DETECTRON_TEST_DRAW_TO": folder.path, "TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8",
        "SOURCE_DATE_EPOCH": "1", "FONTCONFIG_FILE": "/nonexistent", "HOME": folder.path,
      ]
    ) { $1 }
    child.standardOutput = FileHandle.nullDevice
    child.standardError = FileHandle.nullDevice
    try child.run()
    child.waitUntilExit()
    #expect(child.terminationStatus == 0)
    for format in ImageFormat.allCases {
      let file = folder.appending(path: "sheet.\(format.rawValue)")
      #expect(try [UInt8](Data(contentsOf: file)) == render(format))
    }
  }

  @Test("A PDF file carries a fixed date, the run and an embedded font")
  func pdf() throws {
    let text = String(decoding: try render(.pdf), as: UTF8.self)
    #expect(text.hasPrefix("%PDF-1."))
    #expect(text.contains("20000101000000Z"))
    #expect(text.contains("run: 0123abcd; predictions: feed"))
    #expect(text.contains("DejaVuSans"))
    #expect(text.contains("/FontFile"))
  }

  @Test("An SVG file carries its provenance escaped, and ids counted within the file")
  func svg() throws {
    let text = String(decoding: try render(.svg), as: UTF8.self)
    #expect(text.contains("<title>A &lt;sample&gt; &amp; more</title>"))
    #expect(text.contains("<desc>Größe über Zeit</desc>"))
    #expect(text.contains("<dc:source>run: 0123abcd</dc:source>"))
    let ids = text.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    let references = text.split(separator: "href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
    #expect(Set(references).isSubset(of: Set(ids)))
    for (index, id) in ids.enumerated() { #expect(id.hasSuffix("\(index)")) }
  }

  @Test("Ids of an SVG file are renumbered with their references, nothing else is touched")
  func renumbering() {
    let text =
      ##"<g id="glyph0-7"/><clip id="clip9"/><use xlink:href="#glyph0-7" x="#1"/>"##
      + ##"<path clip-path="url(#clip9)" fill="#abcdef"/>"##
    #expect(
      String(decoding: SVGFile.withRenumberedIDs(Array(text.utf8)), as: UTF8.self)
        == ##"<g id="glyph0"/><clip id="clip1"/><use xlink:href="#glyph0" x="#1"/>"##
        + ##"<path clip-path="url(#clip1)" fill="#abcdef"/>"##)
  }

  @Test("A PNG file carries 300 pixels an inch and its provenance in sound chunks")
  func png() throws {
    let bytes = try render(.png)
    var chunks: [(type: String, data: ArraySlice<UInt8>)] = []
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let body = bytes[place + 4..<place + 8 + length]
      let sum = bytes[place + 8 + length..<place + 12 + length].reduce(0) { $0 << 8 | UInt32($1) }
      #expect(cyclicRedundancyCheck(body) == sum)
      chunks.append((String(decoding: body.prefix(4), as: UTF8.self), body.dropFirst(4)))
      place += 12 + length
    }
    #expect(place == bytes.count)
    #expect(chunks.first?.type == "IHDR")
    #expect(chunks.last?.type == "IEND")
    let width = chunks[0].data.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    #expect(width == 2148)
    let resolution = try #require(chunks.first { $0.type == "pHYs" })
    #expect(resolution.data.elementsEqual([0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]))
    let texts = chunks.filter { $0.type == "tEXt" || $0.type == "iTXt" }
      .map { String(decoding: $0.data, as: UTF8.self) }
    #expect(texts.contains("Title\0A <sample> & more"))
    #expect(texts.contains("Source\0run: 0123abcd; predictions: feed"))
    #expect(texts.contains("Description\0\0\0\0\0Größe über Zeit"))
  }

  @Test("Bytes that are no SVG file are refused")
  func malformed() {
    #expect(throws: PlottingError.malformedOutput(format: "SVG", expected: "an <svg> element")) {
      try SVGFile.finished(Array("<html>".utf8), SampleSheets.provenance)
    }
  }
}

/// CRC-32 with the polynomial 0xEDB88320 (reflected), as annex D of the PNG standard has it.
private func cyclicRedundancyCheck(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  ~bytes.reduce(~0) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }
}

@Suite("The type face and the canvas")
struct CanvasTests {
  @Test("A missing type face names the folders and the package to install")
  func missingFont() {
    let error = PlottingError.typeFaceMissing(folders: ["/nowhere", "/neither"])
    #expect(throws: error) { try TypeFace.files(in: ["/nowhere", "/neither"]) }
    #expect(error.description.contains("/nowhere, /neither"))
    #expect(error.description.hasSuffix("install the package fonts-dejavu-core"))
  }

  @Test("The font files and the libraries are named for the record of the environment")
  func libraries() throws {
    #expect(try TypeFace.files().count == 3)
    #expect(TypeFace.libraryVersions.map(\.name) == ["cairo", "pango", "fontconfig", "zlib"])
    #expect(TypeFace.libraryVersions.allSatisfy { $0.version.contains(".") })
  }

  @Test(
    "A page without area or with too many pixels is refused",
    arguments: [
      Size(width: 0, height: 100), Size(width: 100, height: -1), Size(width: .nan, height: 100),
      Size(width: 100, height: 1e6), Size(width: .infinity, height: 1),
    ])
  func impossibleSizes(size: Size) throws {
    let text = try PangoText()
    #expect {
      _ = try CairoCanvas(size: size, format: .png, text: text)
    } throws: { error in
      guard case PlottingError.impossibleSize = error else { return false }
      return "\(error)".hasSuffix("draw fewer panels in one figure")
    }
  }

  @Test("A line of text is as wide at every scale as its size says")
  func widths() throws {
    let text = try PangoText()
    let width = text.width(of: "sensitivity 0.998", size: 7, isBold: false)
    #expect(abs(text.width(of: "sensitivity 0.998", size: 70, isBold: false) - 10 * width) < 0.2)
    #expect(text.width(of: "sensitivity", size: 7, isBold: true) > 30)
    #expect(text.width(of: "", size: 7, isBold: false) == 0)
  }

  @Test("Coordinates that are not finite and hostile words draw nothing and break nothing")
  func hostile() throws {
    for format in ImageFormat.allCases {
      let canvas = try CairoCanvas(
        size: Size(width: 100, height: 50), format: format, text: PangoText())
      let style = TextStyle(size: 7, color: .black)
      canvas.fill(Path(through: [Position(x: .nan, y: 1), Position(x: 2, y: 2)]), .black)
      canvas.stroke(Path(), Stroke(.black, width: 1))
      canvas.draw(
        "\0\u{202E}<b>&\n\t%s 👩‍⚕️ العربية", style, at: Position(x: 5, y: 20),
        anchor: TextAnchor(.start, .baseline))
      canvas.draw("x", style, at: Position(x: .infinity, y: 0), anchor: TextAnchor(.end, .top))
      let provenance = Provenance(title: "a\0b", subject: "(\\)", runID: "]]>", sources: [])
      #expect(try canvas.finish(provenance).count > 200)
    }
  }

  @Test("Text stands where its anchor says")
  func anchors() {
    let canvas = RecordingCanvas(size: Size(width: 100, height: 100))
    let style = TextStyle(size: 10, color: .black)
    let place = Position(x: 50, y: 50)
    canvas.draw("abcde", style, at: place, anchor: TextAnchor(.end, .bottom))
    canvas.draw("abcde", style, at: place, anchor: TextAnchor(.start, .top))
    canvas.draw(
      "abcde", style, at: place, anchor: TextAnchor(.middle, .bottom), direction: .upward)
    #expect(
      canvas.texts.map(\.box) == [
        Rectangle(x: 20, y: 40, width: 30, height: 10),
        Rectangle(x: 50, y: 50, width: 30, height: 10),
        Rectangle(x: 40, y: 35, width: 10, height: 30),
      ])
  }
}
