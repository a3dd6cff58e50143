import Crypto
import Foundation
import Neural

/// A training under way, as it lies in the store beside the finished cells.
///
/// A SHA-256 (64 hexadecimal digits) over the cell's key and all that follows: the length of a JSON
/// text (8 bytes, least significant first), the text, and the weights as safetensors. So no damaged
/// file is gone on from, nor one of another cell.
enum CheckpointFile {
  private struct Header: Codable {
    var stage: Int
    var rows: Int
    var lossSum: Double
    var rightCount: Int
    var validatedRows: Int
    var validatedLossSum: Double
    var validatedRightCount: Int
    var history: [EpochRecord]
    var monitor: ValidationMonitor.State
    var step: Int
    var learningRate: Double
    /// Seconds that the training has taken so far.
    var seconds: Double
  }

  private static let hashBytes = 64
  private static let lengthBytes = 8

  // A loss may have become something else than a number; the training goes on with that.
  private static let notNumbers = ("inf", "-inf", "nan")

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: notNumbers.0, negativeInfinity: notNumbers.1, nan: notNumbers.2)
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: notNumbers.0, negativeInfinity: notNumbers.1, nan: notNumbers.2)
    return decoder
  }

  /// The file of a training.
  ///
  /// - Parameters:
  ///   - seconds: Seconds that it has taken so far.
  ///   - key: The cell's.
  static func encode(
    _ checkpoint: TrainingCheckpoint, seconds: Double, cell key: String
  ) -> [UInt8] {
    let tensors = SafeTensors.encode(tensors(of: checkpoint))
    let header = Header(
      stage: checkpoint.stage, rows: checkpoint.rows, lossSum: checkpoint.outcome.lossSum,
      rightCount: checkpoint.outcome.rightCount, validatedRows: checkpoint.validatedRows,
      validatedLossSum: checkpoint.validated.lossSum,
      validatedRightCount: checkpoint.validated.rightCount, history: checkpoint.history,
      monitor: checkpoint.monitor, step: checkpoint.steps.step,
      learningRate: checkpoint.steps.learningRate, seconds: seconds)
    let text: Data
    do { text = try encoder.encode(header) } catch {
      preconditionFailure("numbers and texts are always representable: \(error)")
    }
    let length = (0..<lengthBytes).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return hash(key, length, text, tensors) + length + text + tensors
  }

  /// The hash of parts one after another, without joining them in memory.
  private static func hash(_ key: String, _ parts: any DataProtocol...) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: Array(key.utf8))
    for part in parts { hash.update(data: part) }
    return Array(Hash.hexadecimal(hash.finalize()).utf8)
  }

  private static func tensors(of checkpoint: TrainingCheckpoint) -> [NamedTensor] {
    let steps = checkpoint.steps
    let named =
      [("weights", steps.weights), ("average", steps.average), ("kept", checkpoint.kept)]
      + steps.moments.enumerated().map { ("moment\($0)", $1) }
      + (checkpoint.answers.map { [("answers", $0)] } ?? [])
    return named.map { NamedTensor(name: $0, shape: [$1.count], values: $1) }
  }

  /// What was written of the cell; `nil` where the bytes are not that.
  static func decode(
    _ bytes: [UInt8], cell key: String
  ) -> (checkpoint: TrainingCheckpoint, seconds: Double)? {
    let start = hashBytes + lengthBytes
    guard bytes.count >= start,
      bytes[..<hashBytes].elementsEqual(hash(key, bytes[hashBytes...]))
    else { return nil }
    let length = bytes[hashBytes..<start].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - start) else { return nil }
    let end = start + Int(length)
    guard let header = try? decoder.decode(Header.self, from: Data(bytes[start..<end])),
      let tensors = try? SafeTensors.decode(Array(bytes[end...]))
    else { return nil }
    let values = Dictionary(tensors.map { ($0.name, $0.values) }) { first, _ in first }
    var outcome = BatchOutcome()
    (outcome.lossSum, outcome.rightCount) = (header.lossSum, header.rightCount)
    var validated = BatchOutcome()
    validated.lossSum = header.validatedLossSum
    validated.rightCount = header.validatedRightCount
    let moments = (0...).lazy.map { values["moment\($0)"] }.prefix { $0 != nil }
    return (
      TrainingCheckpoint(
        stage: header.stage, rows: header.rows, outcome: outcome,
        validatedRows: header.validatedRows, validated: validated, history: header.history,
        monitor: header.monitor, kept: values["kept"] ?? [],
        steps: TrainingCheckpoint.Steps(
          step: header.step, learningRate: header.learningRate, weights: values["weights"] ?? [],
          moments: moments.compactMap(\.self), average: values["average"] ?? []),
        answers: values["answers"]),
      header.seconds
    )
  }
}
