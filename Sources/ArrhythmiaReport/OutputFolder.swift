import Datasets
import Foundation

/// A folder that the report or the figures are written to.
struct OutputFolder {
  /// The folder.
  let path: String

  /// Makes the folder, or one in it, with those above; removes what killed processes left there.
  func create(_ subfolder: String = "") throws(ReportError) {
    try attempt(subfolder) {
      try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: true)
      try AtomicFile.removeLeftovers(in: $0)
    }
  }

  /// Writes files, each whole and brought to the disk, or not at all; several at once, as most of
  /// the time is waiting for the disk.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws(ReportError) {
    let results = files.concurrentMap { file in
      Result { () throws(ReportError) in try write(file.bytes, to: file.name) }
    }
    for result in results { try result.get() }
  }

  private func write(_ bytes: [UInt8], to name: String) throws(ReportError) {
    do throws(DatasetsError) {
      try AtomicFile.write(bytes, to: location(of: name))
    } catch {
      throw .file(error)
    }
  }

  /// The names in the folder, or in one in it, in order.
  ///
  /// - Parameter ifThere: Whether a folder that is not there has none, instead of being an error.
  func names(
    in subfolder: String = "", ifThere: Bool = false
  ) throws(ReportError) -> [String] {
    var names: [String] = []
    let isThere = FileManager.default.fileExists(atPath: location(of: subfolder))
    guard isThere || !ifThere else { return [] }
    try attempt(subfolder) { names = try FileManager.default.contentsOfDirectory(atPath: $0) }
    return names.sorted()
  }

  /// The paths of all files below the folder, in order, without those below some of its folders.
  func files(outside folders: [String]) throws(ReportError) -> [String] {
    var found: [String] = []
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    try attempt("") { root in
      found = try FileManager.default.subpathsOfDirectory(atPath: root).filter { file in
        let type = try FileManager.default.attributesOfItem(atPath: "\(root)/\(file)")[.type]
        return type as? FileAttributeType != .typeDirectory
          && !folders.contains { file.hasPrefix("\($0)/") }
      }
    }
    return found.sorted()
  }

  /// The bytes of a file; `nil` where there is none that can be read.
  func contents(of name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: location(of: name)).map { Array($0) }
  }

  /// The paths of those files that are not there with these bytes.
  func changed(by files: [(name: String, bytes: [UInt8])]) -> [String] {
    files.filter { contents(of: $0.name) != $0.bytes }.map { location(of: $0.name) }
  }

  /// Removes a file.
  func remove(_ name: String) throws(ReportError) {
    try attempt(name) { try FileManager.default.removeItem(atPath: $0) }
  }

  private func attempt(_ name: String, _ action: (String) throws -> Void) throws(ReportError) {
    do {
      try action(location(of: name))
    } catch {
      throw .cannotWrite(path: location(of: name), problem: error.localizedDescription)
    }
  }

  private func location(of name: String) -> String { name.isEmpty ? path : "\(path)/\(name)" }
}
