import Foundation
import Neural

/// A training under way, as it lies in the store beside the finished cells.
///
/// The length of a JSON text (8 bytes, least significant first), the text, and the weights as
/// safetensors; the text has the hash of the weights, so that no damaged file is gone on from.
enum CheckpointFile {
  private struct Header: Codable {
    var stage: Int
    var rows: Int
    var lossSum: Double
    var rightCount: Int
    var history: [EpochRecord]
    var monitor: ValidationMonitor.State
    var step: Int
    var learningRate: Double
    /// Seconds that the training has taken so far.
    var seconds: Double
    var tensorsHash: String
  }

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

  static func encode(_ checkpoint: TrainingCheckpoint, seconds: Double) -> [UInt8] {
    let tensors = SafeTensors.encode(tensors(of: checkpoint))
    let header = Header(
      stage: checkpoint.stage, rows: checkpoint.rows, lossSum: checkpoint.outcome.lossSum,
      rightCount: checkpoint.outcome.rightCount, history: checkpoint.history,
      monitor: checkpoint.monitor, step: checkpoint.steps.step,
      learningRate: checkpoint.steps.learningRate, seconds: seconds,
      tensorsHash: Hash.sha256(tensors))
    let text: Data
    do { text = try encoder.encode(header) } catch {
      preconditionFailure("numbers and texts are always representable: \(error)")
    }
    let length = (0..<lengthBytes).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return length + text + tensors
  }

  private static func tensors(of checkpoint: TrainingCheckpoint) -> [NamedTensor] {
    let steps = checkpoint.steps
    let named =
      [("weights", steps.weights), ("average", steps.average), ("kept", checkpoint.kept)]
      + steps.moments.enumerated().map { ("moment\($0)", $1) }
    return named.map { NamedTensor(name: $0, shape: [$1.count], values: $1) }
  }

  /// What was written; `nil` where the bytes are not that.
  static func decode(_ bytes: [UInt8]) -> (checkpoint: TrainingCheckpoint, seconds: Double)? {
    guard bytes.count >= lengthBytes else { return nil }
    let length = bytes[..<lengthBytes].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - lengthBytes) else { return nil }
    let text = bytes[lengthBytes..<lengthBytes + Int(length)]
    let rest = Array(bytes[(lengthBytes + Int(length))...])
    guard let header = try? decoder.decode(Header.self, from: Data(text)),
      header.tensorsHash == Hash.sha256(rest), let tensors = try? SafeTensors.decode(rest)
    else { return nil }
    let values = Dictionary(tensors.map { ($0.name, $0.values) }) { first, _ in first }
    var outcome = BatchOutcome()
    (outcome.lossSum, outcome.rightCount) = (header.lossSum, header.rightCount)
    let moments = (0...).lazy.map { values["moment\($0)"] }.prefix { $0 != nil }
    return (
      TrainingCheckpoint(
        stage: header.stage, rows: header.rows, outcome: outcome, history: header.history,
        monitor: header.monitor, kept: values["kept"] ?? [],
        steps: TrainingCheckpoint.Steps(
          step: header.step, learningRate: header.learningRate, weights: values["weights"] ?? [],
          moments: moments.compactMap(\.self), average: values["average"] ?? [])),
      header.seconds
    )
  }
}
