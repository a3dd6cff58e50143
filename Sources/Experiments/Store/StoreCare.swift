import Datasets
import Foundation

/// Looking after a store: what is in it, and what nobody needs.
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
      // Looks at test rows are counted for good, whatever becomes of the runs.
      name == "known" || DataFile(name: name) == .testEvaluations
        || fingerprints.contains(String(name.prefix { $0 != "." }))
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
      if path.hasPrefix("cells/") {
        try discard(String(path.dropFirst("cells/".count)))
      } else {
        try remove("\(root)/\(path)")
      }
    }
    return unused
  }

  /// The names in a folder of the store, without what the next run sweeps away; none where there is
  /// no such folder.
  func names(in folder: String, ifThere: Bool) throws(ExperimentsError) -> [String] {
    let path = "\(root)/\(folder)"
    return FileManager.default.fileExists(atPath: path)
      ? try names(in: path).filter { !$0.hasSuffix(Self.partial) } : []
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
