public import Datasets
import Foundation

/// A file about a data set: `data/<fingerprint>.<suffix>`.
enum DataFile: String, CaseIterable {
  /// What figures need of it.
  case summary = "json"
  /// What was found out about it.
  case audit = "audit.json"
  /// What it was read from.
  case files = "files.json"
  /// Hashes of its parts.
  case parts = "parts.json"
  /// Which trainings were evaluated on its test rows.
  case testEvaluations = "tested.json"

  /// The kind of a file of that name.
  init?(name: String) {
    guard let dot = name.firstIndex(of: ".") else { return nil }
    self.init(rawValue: String(name[name.index(after: dot)...]))
  }
}

/// The files that a data set was read from; an earlier program wrote the list alone.
private struct FileList: Codable {
  let files: [DataFiles.Content]
}

/// What a store knows of data sets, by their fingerprints.
extension RunStore {
  func path(_ file: DataFile, _ fingerprint: String) -> String {
    "\(root)/data/\(fingerprint).\(file.rawValue)"
  }

  func has(_ file: DataFile, _ fingerprint: String) -> Bool {
    FileManager.default.fileExists(atPath: path(file, fingerprint))
  }

  /// Writes what figures need of a data set.
  func write(_ summary: DatasetSummary) throws(ExperimentsError) {
    try write(sealed: summary, to: path(.summary, summary.fingerprint))
  }

  /// What figures need of the data set with the fingerprint.
  func summary(_ fingerprint: String) throws(ExperimentsError) -> DatasetSummary {
    let path = path(.summary, fingerprint)
    let summary: DatasetSummary = try decode(path)
    guard summary.fingerprint == fingerprint else {
      throw .damagedStore(path: path, problem: "it is about other data")
    }
    return summary
  }

  /// Writes what was found out about a data set.
  func write(_ audit: DataAudit) throws(ExperimentsError) {
    try write(sealed: audit, to: path(.audit, audit.fingerprint))
  }

  /// What was found out about the data set with the fingerprint; `nil` where nobody has looked.
  ///
  /// - Throws: `damagedStore` where it is not what was written.
  func audit(_ fingerprint: String) throws(ExperimentsError) -> DataAudit? {
    has(.audit, fingerprint) ? try decode(path(.audit, fingerprint)) : nil
  }

  /// Writes which files the data set was read from.
  func write(
    _ files: [DataFiles.Content], readFor fingerprint: String
  ) throws(ExperimentsError) {
    try write(sealed: FileList(files: files), to: path(.files, fingerprint))
  }

  /// The files that the data set with the fingerprint was read from; `nil` where that was not kept,
  /// or is damaged.
  public func files(_ fingerprint: String) -> [DataFiles.Content]? {
    let path = path(.files, fingerprint)
    return (try? decode(path) as FileList)?.files ?? (try? decode(path))
  }

  /// Writes the hashes of a data set's parts.
  func write(_ parts: DataParts, of fingerprint: String) throws(ExperimentsError) {
    try write(sealed: parts, to: path(.parts, fingerprint))
  }

  /// The hashes of a data set's parts; `nil` where they were not kept, or are damaged.
  public func parts(_ fingerprint: String) -> DataParts? {
    try? decode(path(.parts, fingerprint))
  }

  /// Whether a file about a data set is there and not what was written.
  ///
  /// - Throws: `file` where it cannot be read.
  func isDamaged(
    _ file: DataFile, _ fingerprint: String
  ) throws(ExperimentsError) -> Bool {
    guard try contents(ifThere: path(file, fingerprint)) != nil else { return false }
    return switch file {
    case .summary: (try? summary(fingerprint)) == nil
    case .audit: (try? audit(fingerprint)) == nil
    case .files: files(fingerprint) == nil
    case .parts: parts(fingerprint) == nil
    case .testEvaluations: testEvaluations(fingerprint) == nil
    }
  }

  /// Removes what is not what was written of a data set, so that it is made again.
  ///
  /// - Returns: The paths.
  func discardDamagedData(_ fingerprint: String) throws(ExperimentsError) -> [String] {
    var damaged: [String] = []
    for file in DataFile.allCases {
      if try isDamaged(file, fingerprint) { damaged.append(path(file, fingerprint)) }
    }
    for path in damaged { try remove(path) }
    return damaged
  }
}
