/// A folder with the data of a study, in the layout of the command line's `--data`.
///
/// It holds any of `mitdb` or `mit-bih-arrhythmia-database-1.0.0`, `ptbdb`, `ptbdb-10s`, and the
/// published files `mitbih_{train,test}.csv` and `ptbdb_{normal,abnormal}.csv`, also with `.gz`, at
/// its top or under `heartbeat`. It may itself be the folder of the records.
public struct DataDirectory: Sendable, Hashable {
  /// The tasks that can be loaded.
  public static let tasks = [
    "mitbih", "mitbih-inter", "mitbih-inter-published", "ptb", "ptb-10s",
  ]

  /// The folder.
  public let path: String

  /// Looks at a folder; nothing is read yet.
  public init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The folder of the MIT-BIH Arrhythmia Database, if it is there.
  public var arrhythmiaRecords: String? {
    firstFolder(["mitdb", "mit-bih-arrhythmia-database-1.0.0"], holding: "100.hea")
  }

  /// The folder of the PTB Diagnostic ECG Database, if it is there.
  public var diagnosticRecords: String? {
    let names = ["ptbdb", "ptb-diagnostic-ecg-database-1.0.0"]
    return (names.map { "\(path)/\($0)" } + [path]).first { folder in
      (try? FolderListing.names(in: folder))?.contains(where: PTBFolder.isPatient) ?? false
    }
  }

  /// The folder of the excerpts of 10 s from the PTB Diagnostic ECG Database, if it is there.
  public var diagnosticExcerpts: String? {
    firstFolder(["ptbdb-10s"], holding: "diagnosis.csv")
  }

  /// A published file, for example `mitbih_train.csv`, or its compressed form; the plain file at
  /// the top comes first.
  public func publishedFile(_ name: String) -> String? {
    ["\(path)/\(name)", "\(path)/heartbeat/\(name)"].flatMap { [$0, "\($0).gz"] }
      .first(where: FolderListing.exists)
  }

  /// Loads a task; raw recordings win over published files, for `ptb` if all of them are there.
  ///
  /// - Parameter source: The source to use, or `nil` for the best one that is there.
  /// - Throws: `DatasetsError` if the task is unknown, if there is nothing to load it from, or if
  ///   what is there is incomplete or damaged.
  public func load(
    _ task: String, source: DataSource? = nil
  ) throws(DatasetsError) -> Dataset {
    switch (task, source) {
    case ("mitbih", .recordings):
      return try MITBIHDataset.build(directory: try arrhythmiaFolder(task))
    case ("mitbih-inter", nil), ("mitbih-inter", .recordings):
      return try InterPatientDataset.apart.build(directory: try arrhythmiaFolder(task))
    case ("mitbih-inter-published", nil), ("mitbih-inter-published", .recordings):
      return try InterPatientDataset.published.build(directory: try arrhythmiaFolder(task))
    case ("mitbih", nil) where arrhythmiaRecords != nil:
      return try load(task, source: .recordings)
    case ("mitbih", nil), ("mitbih", .publishedFiles):
      let folders = source == nil ? ["mitdb/100.hea and the other records"] : []
      let (train, test) = try files(task, "mitbih_train.csv", "mitbih_test.csv", or: folders)
      return try PublishedDatasets.mitbih(train: train, test: test)
    case ("ptb", nil), ("ptb", .recordings), ("ptb", .publishedFiles):
      return try loadDiagnostic(source)
    case ("ptb-10s", nil), ("ptb-10s", .recordings):
      guard let excerpts = diagnosticExcerpts else {
        throw noData(task, ["ptbdb-10s/diagnosis.csv and the records that it lists"])
      }
      return try PTBDataset.buildExcerpts(directory: excerpts)
    case (_, .some(let source)) where Self.tasks.contains(task):
      throw .unsupportedSource(task: task, source: source)
    default:
      throw .unknownTask(task, known: Self.tasks)
    }
  }

  /// The folder of the MIT-BIH Arrhythmia Database, which has to be there.
  private func arrhythmiaFolder(_ task: String) throws(DatasetsError) -> String {
    guard let records = arrhythmiaRecords else {
      throw noData(task, ["mitdb/100.hea and the other records"])
    }
    return records
  }

  /// The task `ptb`: from all records, else from the published files, else from some records.
  private func loadDiagnostic(_ source: DataSource?) throws(DatasetsError) -> Dataset {
    let (normal, abnormal) = ("ptbdb_normal.csv", "ptbdb_abnormal.csv")
    let isPublished = publishedFile(normal) != nil && publishedFile(abnormal) != nil
    let wanted = ["ptbdb/patient001 and the folders of the other patients"]
    guard source != .publishedFiles, let path = diagnosticRecords else {
      if source == .recordings { throw noData("ptb", wanted) }
      let files = try files("ptb", normal, abnormal, or: source == nil ? wanted : [])
      return try PublishedDatasets.ptb(normal: files.0, abnormal: files.1)
    }
    let folder = try PTBFolder(path: path)
    if source == nil, !folder.isComplete, isPublished {
      let files = try files("ptb", normal, abnormal, or: [])
      let note = "The recordings beside the files were not used. " + folder.note
      return try PublishedDatasets.ptb(normal: files.0, abnormal: files.1, notes: [note])
    }
    guard folder.isUsable else { throw folder.missingPatients() }
    return try PTBDataset.build(folder)
  }

  /// Both of two files that belong together.
  private func files(
    _ task: String, _ first: String, _ second: String, or others: [String]
  ) throws(DatasetsError) -> (String, String) {
    let found = (publishedFile(first), publishedFile(second))
    guard let firstPath = found.0, let secondPath = found.1 else {
      let missing = [found.0 == nil ? first : nil, found.1 == nil ? second : nil].compactMap(\.self)
      throw noData(task, others + [missing.joined(separator: " and ")])
    }
    return (firstPath, secondPath)
  }

  private func noData(_ task: String, _ lookedFor: [String]) -> DatasetsError {
    .noData(task: task, directory: path, lookedFor: lookedFor)
  }

  /// The first of the named folders, or this one itself, that holds a file.
  private func firstFolder(_ names: [String], holding file: String) -> String? {
    (names.map { "\(path)/\($0)" } + [path]).first {
      FolderListing.exists("\($0)/\(file)")
    }
  }
}
