import Datasets
import Foundation

/// Finished cells and runs, as plain files outside the checkout.
///
/// `cells/<key>/` is written once, whole, and never changed; `findings/<key>.<kind>.json` holds what
/// was found out about a finished cell later; `checkpoints/<key>` says where its
/// training stands as long as it is under way; `data/<fingerprint>.json` holds what
/// figures need of a data set, `data/<fingerprint>.audit.json` what was found out about it,
/// `data/<fingerprint>.files.json` what it was read from; `runs/<name>.json` lists the cells of a
/// run, `environments/<id>.json` says what it was asked for with. Nothing appears under its name
/// before it is complete and on the disk, and each file has a hash: in the manifest of its cell, else
/// in itself. What is removed loses its name first, so that no name stands for a part of something.
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

  func checkpointPath(_ key: String) -> String { "\(root)/checkpoints/\(key)" }

  /// The store, for whoever only reads it.
  ///
  /// - Throws: `noStore` where there is none.
  public func existing() throws(ExperimentsError) -> RunStore {
    guard FileManager.default.fileExists(atPath: "\(root)/runs") else {
      throw .noStore(path: root)
    }
    return self
  }

  /// Makes the folder of the store.
  func create() throws(ExperimentsError) { try makeFolder(root) }

  private static let folders = [
    "cells", "checkpoints", "data", "data/known", "environments", "findings", "logs", "runs",
  ]

  /// Makes the folders of the store and removes what a killed process left half-written.
  ///
  /// Called under the store's lock only.
  ///
  /// - Throws: `file` where one cannot be written into: known before anything is trained for it.
  func prepare() throws(ExperimentsError) {
    for folder in Self.folders {
      try makeFolder("\(root)/\(folder)")
      try checkWritable("\(root)/\(folder)")
      do { try AtomicFile.removeLeftovers(in: "\(root)/\(folder)") } catch { throw .data(error) }
    }
    let cells = "\(root)/cells"
    for name in try names(in: cells) where name.hasSuffix(Self.partial) {
      try remove("\(cells)/\(name)")
    }
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
    if FileManager.default.fileExists(atPath: path) { try remove(path) }
  }
}
