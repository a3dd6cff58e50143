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
  func names(in subfolder: String = "") throws(ReportError) -> [String] {
    var names: [String] = []
    try attempt(subfolder) { names = try FileManager.default.contentsOfDirectory(atPath: $0) }
    return names.sorted()
  }

  /// The bytes of a file; `nil` where there is none that can be read.
  func contents(of name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: location(of: name)).map { Array($0) }
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
