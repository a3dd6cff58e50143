import Datasets
import Foundation
import Neural

/// What finished cells hold, compared with their hashes whenever it is read.
extension RunStore {
  func cellFolder(_ key: String) -> String { "\(root)/cells/\(key)" }

  /// Whether something stands under the cell's name: a finished cell, or a damaged one.
  func contains(_ key: String) -> Bool {
    FileManager.default.fileExists(atPath: cellFolder(key))
  }

  /// The keys of all finished cells.
  func finishedCells() throws(ExperimentsError) -> [String] {
    try names(in: "cells", ifThere: true).filter { !$0.hasPrefix(".") }
  }

  /// When the cell was finished, as the file system has it; used to find the newest only.
  func finishedDate(of key: String) -> Date {
    let path = "\(cellFolder(key))/\(CellFile.manifest)"
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.modificationDate] as? Date ?? .distantPast
  }

  /// Whether the files of a finished cell are those written.
  ///
  /// - Throws: `file` where one cannot be read, which says nothing about it.
  func isIntact(_ key: String) throws(ExperimentsError) -> Bool {
    let whole: Void? = try ifWhole { () throws(ExperimentsError) in
      for name in try computedFiles(of: key) { _ = try read(name, cell: key) }
    }
    return whole != nil
  }

  /// The hashes of a finished cell's files.
  ///
  /// - Throws: `damagedStore` where they are not what was written, or those of another cell: a key is
  ///   the hash of the description.
  func manifest(of key: String) throws(ExperimentsError) -> Manifest {
    let path = "\(cellFolder(key))/\(CellFile.manifest)"
    let manifest: Manifest = try decode(path)
    guard manifest.files[CellFile.description] == key else {
      throw .damagedStore(path: path, problem: "it is that of another cell")
    }
    return manifest
  }

  /// The names of all files of a finished cell that are computed.
  func computedFiles(of key: String) throws(ExperimentsError) -> [String] {
    try manifest(of: key).files.keys.sorted()
  }

  /// The bytes of a finished cell's file, checked against its manifest.
  func read(_ name: String, cell key: String) throws(ExperimentsError) -> [UInt8] {
    let manifest = try manifest(of: key)
    let path = "\(cellFolder(key))/\(name)"
    let bytes = try contents(path)
    guard manifest.files[name] == Hash.sha256(bytes) else {
      throw .damagedStore(path: path, problem: "the bytes are not those written")
    }
    return bytes
  }

  /// The value of a finished cell's JSON file.
  func decoded<Value: Decodable>(
    _ name: String, cell key: String
  ) throws(ExperimentsError) -> Value {
    let bytes = try read(name, cell: key)
    do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch {
      throw .damagedStore(
        path: "\(cellFolder(key))/\(name)", problem: "it is not what was written")
    }
  }

  /// The weights of a finished cell.
  func weights(cell key: String) throws(ExperimentsError) -> [NamedTensor] {
    let bytes = try read(CellFile.weights, cell: key)
    do { return try SafeTensors.decode(bytes) } catch { throw .weights(error) }
  }

  /// Labels and probabilities of a finished cell, in 16 bits, from whichever form it holds.
  func answers(_ part: CellFile.Answers, cell key: String) throws(ExperimentsError)
    -> PackedPredictions
  {
    let isPacked = FileManager.default.fileExists(atPath: "\(cellFolder(key))/\(part.packed)")
    let name = isPacked ? part.packed : part.full
    let path = "\(cellFolder(key))/\(name)"
    let bytes = try read(name, cell: key)
    do {
      return isPacked
        ? try PackedPredictions(bytes, path: path)
        : PackedPredictions(try PredictionsFile(NPZFile(bytes, path: path), path: path))
    } catch { throw .data(error) }
  }

  /// Whether a finished cell holds weights that others can begin with.
  func hasWeights(_ key: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(cellFolder(key))/\(CellFile.weights)")
  }
}
