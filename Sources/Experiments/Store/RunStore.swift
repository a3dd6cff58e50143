import Datasets
import Foundation
import Neural

/// Finished cells and runs, as plain files outside the checkout.
///
/// `cells/<key>/` is written once, whole, and never changed; `checkpoints/<key>` says where its
/// training stands as long as it is under way; `data/<fingerprint>.json` holds what
/// figures need of a data set, `data/<fingerprint>.audit.json` what was found out about it;
/// `runs/<name>.json` lists the cells of a run. Nothing appears under
/// its name before it is complete and on the disk.
public struct RunStore: Sendable {
  /// The folder of the store.
  public let root: String

  /// A store in a folder, which need not exist yet.
  public init(root: String) {
    self.root = root
  }

  /// `DETECTRON_STORE`, else `detectron` in `XDG_DATA_HOME`, else in `~/.local/share`.
  public static func defaultRoot(_ environment: [String: String]) -> String {
    if let root = environment["DETECTRON_STORE"], !root.isEmpty { return root }
    if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return "\(data)/detectron" }
    return "\(environment["HOME"] ?? ".")/.local/share/detectron"
  }

  /// The folder of a finished cell of a run.
  public func folder(of cell: RunRecord.Cell) -> String { cellFolder(cell.key) }

  func cellFolder(_ key: String) -> String { "\(root)/cells/\(key)" }
  private func checkpointPath(_ key: String) -> String { "\(root)/checkpoints/\(key)" }
  private func runPath(_ name: String) -> String { "\(root)/runs/\(name).json" }
  private func dataPath(_ fingerprint: String) -> String { "\(root)/data/\(fingerprint).json" }
  private func auditPath(_ fingerprint: String) -> String {
    "\(root)/data/\(fingerprint).audit.json"
  }

  /// Whether the cell is finished.
  func contains(_ key: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(cellFolder(key))/\(CellFile.manifest)")
  }

  /// Makes the folder of the store.
  func create() throws(ExperimentsError) { try makeFolder(root) }

  /// Removes a finished cell whose files are not those written; says whether it did.
  func discardIfDamaged(_ key: String) throws(ExperimentsError) -> Bool {
    guard contains(key), !isIntact(key) else { return false }
    try discard(key)
    return true
  }

  /// Removes a finished cell.
  func discard(_ key: String) throws(ExperimentsError) {
    try attempt("remove", cellFolder(key)) {
      try FileManager.default.removeItem(atPath: cellFolder(key))
    }
  }

  /// Whether the files of a finished cell are those written.
  func isIntact(_ key: String) -> Bool {
    guard
      let manifest: Manifest = try? decode("\(cellFolder(key))/\(CellFile.manifest)")
    else { return false }
    return manifest.files.keys.allSatisfy { (try? read($0, cell: key)) != nil }
  }

  /// Makes the folders of the store and removes what a killed process left half-written.
  ///
  /// Called under the store's lock only.
  func prepare() throws(ExperimentsError) {
    for folder in ["cells", "checkpoints", "runs", "data"] { try makeFolder("\(root)/\(folder)") }
    let cells = "\(root)/cells"
    for name in try names(in: cells) where name.hasSuffix(".partial") {
      try attempt("remove", "\(cells)/\(name)") {
        try FileManager.default.removeItem(atPath: "\(cells)/\(name)")
      }
    }
  }

  /// Writes a finished cell; its folder appears when all of it is on the disk.
  func write(_ files: [(name: String, bytes: [UInt8])], cell key: String) throws(ExperimentsError) {
    let partial = "\(root)/cells/\(key).partial"
    if FileManager.default.fileExists(atPath: partial) {
      try attempt("remove", partial) { try FileManager.default.removeItem(atPath: partial) }
    }
    try makeFolder(partial)
    let manifest = Manifest(
      files: Dictionary(
        uniqueKeysWithValues: files.filter { !CellFile.measured.contains($0.name) }.map {
          ($0.name, Hash.sha256($0.bytes))
        }))
    for file in files { try write(file.bytes, to: "\(partial)/\(file.name)") }
    try write(try json(manifest), to: "\(partial)/\(CellFile.manifest)")
    // One that came without weights is replaced by the whole one.
    if contains(key) { try discard(key) }
    try attempt("rename", partial) {
      try FileManager.default.moveItem(atPath: partial, toPath: cellFolder(key))
    }
    try removeCheckpoint(key)
  }

  /// Where the training of a cell stands, and the seconds that it took; `nil` where none is under
  /// way, or where the file is damaged and the training has to begin anew.
  func checkpoint(
    _ key: String
  ) throws(ExperimentsError) -> (checkpoint: TrainingCheckpoint, seconds: Double)? {
    guard let data = FileManager.default.contents(atPath: checkpointPath(key)) else { return nil }
    if let decoded = CheckpointFile.decode(Array(data)) { return decoded }
    try removeCheckpoint(key)
    return nil
  }

  /// Keeps where a training stands.
  func keep(
    _ checkpoint: TrainingCheckpoint, seconds: Double, cell key: String
  ) throws(ExperimentsError) {
    try write(CheckpointFile.encode(checkpoint, seconds: seconds), to: checkpointPath(key))
  }

  private func removeCheckpoint(_ key: String) throws(ExperimentsError) {
    let path = checkpointPath(key)
    guard FileManager.default.fileExists(atPath: path) else { return }
    try attempt("remove", path) { try FileManager.default.removeItem(atPath: path) }
  }

  /// What a finished cell took; `nil` where that is not known.
  public func timing(of key: String) -> CellTiming? {
    try? decode("\(cellFolder(key))/\(CellFile.timing)")
  }

  /// The bytes of a finished cell's file, checked against its manifest.
  func read(_ name: String, cell key: String) throws(ExperimentsError) -> [UInt8] {
    let folder = cellFolder(key)
    let manifest: Manifest = try decode("\(folder)/\(CellFile.manifest)")
    let bytes = try contents("\(folder)/\(name)")
    guard manifest.files[name] == Hash.sha256(bytes) else {
      throw .damagedStore(path: "\(folder)/\(name)", problem: "the bytes are not those written")
    }
    return bytes
  }

  /// The value of a finished cell's JSON file.
  func decoded<Value: Decodable>(
    _ name: String, cell key: String
  ) throws(ExperimentsError) -> Value {
    let bytes = try read(name, cell: key)
    do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch {
      throw .damagedStore(
        path: "\(cellFolder(key))/\(name)", problem: "it is not what was written")
    }
  }

  /// The weights of a finished cell.
  func weights(cell key: String) throws(ExperimentsError) -> [NamedTensor] {
    let bytes = try read(CellFile.weights, cell: key)
    do { return try SafeTensors.decode(bytes) } catch { throw .weights(error) }
  }

  /// Labels and probabilities of a finished cell, in 16 bits, from whichever form it holds.
  func answers(_ part: CellFile.Answers, cell key: String) throws(ExperimentsError)
    -> PackedPredictions
  {
    let isPacked = FileManager.default.fileExists(atPath: "\(cellFolder(key))/\(part.packed)")
    let name = isPacked ? part.packed : part.full
    let path = "\(cellFolder(key))/\(name)"
    let bytes = try read(name, cell: key)
    do {
      return isPacked
        ? try PackedPredictions(bytes, path: path)
        : PackedPredictions(try PredictionsFile(NPZFile(bytes, path: path), path: path))
    } catch { throw .data(error) }
  }

  /// Whether a finished cell holds weights that others can begin with.
  func hasWeights(_ key: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(cellFolder(key))/\(CellFile.weights)")
  }

  /// Writes a run. An older one of the same name is replaced if it asked the same of the same data;
  /// else it is kept under the name that is returned.
  func write(_ run: RunRecord) throws(ExperimentsError) -> String? {
    let name = run.study.name
    var kept: String?
    if try runNames().contains(name), let older = try? self.run(name), !older.isSameStudy(as: run) {
      let newName = "\(name)-\(older.id.prefix(8))"
      try attempt("rename", runPath(name)) {
        try Data(contentsOf: URL(filePath: runPath(name)))
          .write(to: URL(filePath: runPath(newName)), options: .atomic)
      }
      kept = newName
    }
    try write(try json(run), to: runPath(name))
    return kept
  }

  /// Removes a run; its cells stay.
  func removeRun(_ name: String) throws(ExperimentsError) {
    try attempt("remove", runPath(name)) {
      try FileManager.default.removeItem(atPath: runPath(name))
    }
  }

  /// Writes what figures need of a data set.
  func write(_ summary: DatasetSummary) throws(ExperimentsError) {
    try write(try json(summary), to: dataPath(summary.fingerprint))
  }

  /// Whether the store knows what figures need of the data set with the fingerprint.
  func hasSummary(_ fingerprint: String) -> Bool {
    FileManager.default.fileExists(atPath: dataPath(fingerprint))
  }

  /// What figures need of the data set with the fingerprint.
  func summary(_ fingerprint: String) throws(ExperimentsError) -> DatasetSummary {
    try decode(dataPath(fingerprint))
  }

  /// Writes what was found out about a data set.
  func write(_ audit: DataAudit) throws(ExperimentsError) {
    try write(try json(audit), to: auditPath(audit.fingerprint))
  }

  /// What was found out about the data set with the fingerprint; `nil` where nobody has looked.
  func audit(_ fingerprint: String) throws(ExperimentsError) -> DataAudit? {
    let path = auditPath(fingerprint)
    return FileManager.default.fileExists(atPath: path) ? try decode(path) : nil
  }

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

  // MARK: Files

  private func json(_ value: some Encodable) throws(ExperimentsError) -> [UInt8] {
    do { return try CanonicalJSON.encode(value) } catch {
      throw .damagedStore(path: root, problem: "a value is not representable (\(error))")
    }
  }

  private func decode<Value: Decodable>(_ path: String) throws(ExperimentsError) -> Value {
    let bytes = try contents(path)
    do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch {
      throw .damagedStore(path: path, problem: "it is not what was written")
    }
  }

  private func contents(_ path: String) throws(ExperimentsError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .damagedStore(path: path, problem: "it is missing or cannot be read")
    }
    return Array(data)
  }

  private func write(_ bytes: [UInt8], to path: String) throws(ExperimentsError) {
    do { try AtomicFile.write(bytes, to: path) } catch { throw .data(error) }
  }

  /// The names of all files of a finished cell that are computed.
  func computedFiles(of key: String) throws(ExperimentsError) -> [String] {
    let manifest: Manifest = try decode("\(cellFolder(key))/\(CellFile.manifest)")
    return manifest.files.keys.sorted()
  }

  /// The keys of all finished cells.
  func finishedCells() throws(ExperimentsError) -> [String] {
    guard FileManager.default.fileExists(atPath: "\(root)/cells") else { return [] }
    return try names(in: "\(root)/cells").filter(contains)
  }

  private func names(in folder: String) throws(ExperimentsError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw .file(path: folder, action: "list", reason: error.localizedDescription)
    }
  }

  private func makeFolder(_ path: String) throws(ExperimentsError) {
    try attempt("create", path) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  private func attempt(
    _ action: String, _ path: String, _ body: () throws -> Void
  ) throws(ExperimentsError) {
    do { try body() } catch {
      throw .file(path: path, action: action, reason: error.localizedDescription)
    }
  }
}

/// The files of a cell.
enum CellFile {
  static let description = "cell.json"
  static let history = "history.csv"
  static let predictions = "predictions.npz"
  static let validation = "validation.npz"
  static let packedPredictions = "predictions.16bit.npz"
  static let packedValidation = "validation.16bit.npz"
  static let reconstruction = "reconstruction.json"
  static let ensemble = "ensemble.json"
  static let weights = "weights.safetensors"
  static let metrics = "metrics.json"
  static let timing = "timing.json"
  static let manifest = "manifest.json"
  /// Rows that a cell has answers for.
  enum Answers: CaseIterable {
    case test, validation

    var full: String { self == .test ? CellFile.predictions : CellFile.validation }
    var packed: String {
      self == .test ? CellFile.packedPredictions : CellFile.packedValidation
    }
  }

  /// Files that an exported cell keeps as they are.
  static let kept = [description, history, reconstruction, ensemble]
  /// Files that are measured, not computed: other runs have other bytes.
  static let measured: Set = [timing]
}

/// The hashes of a cell's computed files.
private struct Manifest: Codable {
  let files: [String: String]
}
