import Datasets
import Foundation

/// How cells come and go: a name in `cells` stands for a whole cell at every moment.
extension RunStore {
  /// Ends the name of what is being written or removed; the next run sweeps it away.
  static let partial = ".partial"

  /// Writes a finished cell; its folder appears when all of it is on the disk. One that is there, as
  /// it came without weights or is damaged, is replaced.
  func write(_ files: [(name: String, bytes: [UInt8])], cell key: String) throws(ExperimentsError) {
    let partial = cellFolder(key) + Self.partial
    if FileManager.default.fileExists(atPath: partial) { try remove(partial) }
    try makeFolder(partial)
    let computed = files.filter { !CellFile.measured.contains($0.name) }
    let manifest = Manifest(
      files: Dictionary(uniqueKeysWithValues: computed.map { ($0.name, Hash.sha256($0.bytes)) }))
    for file in files { try write(file.bytes, to: "\(partial)/\(file.name)") }
    try write(try json(manifest), to: "\(partial)/\(CellFile.manifest)")
    let old = contains(key) ? try moveAside(key) : nil
    try move(partial, to: cellFolder(key))
    if let old { try remove(old) }
    try removeCheckpoint(key)
  }

  /// Removes a finished cell.
  func discard(_ key: String) throws(ExperimentsError) { try remove(try moveAside(key)) }

  /// Takes a cell its name, in one step; returns where it is then.
  private func moveAside(_ key: String) throws(ExperimentsError) -> String {
    let place = "\(cellFolder(key)).old\(Self.partial)"
    if FileManager.default.fileExists(atPath: place) { try remove(place) }
    try move(cellFolder(key), to: place)
    return place
  }
}
