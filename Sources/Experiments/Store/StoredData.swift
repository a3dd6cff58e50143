public import Datasets
import Foundation

/// What a store knows of data sets, by their fingerprints.
extension RunStore {
  private func dataPath(_ fingerprint: String) -> String { "\(root)/data/\(fingerprint).json" }
  private func auditPath(_ fingerprint: String) -> String {
    "\(root)/data/\(fingerprint).audit.json"
  }
  private func filesPath(_ fingerprint: String) -> String {
    "\(root)/data/\(fingerprint).files.json"
  }

  /// Writes what figures need of a data set.
  func write(_ summary: DatasetSummary) throws(ExperimentsError) {
    try write(try json(summary), to: dataPath(summary.fingerprint))
  }

  /// Whether the store knows what figures need of the data set with the fingerprint.
  func hasSummary(_ fingerprint: String) -> Bool {
    FileManager.default.fileExists(atPath: dataPath(fingerprint))
  }

  /// What figures need of the data set with the fingerprint.
  func summary(_ fingerprint: String) throws(ExperimentsError) -> DatasetSummary {
    try decode(dataPath(fingerprint))
  }

  /// Writes what was found out about a data set.
  func write(_ audit: DataAudit) throws(ExperimentsError) {
    try write(try json(audit), to: auditPath(audit.fingerprint))
  }

  /// What was found out about the data set with the fingerprint; `nil` where nobody has looked.
  func audit(_ fingerprint: String) throws(ExperimentsError) -> DataAudit? {
    let path = auditPath(fingerprint)
    return FileManager.default.fileExists(atPath: path) ? try decode(path) : nil
  }

  /// Writes which files the data set was read from.
  func write(
    _ files: [DataFiles.Content], readFor fingerprint: String
  ) throws(ExperimentsError) {
    try write(try json(files), to: filesPath(fingerprint))
  }

  /// Whether the store knows the files of the data set.
  func hasFiles(_ fingerprint: String) -> Bool {
    FileManager.default.fileExists(atPath: filesPath(fingerprint))
  }

  /// The files that the data set with the fingerprint was read from; `nil` where that was not kept.
  public func files(_ fingerprint: String) throws(ExperimentsError) -> [DataFiles.Content]? {
    hasFiles(fingerprint) ? try decode(filesPath(fingerprint)) : nil
  }

  private func partsPath(_ fingerprint: String) -> String {
    "\(root)/data/\(fingerprint).parts.json"
  }

  /// Writes the hashes of a data set's parts.
  func write(_ parts: DataParts, of fingerprint: String) throws(ExperimentsError) {
    try write(try json(parts), to: partsPath(fingerprint))
  }

  /// The hashes of a data set's parts; `nil` where they were not kept.
  public func parts(_ fingerprint: String) throws(ExperimentsError) -> DataParts? {
    let path = partsPath(fingerprint)
    return FileManager.default.fileExists(atPath: path) ? try decode(path) : nil
  }
}
