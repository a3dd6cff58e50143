import Foundation
import Testing

/// The rooms of the house, from the bottom to the top: a room may use only what stands below it.
private let rooms = [
  "CKernels", "CCairo", "CZlib", "Tensors", "Neural", "ECG", "Statistics", "Plotting", "Documents",
  "Typesetting", "Datasets", "Models", "Experiments", "ArrhythmiaReport", "detectron",
]

/// Arrows that point down and are still wrong: a model knows no data, the report never trains,
/// pure rooms know nothing of the study.
private let forbidden = [
  "Models": ["Datasets", "ECG", "Statistics"], "ArrhythmiaReport": ["Neural", "Tensors", "CCairo"],
  "Statistics": ["Neural", "ECG"], "Documents": ["Statistics", "Plotting"],
  "Plotting": ["Statistics", "Neural", "ECG"],
]

/// A source file, with its comments and the contents of its one-line strings taken out.
private struct SourceFile {
  let path: String
  let code: String

  static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init(_ path: String) throws {
    self.path = path
    let text = try String(contentsOf: Self.package.appending(path: path), encoding: .utf8)
    code = text.split(separator: "\n").map { line in
      line.replacing(/"(?:[^"\\]|\\.)*"/, with: "\"\"").replacing(/\/\/.*/, with: "")
    }.joined(separator: "\n")
  }

  static func all(in room: String) throws -> [SourceFile] {
    let folder = package.appending(path: "Sources/\(room)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let suffixes = ["swift", "c", "h", "inc"]
    return try paths.filter { suffixes.contains(URL(filePath: $0).pathExtension) }
      .map { try SourceFile("Sources/\(room)/\($0)") }
  }

  var imports: [String] {
    code.matches(of: /(?m)^\s*(?:@\w+\s+)*(?:\w+\s+)?import\s+(?:\w+\s+)?(\w+)/)
      .map { String($0.1) }
  }
}

@Suite("Rooms and arrows") struct RoomsTests {
  private func declared() throws -> [String: [String]] {
    let url = SourceFile.package.appending(path: "Package.swift")
    let text = try String(contentsOf: url, encoding: .utf8)
    var result: [String: [String]] = [:]
    for match in text.matches(of: /room\(\s*"(\w+)",\s*\[([^\]]*)\]/) {
      result[String(match.1)] = match.2.matches(of: /"(\w+)"/).map { String($0.1) }
    }
    let program = try #require(
      text.firstMatch(of: /name: "detectron",\s*dependencies: \[\s*("[^\]]*)\]/))
    result["detectron"] = program.1.matches(of: /"(\w+)"/).map { String($0.1) }
    return result
  }

  @Test("The package description draws every arrow downwards")
  func arrows() throws {
    let declared = try declared()
    #expect(declared.keys.sorted() == rooms.filter { !$0.hasPrefix("C") }.sorted())
    for (room, dependencies) in declared.sorted(by: { $0.key < $1.key }) {
      let height = try #require(rooms.firstIndex(of: room))
      for dependency in dependencies {
        let depth = try #require(rooms.firstIndex(of: dependency), "\(dependency) is no room")
        #expect(depth < height, "\(room) → \(dependency) points up")
        #expect(forbidden[room]?.contains(dependency) != true, "\(room) → \(dependency)")
      }
    }
  }

  @Test("A source file imports only what its room declares")
  func imports() throws {
    let declared = try declared()
    for room in rooms where !room.hasPrefix("C") {
      for file in try SourceFile.all(in: room) {
        for name in file.imports where rooms.contains(name) {
          #expect(declared[room]?.contains(name) == true, "\(file.path) imports \(name)")
        }
      }
    }
  }

  @Test("Only the Cairo canvas draws with Cairo")
  func cairo() throws {
    for room in rooms where room != "Plotting" {
      for file in try SourceFile.all(in: room) {
        #expect(!file.imports.contains("CCairo"), "\(file.path)")
      }
    }
    for file in try SourceFile.all(in: "Plotting") where file.imports.contains("CCairo") {
      #expect(file.path.contains("/Cairo/"), "\(file.path)")
    }
  }

  @Test("What feeds a training calls no mathematics of the C library or Foundation")
  func mathematics() throws {
    let functions = [
      "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "pow", "sin", "cos", "tan", "asin",
      "acos", "atan", "atan2", "sinh", "cosh", "tanh", "erf", "erfc", "tgamma", "lgamma", "cbrt",
      "hypot",
    ]
    let names = Set(functions + functions.map { $0 + "f" })
    let unwanted: Set = ["Numerics", "RealModule", "Accelerate"]
    let libraries: Set = ["Foundation", "Glibc", "Musl", "Darwin", "Double", "Float"]
    for room in ["CKernels", "Tensors", "Neural", "Models", "ECG", "Datasets", "Experiments"] {
      for file in try SourceFile.all(in: room) {
        #expect(unwanted.isDisjoint(with: file.imports), "\(file.path)")
        let isElementary = file.path.contains("/Elementary")
        for match in file.code.matches(of: /(func\s+|[\w\)\]]*\.)?\b(\w+)\s*\(/) {
          guard names.contains(String(match.2)) else { continue }
          let qualifier = match.1.map { $0.trimmingCharacters(in: [" ", "."]) }
          let isOwn = qualifier.map { !libraries.contains($0) } ?? isElementary
          #expect(isOwn, "\(file.path) calls \(match.2)")
        }
      }
    }
  }
}
