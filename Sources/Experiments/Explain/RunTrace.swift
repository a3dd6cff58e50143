public import Datasets
import Foundation

/// What a run, or a file made from it, leads back to.
public struct RunTrace: Sendable {
  /// A cell that a file shows.
  public struct Source: Sendable {
    /// Its name.
    public let name: CellName
    /// Its key.
    public let key: String
    /// SHA-256 of its predictions as reports print it; `nil` for an autoencoder, or where it is not
    /// finished.
    public let predictions: String?
  }

  /// Data of a task, with the files that it was read from.
  public struct Data: Sendable {
    /// The task's name.
    public let task: String
    /// SHA-256 over rows, labels and splits.
    public let fingerprint: String
    /// What the rows were read from; `nil` where the store does not have the summary.
    public let source: DataSource?
    /// The files; `nil` where they were not recorded, as for generated rows.
    public let files: [DataFiles.Content]?
  }

  /// The name that the store has the run under; another than the study's where it was renamed.
  public let name: String
  /// The run.
  public let run: RunRecord
  /// The store that it is in.
  public let store: RunStore
  /// The cells: of a file those whose keys or predictions it names.
  public let cells: [Source]
  /// The data of those cells, and data that a file names.
  public let data: [Data]
  /// Who made those cells, and how many each; where a file names none, all of the run.
  public let makers: [(maker: Maker?, cellCount: Int)]
  /// What the run was asked for with; `nil` where that was not recorded.
  public let environment: RunEnvironment?
  /// What the run's report is made from.
  public let results: StudyResults

  /// Traces a whole run, by its name.
  public init(run name: String, in store: RunStore) throws {
    try self.init(store.run(name), called: name, in: store, named: nil)
  }

  /// Traces a file: a figure, a table or the report, by the hashes that it holds.
  ///
  /// - Returns: `nil` where no run of the stores is named by the file.
  public init?(file bytes: [UInt8], in stores: [RunStore]) throws {
    let hashes = Self.hashes(in: bytes)
    for store in stores {
      for name in try store.runNames() {
        guard let run = try? store.run(name), hashes.contains(run.id) else { continue }
        try self.init(run, called: name, in: store, named: hashes)
        return
      }
    }
    return nil
  }

  private init(
    _ run: RunRecord, called name: String, in store: RunStore, named names: Set<String>?
  ) throws {
    self.name = name
    self.run = run
    self.store = store
    environment = store.environment(ofRun: run.id)
    results = try store.results(of: run)
    var hashes: [String: String] = [:]
    for cell in results.tasks.flatMap({ $0.cells + $0.partialCells }) {
      hashes[cell.key] = cell.predictionsHash
    }
    // A training of several folds has one hash, under the key of its first.
    var predictions: [CellName: String] = [:]
    for cell in run.cells {
      if let hash = hashes[cell.key] { predictions[cell.name.withoutFold] = hash }
    }
    let sources = run.cells.map {
      Source(name: $0.name, key: $0.key, predictions: predictions[$0.name.withoutFold])
    }
    func isNamed(_ hash: String?) -> Bool {
      guard let names else { return true }
      return hash.map { names.contains($0) } ?? false
    }
    let cells = sources.filter { isNamed($0.key) || isNamed($0.predictions) }
    self.cells = cells
    makers = try store.makers(of: (cells.isEmpty ? sources : cells).map(\.key), in: run)
    data = run.data.filter { data in
      isNamed(data.fingerprint) || cells.contains { $0.name.task == data.task }
    }.map {
      Data(
        task: $0.task, fingerprint: $0.fingerprint,
        source: (try? store.summary($0.fingerprint))?.source,
        files: store.files($0.fingerprint))
    }
  }

  /// Everything in a file that has the form of a SHA-256 in lower-case hexadecimal.
  static func hashes(in bytes: [UInt8]) -> Set<String> {
    func isDigit(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    var hashes: Set<String> = []
    for run in bytes.split(whereSeparator: { !isDigit($0) }) where run.count == 64 {
      hashes.insert(String(decoding: run, as: UTF8.self))
    }
    return hashes
  }
}
