import Datasets
import Foundation

/// Which finished cells were compared with their hashes, and in what state their files were then:
/// what nobody has changed since need not be read again by every run. Whatever is used of a cell is
/// compared all the same when it is read.
struct CheckedCells: Codable, Equatable {
  private var states: [String: String] = [:]

  /// Whether the files of a cell are as they were when they were compared.
  func holds(_ key: String, state: String?) -> Bool { state != nil && states[key] == state }

  /// Takes note of a cell, or forgets it.
  mutating func note(_ key: String, state: String?) { states[key] = state }
}

extension RunStore {
  private var checkedPath: String { "\(root)/data/known/cells.json" }

  /// What was compared so far.
  func checkedCells() -> CheckedCells {
    (try? decode(checkedPath)) ?? CheckedCells()
  }

  /// Keeps what was compared.
  func remember(_ checked: CheckedCells) throws(ExperimentsError) {
    try write(sealed: checked, to: checkedPath)
  }

  /// Whether a cell is in the store with the bytes that were written; changes nothing.
  func isWhole(_ key: String, _ checked: CheckedCells) throws(ExperimentsError) -> Bool {
    guard contains(key) else { return false }
    if checked.holds(key, state: fileState(of: key)) { return true }
    return try isIntact(key)
  }

  /// Removes a finished cell whose files are not those written; says whether it did.
  ///
  /// - Throws: `file` where a file cannot be read; then nothing is removed.
  func discardIfDamaged(
    _ key: String, _ checked: inout CheckedCells
  ) throws(ExperimentsError) -> Bool {
    guard contains(key) else { return false }
    let state = fileState(of: key)
    if checked.holds(key, state: state) { return false }
    let isWhole = try isIntact(key)
    checked.note(key, state: isWhole ? state : nil)
    if !isWhole { try discard(key) }
    return !isWhole
  }

  /// The state of a cell's manifest and of every file that it names; `nil` where the manifest is none,
  /// or that of another cell.
  private func fileState(of key: String) -> String? {
    guard let files = try? computedFiles(of: key) else { return nil }
    return ([CellFile.manifest] + files)
      .map { "\($0) \(FileState("\(cellFolder(key))/\($0)").text)" }
      .joined(separator: "\n")
  }
}
