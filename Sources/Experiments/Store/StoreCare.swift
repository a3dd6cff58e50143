import Datasets
import Foundation

/// Looking after a store: what is in it, whether it is what was written, and what nobody needs.
extension RunStore {
  /// A run, with what of it is there.
  public struct RunEntry: Sendable, Codable, Equatable {
    /// Its name.
    public let name: String
    /// SHA-256 over study and cells.
    public let id: String
    /// Its cells.
    public let cellCount: Int
    /// Those that are finished.
    public let finishedCount: Int
    /// Those whose last training failed.
    public let failedCount: Int
    /// Bytes of the finished ones.
    public let bytes: Int
  }

  /// A finished cell, with the runs that refer to it.
  public struct CellEntry: Sendable, Codable, Equatable {
    /// Its key.
    public let key: String
    /// Its name in a run; `nil` where none refers to it.
    public let name: String?
    /// Bytes of its files.
    public let bytes: Int
    /// Names of the runs.
    public let runs: [String]
  }

  /// Something of a store that is not as it was written.
  public struct Problem: Sendable, Codable, Equatable {
    /// The file or folder.
    public let path: String
    /// What is the matter, with the remedy.
    public let problem: String
  }

  /// All runs whose records are whole, by name.
  public func runEntries() throws(ExperimentsError) -> [RunEntry] {
    try readableRuns().whole.map { name, run in
      let finished = Set(run.cells.map(\.key)).filter(contains)
      return RunEntry(
        name: name, id: run.id, cellCount: Set(run.cells.map(\.key)).count,
        finishedCount: finished.count, failedCount: run.failureCount,
        bytes: finished.reduce(0) { $0 + bytes(of: cellFolder($1)) })
    }
  }

  /// All finished cells, by key, with the runs whose records are whole.
  public func cellEntries() throws(ExperimentsError) -> [CellEntry] {
    var names: [String: String] = [:]
    var runs: [String: [String]] = [:]
    for (name, run) in try readableRuns().whole {
      for cell in run.cells {
        names[cell.key] = "\(cell.name)"
        runs[cell.key, default: []].append(name)
      }
    }
    return try finishedCells().map { key in
      CellEntry(
        key: key, name: names[key], bytes: bytes(of: cellFolder(key)), runs: runs[key] ?? [])
    }
  }

  /// Reads everything and compares it with its hashes.
  ///
  /// - Returns: How many cells were looked at and what is wrong, by path.
  public func check() throws(ExperimentsError) -> (cells: Int, problems: [Problem]) {
    var problems: [Problem] = []
    let keys = try names(in: "cells", ifThere: true)
    for key in keys {
      problems += problemsOfCell(key)
      problems += problemOfFindings(key).map {
        Problem(
          path: $0, problem: "it is not what was written; remove the file and run the study again")
      }
    }
    let (whole, damaged) = try readableRuns()
    problems += damaged.map { Problem(path: $0, problem: Self.damagedRun) }
    for (_, run) in whole {
      for data in run.data where (try? summary(data.fingerprint))?.fingerprint != data.fingerprint {
        problems.append(
          Problem(
            path: "\(root)/data/\(data.fingerprint).json",
            problem: "it is missing or not what was written; remove it and run the study again"))
      }
    }
    problems += try unreadableData().map {
      Problem(path: $0, problem: "it is not what was written; the next run makes it again")
    }
    for key in try names(in: "checkpoints", ifThere: true) where !hasReadableCheckpoint(key) {
      problems.append(
        Problem(
          path: "\(root)/checkpoints/\(key)",
          problem: "it is damaged; remove it, the training begins anew without it"))
    }
    return (keys.count, problems)
  }

  /// What is the matter with a damaged record of a run, with the remedy.
  public static let damagedRun = "it is not what was written; remove it and run the study again"

