/// Whether a store is what was written.
extension RunStore {
  /// Something of a store that is not as it was written.
  public struct Problem: Sendable, Codable, Equatable {
    /// The file or folder.
    public let path: String
    /// What is the matter, with the remedy.
    public let problem: String
    /// What has to be out of the way for the problem to be gone; `nil` where that helps nothing.
    var obstacle: String?

    private enum CodingKeys: CodingKey {
      case path, problem
    }
  }

  /// Reads everything and compares it with its hashes.
  ///
  /// - Returns: How many cells were looked at and what is wrong, by path.
  public func check() throws(ExperimentsError) -> (cells: Int, problems: [Problem]) {
    let keys = try names(in: "cells", ifThere: true)
    var problems = keys.flatMap { problemsOfCell($0) + problemsOfFindings($0) }
    var fingerprints: Set<String> = []
    for name in try runNames() {
      let path = runPath(name)
      let found = problem(path, Self.damagedRun) { () throws(ExperimentsError) in
        guard let run = try wholeRun(name) else { return false }
        fingerprints.formUnion(run.data.map(\.fingerprint))
        return true
      }
      problems += [found].compactMap(\.self)
    }
    problems += fingerprints.sorted().filter { !has(.summary, $0) }.map {
      Problem(path: path(.summary, $0), problem: "it is missing; run the study again")
    }
    return (keys.count, problems + (try problemsOfData()) + (try problemsBeside()))
  }

  /// What is the matter with a damaged record of a run, with the remedy.
  public static let damagedRun =
    "it is not what was written; remove it, or set it aside with 'detectron store gc --damaged', and "
    + "run the study again"

  /// What is the matter with something that is read and compared; `nil` where nothing is.
  private func problem(
    _ path: String, _ text: String, obstacle: String? = nil,
    unless isWhole: () throws(ExperimentsError) -> Bool
  ) -> Problem? {
    do throws(ExperimentsError) {
      if try isWhole() { return nil }
    } catch {
      if case .file(_, _, let reason) = error {
        let problem = "it cannot be read (\(reason)); check the disk and the permissions"
        return Problem(path: path, problem: problem)
      }
    }
    return Problem(path: path, problem: text, obstacle: obstacle ?? path)
  }

  private func problemsOfFindings(_ key: String) -> [Problem] {
    ProbeKind.allCases.compactMap { kind in
      problem(
        findingPath(kind, cell: key),
        "it is not what was written; run, export or import the study again, or set it aside with "
          + "'detectron store gc --damaged'"
      ) { () throws(ExperimentsError) in try self.isWhole(kind, cell: key) }
    }
  }

  private func problemsOfData() throws(ExperimentsError) -> [Problem] {
    let text =
      "it is not what was written; run, or export, the study again, or set it aside with 'detectron "
      + "store gc --damaged'"
    let about = try names(in: "data", ifThere: true).compactMap { name -> Problem? in
      guard let file = DataFile(name: name) else { return nil }
      return problem("\(root)/data/\(name)", text) { () throws(ExperimentsError) in
        try !isDamaged(file, String(name.prefix { $0 != "." }))
      }
    }
    let known = try names(in: "data/known", ifThere: true).compactMap { name in
      let path = "\(root)/data/known/\(name)"
      return problem(path, text) { () throws(ExperimentsError) in
        let _: JSONValue = try decode(path)
        return true
      }
    }
    return about + known
  }

  /// What lies beside cells, runs and data.
  private func problemsBeside() throws(ExperimentsError) -> [Problem] {
    let environments = try names(in: "environments", ifThere: true).compactMap { name in
      let path = "\(root)/environments/\(name)"
      return problem(
        path,
        "it is not what was written; remove it, or set it aside with 'detectron store gc --damaged', "
          + "what the run was made with is then unknown"
      ) { () throws(ExperimentsError) in
        let _: RunEnvironment = try decode(path)
        return true
      }
    }
    let checkpoints = try names(in: "checkpoints", ifThere: true).compactMap { key in
      problem(
        checkpointPath(key),
        "it is damaged, or of an earlier program; run the study again, or remove it: the training "
          + "begins anew"
      ) { () throws(ExperimentsError) in
        _ = try checkpoint(key)
        return true
      }
    }
    return environments + checkpoints
  }

  private func problemsOfMeasurements(_ key: String) -> [Problem] {
    let reads: [(name: String, read: () throws(ExperimentsError) -> Void)] = [
      (CellFile.timing, { () throws(ExperimentsError) in _ = try timing(of: key) }),
      (CellFile.maker, { () throws(ExperimentsError) in _ = try maker(of: key) }),
    ]
    return reads.compactMap { name, read in
      problem(
        "\(cellFolder(key))/\(name)",
        "it is not what was written; remove the file, or set it aside with 'detectron store gc "
          + "--damaged', what was measured is then unknown"
      ) { () throws(ExperimentsError) in
        try read()
        return true
      }
    }
  }

  private func problemsOfCell(_ key: String) -> [Problem] {
    let folder = cellFolder(key)
    let remedy = "remove the folder of this cell and run the study again"
    let broken = problem(
      "\(folder)/\(CellFile.manifest)",
      "it is missing, not what was written, or that of another cell; \(remedy)", obstacle: folder
    ) { () throws(ExperimentsError) in
      _ = try manifest(of: key)
      return true
    }
    if let broken { return [broken] }
    let files = (try? computedFiles(of: key)) ?? []
    let present = (try? names(in: "cells/\(key)", ifThere: true)) ?? []
    let known = CellFile.measured.union(files + [CellFile.manifest])
    var problems = files.compactMap { name in
      problem(
        "\(folder)/\(name)", "the bytes are not those written; \(remedy)", obstacle: folder
      ) { () throws(ExperimentsError) in
        _ = try read(name, cell: key)
        return true
      }
    }
    problems += present.filter { !known.contains($0) }.map {
      Problem(
        path: "\(folder)/\($0)", problem: "it is no file of this cell; remove it",
        obstacle: "\(folder)/\($0)")
    }
    return problems + problemsOfMeasurements(key)
  }
}
