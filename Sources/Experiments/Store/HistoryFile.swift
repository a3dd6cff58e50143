/// The epochs of a training as comma-separated values, shortest digits that read back exactly; what
/// is undefined is empty, and the epoch whose weights were kept is marked by 1.
enum HistoryFile {
  private static let header =
    "epoch,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,kept"

  static func encode(_ history: [EpochRecord], kept: Int) -> [UInt8] {
    let lines = history.map {
      "\($0.epoch),\($0.learningRate),\($0.trainLoss),\(text($0.trainAccuracy)),"
        + "\($0.validationLoss),\(text($0.validationAccuracy)),\($0.epoch == kept ? 1 : 0)"
    }
    return Array((([header] + lines).joined(separator: "\n") + "\n").utf8)
  }

  private static func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }

  /// The epochs, and which was kept; `nil` where the bytes are no such table.
  static func decode(_ bytes: [UInt8]) -> (history: [EpochRecord], kept: Int)? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first.map(String.init) == header else { return nil }
    var kept: Int?
    let records = lines.dropFirst().compactMap { line -> EpochRecord? in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells.count == 7, let epoch = Int(cells[0]), let rate = Double(cells[1]),
        let trainLoss = Double(cells[2]), let validationLoss = Double(cells[4]),
        [3, 5].allSatisfy({ cells[$0].isEmpty || Double(cells[$0]) != nil })
      else { return nil }
      if cells[6] == "1" { kept = epoch }
      return EpochRecord(
        epoch: epoch, learningRate: rate, trainLoss: trainLoss, trainAccuracy: Double(cells[3]),
        validationLoss: validationLoss, validationAccuracy: Double(cells[5]))
    }
    guard let kept, records.count == lines.count - 1 else { return nil }
    return (records, kept)
  }
}
