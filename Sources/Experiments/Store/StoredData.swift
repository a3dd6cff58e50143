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

  /// What was found out about the data set with the fingerprint; `nil` where nobody has looked, or
  /// what was written is damaged: a run looks again.
  func audit(_ fingerprint: String) -> DataAudit? { try? decode(auditPath(fingerprint)) }

  /// Writes which files the data set was read from.
  func write(
    _ files: [DataFiles.Content], readFor fingerprint: String
  ) throws(ExperimentsError) {
    try write(try json(files), to: filesPath(fingerprint))
  }

  /// The files that the data set with the fingerprint was read from; `nil` where that was not kept,
  /// or is damaged.
  public func files(_ fingerprint: String) -> [DataFiles.Content]? {
    try? decode(filesPath(fingerprint))
  }

  private func partsPath(_ fingerprint: String) -> String {
    "\(root)/data/\(fingerprint).parts.json"
  }

  /// Writes the hashes of a data set's parts.
  func write(_ parts: DataParts, of fingerprint: String) throws(ExperimentsError) {
    try write(try json(parts), to: partsPath(fingerprint))
  }

  /// The hashes of a data set's parts; `nil` where they were not kept, or are damaged.
  public func parts(_ fingerprint: String) -> DataParts? { try? decode(partsPath(fingerprint)) }

  /// Files about data sets that cannot be read; the next run makes them again.
  func unreadableData() throws(ExperimentsError) -> [String] {
    try names(in: "data", ifThere: true).filter { name in
      let path = "\(root)/data/\(name)"
      return if name.hasSuffix(".audit.json") {
        (try? decode(path) as DataAudit) == nil
      } else if name.hasSuffix(".parts.json") {
        (try? decode(path) as DataParts) == nil
      } else if name.hasSuffix(".tested.json") {
        (try? decode(path) as TestEvaluations) == nil
      } else if name.hasSuffix(".files.json") {
        (try? decode(path) as [DataFiles.Content]) == nil
      } else {
        false
      }
    }.map { "\(root)/data/\($0)" }
  }
}
