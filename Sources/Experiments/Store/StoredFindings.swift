import Datasets
import Foundation

/// What is looked for in a finished cell.
enum ProbeKind: String, CaseIterable {
  /// The mistakes that it was surest of.
  case mistakes
  /// What its weights answer where rows are disturbed.
  case robustness
  /// Which samples its answers rest on.
  case explanations
}

/// A finding with the cell that it is about, the version of the sources that found it and its own
/// hash, which is all that findings of earlier programs have.
private struct FindingFile<Finding: Codable>: Codable {
  let cell: String
  let version: String
  let hash: String
  let finding: Finding
}

/// The part of a finding's file that says whether it has to be found again.
private struct FindingVersion: Decodable {
  let cell: String
  let version: String
}

/// What was found out about finished cells: `findings/<key>.<kind>.json`, beside the cells, whose
/// folders are closed.
extension RunStore {
  func findingPath(_ kind: ProbeKind, cell key: String) -> String {
    "\(root)/findings/\(key).\(kind.rawValue).json"
  }

  /// Whether there is a finding that the program as it is would make again.
  func hasCurrentFinding(_ kind: ProbeKind, cell key: String) -> Bool {
    FileManager.default.contents(atPath: findingPath(kind, cell: key))
      .flatMap { try? JSONDecoder().decode(FindingVersion.self, from: $0) }
      .map { $0.cell == key && $0.version == NumericVersion.probes } ?? false
  }

  /// Writes what was found out about a cell.
  func write(
    _ finding: some Codable, _ kind: ProbeKind, cell key: String
  ) throws(ExperimentsError) {
    let file = FindingFile(
      cell: key, version: NumericVersion.probes, hash: Hash.sha256(try json(finding)),
      finding: finding)
    try write(sealed: file, to: findingPath(kind, cell: key))
  }

  /// What was found out about a cell; `nil` where nobody has looked.
  func finding<Finding: Codable>(
    _ kind: ProbeKind, cell key: String
  ) throws(ExperimentsError) -> Finding? {
    let path = findingPath(kind, cell: key)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let file: FindingFile<Finding> = try? decode(path), file.cell == key,
      Hash.sha256(try json(file.finding)) == file.hash
    else { throw .damagedFinding(path: path) }
    return file.finding
  }

  /// The paths of findings about a cell that are not what was written.
  func damagedFindings(about key: String) -> [String] {
    ProbeKind.allCases.filter { kind in
      do {
        switch kind {
        case .mistakes: _ = try finding(kind, cell: key) as MistakesFile?
        case .robustness: _ = try finding(kind, cell: key) as RobustnessFile?
        case .explanations: _ = try finding(kind, cell: key) as ExplanationFile?
        }
        return false
      } catch { return true }
    }.map { findingPath($0, cell: key) }
  }

  /// Removes findings about a cell that are not what was written, so that they are made again; those
  /// that nobody has touched since they were compared are not read.
  ///
  /// - Returns: The paths.
  func discardDamagedFindings(
    about key: String, _ checked: inout CheckedCells
  ) throws(ExperimentsError) -> [String] {
    let state = ProbeKind.allCases.map { FileState(findingPath($0, cell: key)).text }
      .joined(separator: "\n")
    let place = "findings of \(key)"
    if checked.holds(place, state: state) { return [] }
    let damaged = damagedFindings(about: key)
    checked.note(place, state: damaged.isEmpty ? state : nil)
    for path in damaged {
      try attempt("remove", path) { try FileManager.default.removeItem(atPath: path) }
    }
    return damaged
  }

  /// Copies what was found out about a cell into another store; what the other has found stays
  /// unless it is to be replaced.
  ///
  /// - Throws: `damagedFinding` where it is not what was written.
  func copyFindings(
    about key: String, to other: RunStore, replaces: Bool
  ) throws(ExperimentsError) {
    if let path = damagedFindings(about: key).first { throw .damagedFinding(path: path) }
    for kind in ProbeKind.allCases {
      let path = findingPath(kind, cell: key)
      let target = other.findingPath(kind, cell: key)
      guard let data = FileManager.default.contents(atPath: path),
        replaces || !FileManager.default.fileExists(atPath: target)
      else { continue }
      try other.write(SealedJSON.sealed(Array(data)), to: target)
    }
  }
}
