/// A training as an event file that TensorBoard reads: a scalar an epoch for each curve, and the
/// scores on test rows at the kept epoch.
///
/// Records of TensorFlow's format, each an `Event` message whose time is 0, so that the same results
/// give the same bytes. Sources: <https://www.tensorflow.org/tutorials/load_data/tfrecord>,
/// `tensorflow/core/util/event.proto`; RFC 3720, appendix B.4 (CRC-32C).
struct TensorBoardFile {
  let bytes: [UInt8]

  init(_ training: ForeignTraining) {
    let version = Message().adding(3, text: "brain.Event:2")
    let curves = training.curves.flatMap { curve in
      curve.points.map { Self.scalar(curve.name, $0.value, step: $0.epoch) }
    }
    let scores = training.scores.compactMap { score in
      score.value.map {
        Self.scalar("test/\(score.name)", $0, step: training.cell.bestEpoch)
      }
    }
    bytes = ([version] + curves + scores).flatMap { Self.record($0.bytes) }
  }

  /// An event with one number.
  private static func scalar(_ name: String, _ value: Double, step: Int) -> Message {
    let number = Message().adding(1, text: name).adding(2, float: Float(value))
    return Message().adding(2, count: step)
      .adding(5, message: Message().adding(1, message: number))
  }

  private static func record(_ data: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(data.count), count: 8)
    return length + littleEndian(UInt64(masked(length)), count: 4) + data
      + littleEndian(UInt64(masked(data)), count: 4)
  }

  private static func littleEndian(_ value: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32C, turned and moved as the format asks, since records may hold such sums themselves.
  private static func masked(_ bytes: [UInt8]) -> UInt32 {
    let sum = CyclicRedundancyCheck.castagnoli(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}

/// A message of protocol buffers, field by field.
private struct Message {
  private(set) var bytes: [UInt8] = []

  func adding(_ field: Int, text: String) -> Message { adding(field, bytes: Array(text.utf8)) }

  func adding(_ field: Int, message: Message) -> Message { adding(field, bytes: message.bytes) }

  func adding(_ field: Int, count: Int) -> Message {
    appending(Self.varint(UInt64(field << 3)) + Self.varint(UInt64(max(0, count))))
  }

  func adding(_ field: Int, float: Float) -> Message {
    let bits = float.bitPattern
    return appending(
      Self.varint(UInt64(field << 3 | 5))
        + (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
  }

  private func adding(_ field: Int, bytes: [UInt8]) -> Message {
    appending(Self.varint(UInt64(field << 3 | 2)) + Self.varint(UInt64(bytes.count)) + bytes)
  }

  private func appending(_ bytes: [UInt8]) -> Message {
    var message = self
    message.bytes += bytes
    return message
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (value, bytes): (UInt64, [UInt8]) = (value, [])
    while value > 127 {
      bytes.append(UInt8(value & 127) | 128)
      value >>= 7
    }
    return bytes + [UInt8(value)]
  }
}

/// Sums that tell whether bytes are those written.
enum CyclicRedundancyCheck {
  private static let table: [UInt32] = (0..<256).map { byte -> UInt32 in
    (0..<8).reduce(UInt32(byte)) { (value: UInt32, _: Int) -> UInt32 in
      let half = value >> 1
      return value & 1 == 1 ? half ^ 0x82F6_3B78 : half
    }
  }

  /// CRC-32C, with the polynomial 0x82F63B78 (reflected).
  static func castagnoli(_ bytes: [UInt8]) -> UInt32 {
    let sum = bytes.reduce(UInt32.max) { (sum: UInt32, byte: UInt8) -> UInt32 in
      let rest = sum >> 8
      return rest ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
    }
    return ~sum
  }
}
