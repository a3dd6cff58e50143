import Foundation
import Testing

/// A row of the table in `docs/layers.md`.
private struct IndexedLayer: Sendable, CustomTestStringConvertible {
  /// The names between backquotes, a column each.
  let columns: [[String]]

  var name: String { columns[0].first ?? "" }
  var testDescription: String { name }

  static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) -> String {
    (try? String(contentsOf: package.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// The text of all files below a folder.
  static func texts(in folder: String) -> String {
    let url = package.appending(path: folder)
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
    return paths.sorted().filter { $0.hasSuffix(".swift") }
      .map { text("\(folder)/\($0)") }.joined(separator: "\n")
  }

  static let all: [IndexedLayer] = text("docs/layers.md").split(separator: "\n")
    .filter { $0.hasPrefix("| `") }
    .map { line in
      IndexedLayer(
        columns: line.split(separator: "|").map(String.init)
          .filter { !$0.allSatisfy(\.isWhitespace) }
          .map { $0.matches(of: /`(\w+)`/).map { String($0.1) } })
    }
}

@Suite("Index of layers")
struct LayerIndexTests {
  private static let operations = IndexedLayer.texts(in: "Sources/Neural/Operations")
  private static let references = IndexedLayer.texts(in: "Sources/Tensors/Reference")
  private static let kernels = IndexedLayer.text("Sources/CKernels/include/CKernels.h")

  @Test("Every layer has its row, in alphabetical order")
  func complete() {
    let declared = IndexedLayer.texts(in: "Sources/Neural/Layers")
      .matches(of: /public struct (\w+): (?:Recurrent)?Layer\b/).map { String($0.1) }
    #expect(!declared.isEmpty)
    #expect(IndexedLayer.all.map(\.name) == declared.sorted())
  }

  @Test("What a row names is there, and the tests build the layer", arguments: IndexedLayer.all)
  private func row(_ layer: IndexedLayer) throws {
    try #require(layer.columns.count == 5)
    for operation in layer.columns[1] {
      #expect(Self.operations.contains("struct \(operation)"), "\(operation)")
    }
    for kernel in layer.columns[2] { #expect(Self.kernels.contains("(*\(kernel))"), "\(kernel)") }
    for reference in layer.columns[3] {
      #expect(Self.references.contains("static func \(reference)"), "\(reference)")
    }
    #expect(!layer.columns[4].isEmpty)
    for test in layer.columns[4] {
      let text = IndexedLayer.text("Tests/NeuralTests/\(test).swift")
      #expect(text.contains(try Regex("\\b\(layer.name)(\\(| \\{)")), "\(test)")
    }
  }
}
