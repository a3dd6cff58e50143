import Foundation

/// The runs of a store, and what they were made with.
extension RunStore {
  func runPath(_ name: String) -> String { "\(root)/runs/\(name).json" }

  /// Writes a run. An older one of the same name is replaced if it asked the same of the same data;
  /// else, and where it is damaged, it is kept under the name that is returned.
  func write(_ run: RunRecord) throws(ExperimentsError) -> String? {
    let name = run.study.name
    var kept: String?
    if try runNames().contains(name) {
      let bytes = try contents(runPath(name))
      let older = try wholeRun(name)
      if older?.isSameStudy(as: run) != true {
        let newName =
          older.map { "\(name)-\($0.id.prefix(8))" }
          ?? "\(name)-damaged-\(Hash.sha256(bytes).prefix(8))"
        try write(bytes, to: runPath(newName))
        kept = newName
      }
    }
    try write(sealed: run, to: runPath(name))
    return kept
  }

  /// The run of that name; `nil` where its record is not what was written.
  ///
  /// - Throws: `file` where it cannot be read.
  func wholeRun(_ name: String) throws(ExperimentsError) -> RunRecord? {
    let run = try ifWhole { () throws(ExperimentsError) -> RunRecord in try decode(runPath(name)) }
    return run.flatMap { $0.hasOwnID ? $0 : nil }
  }

  /// The runs whose records are whole, by name; the others, of which nothing can be said, by the paths
  /// of their records.
  public func readableRuns() throws(ExperimentsError) -> (
    whole: [(name: String, run: RunRecord)], damaged: [String]
  ) {
    var whole: [(name: String, run: RunRecord)] = []
    var damaged: [String] = []
    for name in try runNames() {
      if let run = try wholeRun(name) {
        whole.append((name, run))
      } else {
        damaged.append(runPath(name))
      }
    }
    return (whole, damaged)
  }

  /// Removes a run; its cells stay.
  func removeRun(_ name: String) throws(ExperimentsError) {
    try remove(runPath(name))
  }

  /// Writes what a run was made with.
  func write(
    _ environment: RunEnvironment, run id: String
  ) throws(ExperimentsError) {
    try write(sealed: environment, to: environmentPath(id))
  }

  private func environmentPath(_ id: String) -> String { "\(root)/environments/\(id).json" }

  /// What a run was made with; `nil` where that was not kept.
  public func environment(ofRun id: String) -> RunEnvironment? { try? decode(environmentPath(id)) }

  /// The names of all runs.
  public func runNames() throws(ExperimentsError) -> [String] {
    guard FileManager.default.fileExists(atPath: "\(root)/runs") else { return [] }
    return try names(in: "\(root)/runs").filter { $0.hasSuffix(".json") }
      .map { String($0.dropLast(5)) }
  }

  /// The run of that name.
  public func run(_ name: String) throws(ExperimentsError) -> RunRecord {
    let known = try runNames()
    guard known.contains(name) else { throw .unknownRun(name, known: known, store: root) }
    return try decode(runPath(name))
  }
}
