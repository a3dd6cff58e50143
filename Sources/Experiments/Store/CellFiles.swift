import Datasets
import Statistics

/// The epochs of a training as comma-separated values, shortest digits that read back exactly.
enum HistoryFile {
  private static let header =
    "epoch,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy"

  static func encode(_ history: [EpochRecord]) -> [UInt8] {
    let lines = history.map {
      "\($0.epoch),\($0.learningRate),\($0.trainLoss),\($0.trainAccuracy),"
        + "\($0.validationLoss),\($0.validationAccuracy)"
    }
    return Array((([header] + lines).joined(separator: "\n") + "\n").utf8)
  }

  static func decode(_ bytes: [UInt8]) -> [EpochRecord]? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first.map(String.init) == header else { return nil }
    let records = lines.dropFirst().compactMap { line -> EpochRecord? in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = cells.compactMap { Double($0) }
      guard cells.count == 6, numbers.count == 6, let epoch = Int(cells[0]) else { return nil }
      return EpochRecord(
        epoch: epoch, learningRate: numbers[1], trainLoss: numbers[2], trainAccuracy: numbers[3],
        validationLoss: numbers[4], validationAccuracy: numbers[5])
    }
    return records.count == lines.count - 1 && !records.isEmpty ? records : nil
  }
}

/// Predictions as npz: `label`, and a column of probabilities a class, `p0`, `p1`, ….
public enum PredictionsFile {
  static func encode(labels: [Int], _ probabilities: [Float]) -> [UInt8] {
    let classes = labels.isEmpty ? 0 : probabilities.count / labels.count
    let columns = (0..<classes).map { column in
      (
        name: "p\(column)",
        array: NPYArray(
          .float32(labels.indices.map { probabilities[$0 * classes + column] }))
      )
    }
    return NPZFile.encode(
      [(name: "label", array: NPYArray(.int64(labels.map(Int64.init))))] + columns)
  }

  /// Labels, and probabilities row-major.
  static func decode(
    _ bytes: [UInt8], path: String, classCount: Int
  ) throws(DatasetsError) -> (labels: [Int], probabilities: [Float]) {
    let file = try NPZFile(bytes, path: path)
    guard let integers = try file.array("label").integers else {
      throw .malformedArray(path: path, problem: "the labels are no whole numbers")
    }
    var columns: [[Float]] = []
    for column in 0..<classCount {
      guard let values = try file.array("p\(column)").floats, values.count == integers.count
      else {
        throw .malformedArray(path: path, problem: "p\(column) has not a number a label")
      }
      columns.append(values)
    }
    let labels = integers.map { Int(truncatingIfNeeded: $0) }
    guard labels.allSatisfy((0..<classCount).contains) else {
      throw .malformedArray(path: path, problem: "a label is outside 0…\(classCount - 1)")
    }
    return (labels, labels.indices.flatMap { row in columns.map { $0[row] } })
  }
}
