import Foundation

/// Runs as single files, and by other names.
extension RunStore {
  /// A run as one file: what an export holds, packed; the same bytes for the same results.
  ///
  /// - Parameter scratch: A folder that is not there yet.
  public func archive(
    _ run: RunRecord, scratch: String
  ) throws(ExperimentsError) -> [UInt8] {
    let folder = RunStore(root: scratch)
    _ = try export(run, to: folder)
    var files: [TarArchive.File] = []
    let paths = FileManager.default.enumerator(atPath: scratch)?.compactMap { $0 as? String } ?? []
    for path in paths.sorted() where path != "lock" {
      var isFolder: ObjCBool = false
      let full = "\(scratch)/\(path)"
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files.append(TarArchive.File(path: path, bytes: try folder.contents(full)))
    }
    return try TarArchive(files).encode()
  }

  /// Takes in the runs of an archive.
  ///
  /// Nothing is written into the store before every path is known to be safe and every file to be
  /// the one that was written.
  ///
  /// - Parameter scratch: A folder that is not there yet.
  /// - Returns: The names of the runs, and how many cells were new.
  /// - Throws: `ExperimentsError.unusableArchive` where something in it is not what was written.
  public func take(
    archive bytes: [UInt8], from path: String, scratch: String
  ) throws(ExperimentsError) -> (runs: [String], cells: Int) {
    try take(from: Self.unpacked(bytes, from: path, scratch: scratch))
  }

  /// What taking in an archive would bring; writes into the scratch folder only.
  public func importPreview(
    ofArchive bytes: [UInt8], from path: String, scratch: String
  ) throws(ExperimentsError) -> (runs: [String], cells: [String]) {
    try importPreview(from: Self.unpacked(bytes, from: path, scratch: scratch))
  }

  private static func unpacked(
    _ bytes: [UInt8], from path: String, scratch: String
  ) throws(ExperimentsError) -> RunStore {
    try TarArchive(bytes, path: path).write(into: scratch)
    let folder = RunStore(root: scratch)
    if let problem = try folder.check().problems.first {
      let place = problem.path.replacing("\(scratch)/", with: "")
      throw .unusableArchive(
        path: path, problem: "\(place) is not what was written, or does not belong there")
    }
    return folder
  }

  /// Gives a run another name.
  ///
  /// - Throws: `ExperimentsError.nameIsTaken` where there is one of that name.
  public func rename(_ name: String, to newName: String) throws(ExperimentsError) {
    _ = try run(name)
    let lock = try StoreLock(forMomentAt: root)
    defer { withExtendedLifetime(lock) {} }
    try checkRename(name, to: newName)
    try move(runPath(name), to: runPath(newName))
  }

  /// Throws where a run cannot be renamed; changes nothing.
  public func checkRename(_ name: String, to newName: String) throws(ExperimentsError) {
    _ = try run(name)
    guard try !runNames().contains(newName) else { throw .nameIsTaken(newName, store: root) }
  }
}
