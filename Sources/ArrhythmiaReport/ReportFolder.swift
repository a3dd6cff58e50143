import Documents
import Foundation

/// The folder of a report on disk.
struct ReportFolder {
  /// The folder.
  let path: String

  /// The path from this folder to another one; both may be relative to the working directory.
  func relativePath(to other: String) -> String {
    let (from, to) = (Self.components(of: path), Self.components(of: other))
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let steps = from.dropFirst(shared).map { _ in ".." } + to.dropFirst(shared)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }

  /// Writes the files, each whole or not at all, then removes tables of earlier reports.
  func write(_ files: [RenderedFile]) throws(ReportError) {
    for folder in Set(files.map { Self.folder(of: $0.path) }).sorted() {
      try attempt(folder) { url in
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      }
    }
    for file in files {
      try attempt(file.path) { try Data(file.bytes).write(to: $0, options: .atomic) }
    }
    try removeStaleTables(keeping: Set(files.map(\.path)))
  }

  /// Removes what an earlier report wrote and this one does not: tables with all three formats'
  /// names, as every report writes them.
  private func removeStaleTables(keeping paths: Set<String>) throws(ReportError) {
    let suffixes = ["csv", "md", "tex"]
    var names: [String] = []
    try attempt("tables") { names = try FileManager.default.contentsOfDirectory(atPath: $0.path) }
    let present = Set(names)
    for name in names.sorted() where name.hasSuffix(".csv") {
      let table = String(name.dropLast(4))
      let own = suffixes.map { "\(table).\($0)" }
      let isOurs = Self.isTableOfAReport(table) && own.allSatisfy(present.contains)
      guard isOurs, !paths.contains("tables/\(name)") else { continue }
      for name in own {
        try attempt("tables/\(name)") { try FileManager.default.removeItem(at: $0) }
      }
    }
  }

  /// Whether a name is one that a report gives to a table: that of a catalogued table, and a task.
  private static func isTableOfAReport(_ name: String) -> Bool {
    Identifier(name).text == name && allTables.contains { name.hasPrefix("\($0.id)-") }
  }

  private func attempt(_ file: String, _ action: (URL) throws -> Void) throws(ReportError) {
    let url = URL(filePath: path).appending(path: file)
    do {
      try action(url)
    } catch {
      throw .cannotWrite(path: url.path, problem: error.localizedDescription)
    }
  }

  private static func folder(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The components of a path from the root, without `.` and `..`.
  private static func components(of path: String) -> [String] {
    URL(filePath: path).standardizedFileURL.pathComponents
  }
}
