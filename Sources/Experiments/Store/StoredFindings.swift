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
    guard
      let file = try ifWhole({ () throws(ExperimentsError) -> FindingFile<Finding> in
        try decode(path)
      }), file.cell == key,
      Hash.sha256(try json(file.finding)) == file.hash
    else { throw .damagedFinding(path: path) }
    return file.finding
  }

  /// Whether a finding is what was written, or is not there.
  ///
  /// - Throws: `file` where it cannot be read.
  func isWhole(_ kind: ProbeKind, cell key: String) throws(ExperimentsError) -> Bool {
    let whole: Void? = try ifWhole { () throws(ExperimentsError) in
      switch kind {
      case .mistakes: _ = try finding(kind, cell: key) as MistakesFile?
      case .robustness: _ = try finding(kind, cell: key) as RobustnessFile?
      case .explanations: _ = try finding(kind, cell: key) as ExplanationFile?
      }
    }
    return whole != nil
  }

  /// The findings about a cell that are not what was written.
  private func damagedFindings(about key: String) throws(ExperimentsError) -> [ProbeKind] {
    var damaged: [ProbeKind] = []
    for kind in ProbeKind.allCases {
      if try !isWhole(kind, cell: key) { damaged.append(kind) }
    }
    return damaged
  }

  /// Removes findings about a cell that are not what was written, so that they are made again; those
  /// that nobody has touched since they were compared are not read.
  ///
  /// - Parameter canBeFoundAgain: Whether what such a finding is made from is there.
  /// - Returns: The paths.
  /// - Throws: `lostFinding` where it is not; then the file stays, since a report without it would
  ///   silently show less.
  func discardDamagedFindings(
    about key: String, _ checked: inout CheckedCells, canBeFoundAgain: (ProbeKind) -> Bool
  ) throws(ExperimentsError) -> [String] {
    let state = ProbeKind.allCases.map { FileState(findingPath($0, cell: key)).text }
      .joined(separator: "\n")
    let place = "findings of \(key)"
    if checked.holds(place, state: state) { return [] }
    let kinds = try damagedFindings(about: key)
    checked.note(place, state: kinds.isEmpty ? state : nil)
    if let lost = kinds.first(where: { !canBeFoundAgain($0) }) {
      throw .lostFinding(path: findingPath(lost, cell: key))
    }
    let damaged = kinds.map { findingPath($0, cell: key) }
    for path in damaged {
      try remove(path)
    }
    return damaged
  }

  /// Copies what was found out about a cell into another store; what the other has found stays
  /// unless it is to be replaced, or is damaged.
  ///
  /// - Throws: `damagedFinding` where it is not what was written.
  func copyFindings(
    about key: String, to other: RunStore, replaces: Bool
  ) throws(ExperimentsError) {
    if let kind = try damagedFindings(about: key).first {
      throw .damagedFinding(path: findingPath(kind, cell: key))
    }
    for kind in ProbeKind.allCases {
      let path = findingPath(kind, cell: key)
      let target = other.findingPath(kind, cell: key)
      guard let bytes = try contents(ifThere: path) else { continue }
      if !replaces, FileManager.default.fileExists(atPath: target),
        try other.isWhole(kind, cell: key)
      {
        continue
      }
      try other.write(SealedJSON.sealed(bytes), to: target)
    }
  }
}
