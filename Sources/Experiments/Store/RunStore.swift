import Datasets
import Foundation
import Neural

/// Finished cells and runs, as plain files outside the checkout.
///
/// `cells/<key>/` is written once, whole, and never changed; `findings/<key>.<kind>.json` holds what
/// was found out about a finished cell later; `checkpoints/<key>` says where its
/// training stands as long as it is under way; `data/<fingerprint>.json` holds what
/// figures need of a data set, `data/<fingerprint>.audit.json` what was found out about it,
/// `data/<fingerprint>.files.json` what it was read from; `runs/<name>.json` lists the cells of a
/// run, `environments/<id>.json` says what they were trained with. Nothing appears under its name
/// before it is complete and on the disk, and each file has a hash: in the manifest of its cell, else
/// in itself.
public struct RunStore: Sendable {
  /// The folder of the store.
  public let root: String

  /// A store in a folder, which need not exist yet.
  public init(root: String) {
    self.root = root
  }

  /// `DETECTRON_STORE`, else `detectron` in `XDG_DATA_HOME`, else in `~/.local/share`.
  public static func defaultRoot(_ environment: [String: String]) -> String {
    if let root = environment["DETECTRON_STORE"], !root.isEmpty { return root }
    if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return "\(data)/detectron" }
    return "\(environment["HOME"] ?? ".")/.local/share/detectron"
  }

  /// The folder of a finished cell of a run.
  public func folder(of cell: RunRecord.Cell) -> String { cellFolder(cell.key) }

  func cellFolder(_ key: String) -> String { "\(root)/cells/\(key)" }
  func checkpointPath(_ key: String) -> String { "\(root)/checkpoints/\(key)" }
  /// Whether the cell is finished.
  func contains(_ key: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(cellFolder(key))/\(CellFile.manifest)")
  }

  /// Makes the folder of the store.
  func create() throws(ExperimentsError) { try makeFolder(root) }

  /// When the cell was finished, as the file system has it; used to find the newest only.
  func finishedDate(of key: String) -> Date {
    let path = "\(cellFolder(key))/\(CellFile.manifest)"
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.modificationDate] as? Date ?? .distantPast
  }

  /// Removes a finished cell.
  func discard(_ key: String) throws(ExperimentsError) {
    try attempt("remove", cellFolder(key)) {
      try FileManager.default.removeItem(atPath: cellFolder(key))
    }
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

  private static let folders = [
    "cells", "checkpoints", "data", "data/known", "environments", "findings", "logs", "runs",
  ]

  /// The hashes of a finished cell's files; `nil` where they cannot be read.
  func manifest(of key: String) -> Manifest? {
    try? decode("\(cellFolder(key))/\(CellFile.manifest)")
  }

  /// Makes the folders of the store and removes what a killed process left half-written.
  ///
  /// Called under the store's lock only.
  func prepare() throws(ExperimentsError) {
    for folder in Self.folders {
      try makeFolder("\(root)/\(folder)")
      do { try AtomicFile.removeLeftovers(in: "\(root)/\(folder)") } catch { throw .data(error) }
    }
    let cells = "\(root)/cells"
    for name in try names(in: cells) where name.hasSuffix(".partial") {
      try attempt("remove", "\(cells)/\(name)") {
        try FileManager.default.removeItem(atPath: "\(cells)/\(name)")
      }
    }
  }

  /// Writes a finished cell; its folder appears when all of it is on the disk.
  func write(_ files: [(name: String, bytes: [UInt8])], cell key: String) throws(ExperimentsError) {
    let partial = "\(root)/cells/\(key).partial"
    if FileManager.default.fileExists(atPath: partial) {
      try attempt("remove", partial) { try FileManager.default.removeItem(atPath: partial) }
    }
    try makeFolder(partial)
    let manifest = Manifest(
      files: Dictionary(
        uniqueKeysWithValues: files.filter { !CellFile.measured.contains($0.name) }.map {
          ($0.name, Hash.sha256($0.bytes))
        }))
    for file in files { try write(file.bytes, to: "\(partial)/\(file.name)") }
    try write(try json(manifest), to: "\(partial)/\(CellFile.manifest)")
    // One that came without weights is replaced by the whole one.
    if contains(key) { try discard(key) }
    try attempt("rename", partial) {
      try FileManager.default.moveItem(atPath: partial, toPath: cellFolder(key))
    }
    do { try AtomicFile.synchronizeFolder(of: cellFolder(key)) } catch { throw .data(error) }
    try removeCheckpoint(key)
  }

  /// Where the training of a cell stands, and the seconds that it took; `nil` where none is under
  /// way.
  ///
  /// - Throws: `damagedStore` where the file is not what was written.
  func checkpoint(
    _ key: String
  ) throws(ExperimentsError) -> (checkpoint: TrainingCheckpoint, seconds: Double)? {
    let path = checkpointPath(key)
    guard let bytes = try contents(ifThere: path) else { return nil }
    guard let decoded = CheckpointFile.decode(bytes, cell: key) else {
      throw .damagedStore(path: path, problem: "it is not what was written")
    }
    return decoded
  }

  /// Keeps where a training stands.
  func keep(
    _ checkpoint: TrainingCheckpoint, seconds: Double, cell key: String
  ) throws(ExperimentsError) {
    try write(
      CheckpointFile.encode(checkpoint, seconds: seconds, cell: key), to: checkpointPath(key))
  }

  /// Removes what says where a training stands, so that it begins anew.
  func removeCheckpoint(_ key: String) throws(ExperimentsError) {
    let path = checkpointPath(key)
    guard FileManager.default.fileExists(atPath: path) else { return }
    try attempt("remove", path) { try FileManager.default.removeItem(atPath: path) }
  }

  /// What a finished cell took; `nil` where that is not known.
  ///
  /// - Throws: `damagedTiming` where it is not what was written.
  public func timing(of key: String) throws(ExperimentsError) -> CellTiming? {
    let path = "\(cellFolder(key))/\(CellFile.timing)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let timing: CellTiming = try ifWhole({ () throws(ExperimentsError) in try decode(path) })
    else { throw .damagedTiming(path: path) }
    return timing
  }

  /// The bytes of a finished cell's file, checked against its manifest.
  func read(_ name: String, cell key: String) throws(ExperimentsError) -> [UInt8] {
    let folder = cellFolder(key)
    let manifest: Manifest = try decode("\(folder)/\(CellFile.manifest)")
    let bytes = try contents("\(folder)/\(name)")
    guard manifest.files[name] == Hash.sha256(bytes) else {
      throw .damagedStore(path: "\(folder)/\(name)", problem: "the bytes are not those written")
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

  /// The names of all files of a finished cell that are computed.
  func computedFiles(of key: String) throws(ExperimentsError) -> [String] {
    let manifest: Manifest = try decode("\(cellFolder(key))/\(CellFile.manifest)")
    return manifest.files.keys.sorted()
  }

  /// The keys of all finished cells.
  func finishedCells() throws(ExperimentsError) -> [String] {
    guard FileManager.default.fileExists(atPath: "\(root)/cells") else { return [] }
    return try names(in: "\(root)/cells").filter(contains)
  }
}
