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

  /// Makes the folders of the files.
  func create(for files: [RenderedFile]) throws(ReportError) {
    for subfolder in Set(files.map { Self.folder(of: $0.path) }).sorted() {
      try OutputFolder(path: path).create(subfolder)
    }
  }

  /// Writes the files, each whole or not at all, then removes tables of earlier reports.
  func write(_ files: [RenderedFile]) throws(ReportError) {
    let folder = OutputFolder(path: path)
    try folder.write(files.map { ($0.path, $0.bytes) })
    try removeStaleTables(of: folder, keeping: Set(files.map(\.path)))
  }

  /// Removes what an earlier report wrote and this one does not.
  private func removeStaleTables(
    of folder: OutputFolder, keeping kept: Set<String>
  ) throws(ReportError) {
    for path in try staleTables(keeping: kept) { try folder.remove(path) }
  }

  /// Tables that an earlier report wrote and this one does not: those with all three formats' names,
  /// as every report writes them.
  func staleTables(keeping kept: Set<String>) throws(ReportError) -> [String] {
    let names = try OutputFolder(path: path).names(in: "tables", ifThere: true)
    let present = Set(names)
    return names.filter { $0.hasSuffix(".csv") && !kept.contains("tables/\($0)") }.flatMap { name in
      let table = String(name.dropLast(4))
      let own = ["csv", "md", "tex"].map { "\(table).\($0)" }
      return Self.isTableOfAReport(table) && own.allSatisfy(present.contains)
        ? own.map { "tables/\($0)" } : []
    }
  }

  /// Whether a name is one that a report gives to a table: that of a catalogued table, and a task.
  private static func isTableOfAReport(_ name: String) -> Bool {
    Identifier(name).text == name && allTables.contains { name.hasPrefix("\($0.id)-") }
  }

  private static func folder(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The components of a path from the root, without `.` and `..`.
  private static func components(of path: String) -> [String] {
    URL(filePath: path).standardizedFileURL.pathComponents
  }
}
