import Foundation

/// Tests of the program that have a folder of their own.
protocol CommandSuite {
  /// Where the test may write.
  var folder: URL { get }
}

extension CommandSuite {
  /// A new, empty folder.
  static func newFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// The place of a file in the folder.
  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Writes a file into the folder and returns its place.
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return path(name)
  }

  /// Options of a study that is trained within a second.
  var quickStudy: [String] {
    [
      "--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--epochs", "1", "--store",
      path("store"),
    ]
  }
}
