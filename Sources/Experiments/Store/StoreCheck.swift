/// Whether a store is what was written.
extension RunStore {
  /// Something of a store that is not as it was written.
  public struct Problem: Sendable, Codable, Equatable {
    /// The file or folder.
    public let path: String
    /// What is the matter, with the remedy.
    public let problem: String
  }

  /// Reads everything and compares it with its hashes.
  ///
  /// - Returns: How many cells were looked at and what is wrong, by path.
  public func check() throws(ExperimentsError) -> (cells: Int, problems: [Problem]) {
    var problems: [Problem] = []
    let keys = try names(in: "cells", ifThere: true)
    for key in keys {
      problems += problemsOfCell(key)
      problems += damagedFindings(about: key).map {
        Problem(path: $0, problem: "it is not what was written; run, or export, the study again")
      }
    }
    let (whole, damaged) = try readableRuns()
    problems += damaged.map { Problem(path: $0, problem: Self.damagedRun) }
    let used = Set(whole.flatMap(\.run.data).map(\.fingerprint)).sorted()
    problems += used.filter { !has(.summary, $0) }.map {
      Problem(path: path(.summary, $0), problem: "it is missing; run the study again")
    }
    problems += try damagedData().map {
      Problem(path: $0, problem: "it is not what was written; run, or export, the study again")
    }
    problems += try damagedEnvironments().map {
      Problem(
        path: $0,
        problem: "it is not what was written; remove it, what the run was made with is then unknown"
      )
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
    if (try? timing(of: key)) == nil, present.contains(CellFile.timing) {
      problems.append(
        Problem(
          path: "\(folder)/\(CellFile.timing)",
          problem: "it is not what was written; remove the file, what the training took is then "
            + "unknown"))
    }
    return problems
  }
}
