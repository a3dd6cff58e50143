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
