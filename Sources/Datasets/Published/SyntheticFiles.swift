internal import ECG

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Generated files in the form of the published ones, with a mark beside them.
///
/// The published form has no place for a remark, so a file `SYNTHETIC.txt` in the same folder says
/// what the rows are; whatever is loaded from a folder with this file is called synthetic.
public enum SyntheticFiles {
  /// Name of the file that marks a folder.
  public static let markName = "SYNTHETIC.txt"
  /// Samples a second of the generated rows, which are cut by the rule of `BeatCutting`.
  static let rowSamplingRate = 120.0

  private static let rowsPerSubject = 50
  private static let names = ["ptbdb_normal.csv", "ptbdb_abnormal.csv"]

  /// Whether one of the files lies in a marked folder.
  static func areMarked(_ paths: [String]) -> Bool {
    paths.contains { path in
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      return FolderListing.exists(folder + markName)
    }
  }

  /// The paths that ``writePTB(to:seed:)`` would write to; nothing is written.
  ///
  /// - Throws: `DatasetsError` if the folder is not marked and holds files of heartbeats.
  public static func paths(in folder: String) throws(DatasetsError) -> [String] {
    if FolderListing.exists(folder) { try checkUnmarked(folder) }
    return ([markName] + names).map { "\(folder)/\($0)" }
  }

  /// Writes `ptbdb_normal.csv` and `ptbdb_abnormal.csv` with 4,046 and 10,506 generated rows, and
  /// the mark before them. Equal seeds give equal bytes.
  ///
  /// - Parameter folder: Made if it is not there; a marked one is written anew.
  /// - Returns: The paths of the files that were written.
  /// - Throws: `DatasetsError` if a file cannot be written, or the folder is not marked and holds
  ///   files of heartbeats.
  public static func writePTB(to folder: String, seed: Int = 1) throws(DatasetsError) -> [String] {
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw .file(.last(.create, path: folder))
    }
    try checkUnmarked(folder)
    let mark = "\(folder)/\(markName)"
    try AtomicFile.write(Array(text(seed: seed).utf8), to: mark)
    let rows = ptbRows(seed: seed)
    var paths = [mark]
    for (label, name) in names.enumerated() {
      let indices = rows.labels.indices.filter { Int(rows.labels[$0]) == label }
        .prefix(PublishedDatasets.ptbCounts[label])
      paths += try RowExport.write(rows, rows: Array(indices), to: "\(folder)/\(name)")
    }
    return paths
  }

  /// Refuses a folder that holds files of heartbeats without a mark: they would be replaced, or
  /// would be taken for generated ones from then on.
  private static func checkUnmarked(_ folder: String) throws(DatasetsError) {
    let found = try FolderListing.names(in: folder)
    guard !found.contains(markName) else { return }
    let kinds = ["mitbih_train.csv", "mitbih_test.csv"] + names
    let taken = found.first { name in kinds.contains { name == $0 || name == "\($0).gz" } }
    if let taken { throw .notSynthetic(path: "\(folder)/\(taken)") }
  }

  private static func text(seed: Int) -> String {
    """
    The files beside this one are synthetic signals without clinical meaning.
    Made by detectron data synthesize ptb --seed \(seed), in the form of the PTB half of the
    ECG Heartbeat Categorization Dataset; they hold no row of it and of no patient.
    While this file stands here, detectron calls everything it loads from this folder synthetic.

    """
  }

  /// Enough generated rows of both classes, without origins: the published form has none.
  private static func ptbRows(seed: Int) -> Dataset {
    // Of ten subjects three are healthy.
    let needed = zip(PublishedDatasets.ptbCounts, [3, 7]).map { count, share in
      (count + rowsPerSubject * share - 1) / (rowsPerSubject * share)
    }
    let subjects = 10 * (needed.max() ?? 0)
    let data = SyntheticDataset(
      .infarction, seed: seed, trainSubjects: subjects, testSubjects: 0,
      rowsPerSubject: rowsPerSubject
    ).dataset()
    return Dataset(
      id: data.id, title: data.title, classes: data.classes, rows: data.rows, labels: data.labels,
      origins: nil, split: data.split, protocolLabel: data.protocolLabel, source: data.source,
      strips: [])
  }
}
