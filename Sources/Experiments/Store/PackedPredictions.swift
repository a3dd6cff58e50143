import Datasets
import Statistics
import Tensors

/// Labels and probabilities as everything after training takes them: 16 bits a probability.
///
/// A probability is held as log odds in steps of 1/1024, from −32 to 32: 6e-4 of p where p is
/// small and of 1 − p where it is large, so that the ranking of confident answers is kept. The
/// probabilities of a row are scaled to sum to 1 again. Metrics, ensembles, figures and tables are
/// computed from these, whether the cell holds single precision or only the packed form.
struct PackedPredictions: Equatable {
  private static let stepsPerUnit = 1024.0
  private static let limit = 32.0

  /// Class of each row.
  let labels: [Int]
  /// Log odds times 1024, row-major `[rows, classes]`.
  let codes: [Int16]
  /// The number of classes.
  let classCount: Int

  /// Packs predictions in single precision.
  init(_ predictions: PredictionsFile) {
    self.init(
      labels: predictions.labels, probabilities: predictions.scores,
      classCount: predictions.classCount)
  }

  init(labels: [Int], probabilities: [Double], classCount: Int) {
    self.labels = labels
    self.classCount = classCount
    codes = probabilities.map(Self.code)
  }

  private static func code(_ probability: Double) -> Int16 {
    let odds: Double =
      if probability <= 0 {
        -limit
      } else if probability >= 1 {
        limit
      } else {
        min(max(Elementary.log(probability / (1 - probability)), -limit), limit)
      }
    return Int16(clamping: Int((odds * stepsPerUnit).rounded()))
  }

  /// The probabilities, row-major `[rows, classes]`.
  var probabilities: [Float] {
    var result: [Float] = []
    result.reserveCapacity(codes.count)
    for row in labels.indices {
      let values = codes[row * classCount..<(row + 1) * classCount].map {
        Elementary.sigmoid(Double($0) / Self.stepsPerUnit)
      }
      let sum = values.reduce(0, +)
      for value in values { result.append(Float(value / sum)) }
    }
    return result
  }

  /// SHA-256 over labels and codes: the same for either form of a cell.
  var hash: String {
    let numbers = labels.map { Int16(clamping: $0) } + codes
    return Hash.sha256(
      numbers.flatMap { number in
        let bits = UInt16(bitPattern: number)
        return [UInt8(bits & 255), UInt8(bits >> 8)]
      })
  }

  /// The compressed npz file: `label`, and for each class `odds0`, `odds1`, …
  func encode() -> [UInt8] {
    let columns = (0..<classCount).map { column in
      (
        name: "odds\(column)",
        array: NPYArray(.int16(labels.indices.map { codes[$0 * classCount + column] }))
      )
    }
    let label = NPYArray(.int16(labels.map { Int16(clamping: $0) }))
    return NPZFile.encode([(name: "label", array: label)] + columns, isCompressed: true)
  }

  /// The metrics of the packed answers, as a cell's `metrics.json`.
  func metrics() throws -> [UInt8] {
    try CanonicalJSON.encode(
      MetricsDocument(
        ClassificationMetrics(
          labels: labels, probabilities: probabilities.map(Double.init), classCount: classCount)))
  }

  /// Reads the file.
  ///
  /// - Throws: `DatasetsError` where the bytes are no such file.
  init(_ bytes: [UInt8], path: String) throws(DatasetsError) {
    let file = try NPZFile(bytes, path: path)
    func numbers(_ name: String) throws(DatasetsError) -> [Int16] {
      let numbers = try file.array(name).integers?.compactMap { Int16(exactly: $0) } ?? []
      guard numbers.count == (try file.array(name).elements.count) else {
        throw .malformedArray(path: path, problem: "\(name) holds other numbers than 16 bits")
      }
      return numbers
    }
    let label = try numbers("label")
    let names = (0..<file.names.count).map { "odds\($0)" }.prefix { file.names.contains($0) }
    var columns: [[Int16]] = []
    for name in names { columns.append(try numbers(name)) }
    guard columns.count > 1, columns.allSatisfy({ $0.count == label.count }) else {
      throw .malformedArray(path: path, problem: "there are not as many odds as labels")
    }
    labels = label.map(Int.init)
    classCount = columns.count
    codes = label.indices.flatMap { row in columns.map { $0[row] } }
  }
}
