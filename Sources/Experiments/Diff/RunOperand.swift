import Foundation

/// What a user names to be compared.
public enum RunOperand: Sendable {
  /// The table of published results.
  case published
  /// A run.
  case run(RunSide)

  /// Finds what a text means: `published`, a folder of results, a run of the store, or a revision of
  /// the git repository that the working folder is in.
  ///
  /// `table:published`, `run:NAME` and `git:REVISION` say which is meant; `FOLDER:NAME` names one of
  /// several runs of a folder.
  ///
  /// - Parameters:
  ///   - store: Where runs are looked for by name.
  ///   - scratch: A folder that results of a revision are taken out into.
  /// - Throws: `ExperimentsError` where the text means nothing, or two things.
  public init(
    _ text: String, store: RunStore, scratch: String, workingFolder: String = "."
  ) throws(ExperimentsError) {
    let repository = GitRevision(repository: workingFolder)
    if text == "table:published" {
      self = .published
    } else if text.hasPrefix("run:") {
      self = try .run(Self.named(String(text.dropFirst(4)), in: store))
    } else if text.hasPrefix("git:") {
      let revision = String(text.dropFirst(4))
      guard let commit = repository.commit(revision) else {
        throw .unknownOperand(text, runs: try store.runNames())
      }
      self = try .run(Self.revision(revision, commit, of: repository, scratch: scratch))
    } else if let (folder, run) = Self.folder(text) {
      self = try .run(Self.only(run, in: RunStore(root: folder), label: text))
    } else {
      let isRun = try store.runNames().contains(text)
      if text == "published", isRun { throw .ambiguousOperand(text, store: store.root) }
      if text == "published" {
        self = .published
      } else if isRun {
        self = try .run(Self.named(text, in: store))
      } else if let commit = repository.commit(text) {
        self = try .run(Self.revision(text, commit, of: repository, scratch: scratch))
      } else {
        throw .unknownOperand(text, runs: try store.runNames())
      }
    }
  }

  private static func named(
    _ name: String, in store: RunStore
  ) throws(ExperimentsError) -> RunSide {
    try RunSide(name, store.run(name), in: store)
  }

  /// The only run of a store, or the one of that name.
  private static func only(
    _ name: String?, in store: RunStore, label: String
  ) throws(ExperimentsError) -> RunSide {
    let names = try store.runNames()
    guard let name = name ?? (names.count == 1 ? names[0] : nil) else {
      throw .severalRuns(path: store.root, names: names)
    }
    return try RunSide(label, store.run(name), in: store)
  }

  private static func revision(
    _ text: String, _ commit: String, of repository: GitRevision, scratch: String
  ) throws(ExperimentsError) -> RunSide {
    let folder = "\(scratch)/\(commit)"
    if !FileManager.default.fileExists(atPath: folder) {
      try repository.write(commit: commit, into: folder)
    }
    return try only(nil, in: RunStore(root: folder), label: "\(text) (\(commit.prefix(8)))")
  }

  /// The folder of results that a path means, itself or below it, and the run behind a colon.
  private static func folder(_ text: String) -> (path: String, run: String?)? {
    if let path = results(at: text) { return (path, nil) }
    guard let colon = text.lastIndex(of: ":"), let path = results(at: String(text[..<colon])) else {
      return nil
    }
    return (path, String(text[text.index(after: colon)...]))
  }

  private static func results(at path: String) -> String? {
    guard !path.isEmpty else { return nil }
    return [path, "\(path)/results", "\(path)/report/results"].first {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\($0)/runs", isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }
}
