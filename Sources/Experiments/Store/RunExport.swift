import Foundation

/// Runs as folders that can be kept in a repository: a store of its own, without weights, with
/// answers in 16 bits, so that the report can be rendered from it without data or training.
extension RunStore {
  /// Writes a run, its finished cells and what figures need of its data into another store; removes
  /// the runs and cells that are there from before.
  ///
  /// - Returns: How many cells were written and how many of the run are not finished.
  public func export(
    _ run: RunRecord, to target: RunStore
  ) throws(ExperimentsError) -> (written: Int, open: Int) {
    try target.checkForExport(from: self)
    try target.create()
    let lock = try StoreLock(root: target.root) { false }
    defer { withExtendedLifetime(lock) {} }
    try target.prepare()
    let finished = Set(run.cells.map(\.key).filter(contains))
    for key in try target.finishedCells() where !finished.contains(key) {
      try target.discard(key)
    }
    for name in try target.runNames() {
      if name == run.study.name, try target.wholeRun(name) != nil { continue }
      try target.removeRun(name)
    }
    for key in finished.sorted() {
      if target.contains(key) {
        if try target.isIntact(key) { continue }
        try target.discard(key)
      }
      try target.write(try exported(key), cell: key)
    }
    for key in finished.sorted() { try copyFindings(about: key, to: target, replaces: true) }
    for data in run.data {
      try target.write(try summary(data.fingerprint))
      if let audit = try audit(data.fingerprint) { try target.write(audit) }
      if let parts = parts(data.fingerprint) {
        try target.write(parts, of: data.fingerprint)
      }
      if let files = self.files(data.fingerprint) {
        try target.write(files, readFor: data.fingerprint)
      }
    }
    if let environment = environment(ofRun: run.id) {
      try target.write(environment, run: run.id)
    }
    _ = try target.write(run)
    for path in try target.unused().map(\.path) + target.exportedTestEvaluations() {
      try target.remove("\(target.root)/\(path)")
    }
    return (finished.count, Set(run.cells.map(\.key)).count - finished.count)
  }

  /// Refuses a store that is worked with, since an export replaces what is there.
  private func checkForExport(from source: RunStore) throws(ExperimentsError) {
    let paths = [self, source].map { URL(filePath: $0.root).standardizedFileURL.path }
    if paths[0] == paths[1] {
      throw .unusableExport(path: root, problem: "it is the store that the run is in")
    }
    for key in try finishedCells() where hasWeights(key) {
      throw .unusableExport(path: root, problem: "it is a store with trained weights")
    }
  }

  private func exported(
    _ key: String
  ) throws(ExperimentsError) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    let present = try computedFiles(of: key)
    for name in CellFile.kept where present.contains(name) {
      files.append((name, try read(name, cell: key)))
    }
    for part in CellFile.Answers.allCases
    where present.contains(part.full) || present.contains(part.packed) {
      let answers = try answers(part, cell: key)
      files.append((part.packed, answers.encode()))
      guard part == .test else { continue }
      do { files.append((CellFile.metrics, try answers.metrics())) } catch {
        throw .damagedStore(path: cellFolder(key), problem: "its answers cannot be evaluated")
      }
    }
    return files + (try makerFile(of: key))
  }

  /// What an export into another store would write and remove, by path from its root, without doing
  /// any of it.
  public func exportPreview(
    _ run: RunRecord, to target: RunStore
  ) throws(ExperimentsError) -> (written: [String], removed: [String]) {
    try target.checkForExport(from: self)
    let finished = Set(run.cells.map(\.key).filter(contains))
    let present = try target.finishedCells()
    var cells: [String] = []
    for key in finished.sorted() {
      if present.contains(key), try target.isIntact(key) { continue }
      cells.append(key)
    }
    let names = try target.runNames()
    let known = finished.union(run.data.map(\.fingerprint)).union([run.id])
    var beside: [String] = []
    for folder in ["findings", "data", "environments"] {
      beside += try self.names(in: folder, ifThere: true)
        .filter { known.contains(String($0.prefix { $0 != "." })) }
        .filter { DataFile(name: $0) != .testEvaluations }.map { "\(folder)/\($0)" }
    }
    let earlier = try target.exportedTestEvaluations()
    return (
      cells.map { "cells/\($0)" } + beside + ["runs/\(run.study.name).json"],
      present.filter { !finished.contains($0) }.map { "cells/\($0)" }
        + names.filter { $0 != run.study.name }.map { "runs/\($0).json" }
        + earlier
    )
  }

  /// What taking in another store would bring, once every file of it was compared with its hash.
  public func importPreview(
    from other: RunStore
  ) throws(ExperimentsError) -> (runs: [String], cells: [String]) {
    let names = try other.runNames()
    guard !names.isEmpty else { throw .noExport(path: other.root) }
    for name in names { _ = try other.run(name) }
    let checked = checkedCells()
    var cells: [String] = []
    for key in try other.finishedCells() {
      if try isWhole(key, checked) { continue }
      cells.append(key)
      for name in try other.computedFiles(of: key) { _ = try other.read(name, cell: key) }
    }
    return (names, cells)
  }

  /// Takes in the finished cells, runs and data of another store; what is here already stays, unless
  /// it is damaged.
  ///
  /// - Returns: The names of the runs, and how many cells were new.
  /// - Throws: `ExperimentsError.damagedStore` where a file is not the one that was written; then
  ///   nothing of that cell is taken in.
  public func take(
    from other: RunStore
  ) throws(ExperimentsError) -> (runs: [String], cells: Int) {
    let names = try other.runNames()
    guard !names.isEmpty else { throw .noExport(path: other.root) }
    try create()
    let lock = try StoreLock(forMomentAt: root)
    defer { withExtendedLifetime(lock) {} }
    try prepare()
    var count = 0
    let checked = checkedCells()
    for key in try other.finishedCells() {
      if try isWhole(key, checked) { continue }
      try copy(key, from: other)
      count += 1
    }
    for key in try other.finishedCells() {
      try other.copyFindings(about: key, to: self, replaces: false)
    }
    for name in names {
      let run = try other.run(name)
      for data in run.data {
        _ = try discardDamagedData(data.fingerprint)
        if !has(.summary, data.fingerprint) { try write(try other.summary(data.fingerprint)) }
        if !has(.audit, data.fingerprint), let audit = try other.audit(data.fingerprint) {
          try write(audit)
        }
        if parts(data.fingerprint) == nil, let parts = other.parts(data.fingerprint) {
          try write(parts, of: data.fingerprint)
        }
        if let files = other.files(data.fingerprint), self.files(data.fingerprint) == nil {
          try write(files, readFor: data.fingerprint)
        }
        try countTestEvaluations(of: other, on: data.fingerprint)
      }
      if let environment = other.environment(ofRun: run.id) {
        try write(environment, run: run.id)
      }
      _ = try write(run)
      try countTestEvaluations(of: run)
    }
    return (names, count)
  }

  /// Takes in a finished cell of another store with its maker; the seconds that it took stay there.
  func copy(_ key: String, from other: RunStore) throws(ExperimentsError) {
    var files: [(name: String, bytes: [UInt8])] = []
    for name in try other.computedFiles(of: key) {
      files.append((name, try other.read(name, cell: key)))
    }
    try write(files + (try other.makerFile(of: key)), cell: key)
  }
}