  private func problemsOfCell(_ key: String) -> [Problem] {
    let folder = cellFolder(key)
    func problem(_ name: String, _ problem: String) -> Problem {
      Problem(
        path: name.isEmpty ? folder : "\(folder)/\(name)",
        problem: "\(problem); remove the folder of this cell and run the study again")
    }
    guard let manifest = manifest(of: key) else {
      return [problem(CellFile.manifest, "it is missing or not what was written")]
    }
    let present = (try? names(in: "cells/\(key)", ifThere: true)) ?? []
    let known = Set(manifest.files.keys).union(CellFile.measured).union([CellFile.manifest])
    var problems = manifest.files.keys.sorted().compactMap { name in
      (try? read(name, cell: key)) == nil
        ? problem(name, "the bytes are not those written") : nil
    }
    if manifest.files[CellFile.description] != key {
      problems.append(problem(CellFile.description, "it is not that of this key"))
    }
    problems += present.filter { !known.contains($0) }.map {
      problem($0, "it is no file of this cell")
    }
    return problems
  }

  /// What no run refers to; nothing as long as a run's record is damaged, since nobody knows what it
  /// refers to.
  ///
  /// - Returns: Paths from the root of the store, in order, with their bytes.
  public func unused() throws(ExperimentsError) -> [(path: String, bytes: Int)] {
    let (whole, damaged) = try readableRuns()
    guard damaged.isEmpty else { return [] }
    var keys: Set<String> = []
    var fingerprints: Set<String> = []
    var ids: Set<String> = []
    for (_, run) in whole {
      keys.formUnion(run.cells.map(\.key))
      fingerprints.formUnion(run.data.map(\.fingerprint))
      ids.insert(run.id)
    }
    var unused: [String] = []
    func collect(_ folder: String, _ isNeeded: (String) -> Bool) throws(ExperimentsError) {
      unused += try names(in: folder, ifThere: true).filter { !isNeeded($0) }
        .map { "\(folder)/\($0)" }
    }
    try collect("cells") { keys.contains($0) }
    try collect("checkpoints") { keys.contains($0) && !contains($0) }
    try collect("findings") { keys.contains(String($0.prefix { $0 != "." })) }
    try collect("logs") { keys.contains(String($0.prefix { $0 != "." })) }
    try collect("environments") { ids.contains(String($0.prefix { $0 != "." })) }
    try collect("data") { name in
      name == "known" || fingerprints.contains(String(name.prefix { $0 != "." }))
    }
    return unused.map { ($0, bytes(of: "\(root)/\($0)")) }
  }

  /// Removes what no run refers to, and what killed processes left.
  ///
  /// - Parameter waits: Whether to wait for another process that works on the store.
  /// - Returns: What was removed.
  public func removeUnused(
    waits: Bool
  ) throws(ExperimentsError) -> [(path: String, bytes: Int)] {
    guard FileManager.default.fileExists(atPath: root) else { return [] }
    let lock = try StoreLock(root: root) { waits }
    defer { withExtendedLifetime(lock) {} }
    try prepare()
    let unused = try unused()
    for (path, _) in unused {
      try attempt("remove", "\(root)/\(path)") {
        try FileManager.default.removeItem(atPath: "\(root)/\(path)")
      }
    }
    return unused
  }

  /// The names in a folder of the store, without what the next run sweeps away; none where there is
  /// no such folder.
  func names(in folder: String, ifThere: Bool) throws(ExperimentsError) -> [String] {
    let path = "\(root)/\(folder)"
    return FileManager.default.fileExists(atPath: path)
      ? try names(in: path).filter { !$0.hasSuffix(".partial") } : []
  }

  /// Bytes of a file, or of all files of a folder.
  private func bytes(of path: String) -> Int {
    let below = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return ([path] + below.map { "\(path)/\($0)" }).reduce(0) { sum, file in
      let attributes = try? FileManager.default.attributesOfItem(atPath: file)
      let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
      return sum + (isFile ? attributes?[.size] as? Int ?? 0 : 0)
    }
  }
}
