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
  static let maker = "maker.json"
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
  static let measured: Set = [timing, maker]
}

/// The hashes of a cell's computed files.
struct Manifest: Codable {
  let files: [String: String]
}
