import Foundation

/// What can be wrong with a weights file.
public enum NeuralError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The bytes are not a well-formed safetensors file.
  case malformedWeights(problem: String)
  /// The file lacks a parameter of the network.
  case missingParameter(path: String)
  /// A parameter has another shape than the network's.
  case unexpectedShape(path: String, expected: [Int], found: [Int])
  /// A path that no parameter of the network lies at or below.
  case unknownPath(String, known: [String])
  /// Every parameter is frozen.
  case nothingToTrain(frozen: [String])

  /// One sentence that ends with the remedy.
  public var description: String {
    switch self {
    case .malformedWeights(let problem):
      "the weights are not a safetensors file (\(problem)); train the cell again"
    case .missingParameter(let path):
      "the weights lack the parameter \(path); use weights of this variant, or leave the path out"
    case .unexpectedShape(let path, let expected, let found):
      "the parameter \(path) has the shape \(found), the network wants \(expected); "
        + "use weights of this variant and task, or leave the path out"
    case .unknownPath(let path, let known):
      "no parameter lies under \(path); use a path, or the beginning of one, of "
        + known.joined(separator: ", ")
    case .nothingToTrain(let frozen):
      "with \(frozen.joined(separator: ", ")) frozen nothing is left to train; freeze less"
    }
  }
}

/// A named array of floats.
public struct NamedTensor: Sendable, Equatable {
  /// Unique name, for example `conv1.kernel`.
  public let name: String
  /// Sizes, row-major.
  public let shape: [Int]
  /// The numbers, as many as the product of the sizes.
  public let values: [Float]

  /// Creates a tensor.
  public init(name: String, shape: [Int], values: [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// The safetensors file format, for 32-bit floats.
///
/// Source: github.com/huggingface/safetensors. Written with the tensors in the order given, the
/// header padded to eight bytes; the same tensors give the same bytes. Read strictly: sizes,
/// ranges and completeness are checked before anything is allocated by them.
public enum SafeTensors {
  /// Longest header that is read, in bytes.
  static let maximumHeader = 16 << 20

  private struct Entry: Codable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  /// The file of some tensors.
  public static func encode(_ tensors: [NamedTensor]) -> [UInt8] {
    var offset = 0
    let entries = tensors.map { tensor in
      defer { offset += 4 * tensor.values.count }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      let range = "\(offset),\(offset + 4 * tensor.values.count)"
      return "\(quoted(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],"
        + "\"data_offsets\":[\(range)]}"
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes = littleEndian(UInt64(header.count)) + header
    bytes.reserveCapacity(bytes.count + offset)
    for tensor in tensors {
      for value in tensor.values { bytes += littleEndian(value.bitPattern) }
    }
    return bytes
  }

  /// The tensors of a file, in the order of their data.
  public static func decode(_ bytes: [UInt8]) throws(NeuralError) -> [NamedTensor] {
    guard bytes.count >= 8 else { throw .malformedWeights(problem: "shorter than 8 bytes") }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard length <= UInt64(min(maximumHeader, bytes.count - 8)) else {
      throw .malformedWeights(problem: "a header of \(length) bytes in \(bytes.count)")
    }
    let start = 8 + Int(length)
    let entries: [String: Entry]
    do {
      entries = try JSONDecoder().decode([String: Entry].self, from: Data(bytes[8..<start]))
    } catch {
      throw .malformedWeights(problem: "the header is no table of tensors")
    }
    var expected = 0
    var tensors: [NamedTensor] = []
    // Offsets of empty tensors may coincide; the name then decides, so that the order is fixed.
    let ordered = entries.sorted {
      ($0.value.data_offsets, $0.key).0.lexicographicallyPrecedes($1.value.data_offsets)
        || ($0.value.data_offsets == $1.value.data_offsets && $0.key < $1.key)
    }
    for (name, entry) in ordered {
      let count = try elements(of: entry, named: name, at: expected, of: bytes.count - start)
      let first = start + expected
      let values = (0..<count).map { index in
        let at = first + 4 * index
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
        return Float(bitPattern: bits)
      }
      tensors.append(NamedTensor(name: name, shape: entry.shape, values: values))
      expected += 4 * count
    }
    guard start + expected == bytes.count else {
      throw .malformedWeights(problem: "\(bytes.count - start - expected) bytes belong to nothing")
    }
    return tensors
  }

  private static func elements(
    of entry: Entry, named name: String, at expected: Int, of available: Int
  ) throws(NeuralError) -> Int {
    guard entry.dtype == "F32" else {
      throw .malformedWeights(problem: "\(name) has the type \(entry.dtype), not F32")
    }
    var count = 1
    for size in entry.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else {
        throw .malformedWeights(problem: "\(name) has the shape \(entry.shape)")
      }
      count = product
    }
    guard count <= available / 4, entry.data_offsets == [expected, expected + 4 * count],
      expected + 4 * count <= available
    else {
      throw .malformedWeights(problem: "\(name) lies at \(entry.data_offsets)")
    }
    return count
  }

  private static func quoted(_ name: String) -> String {
    let escaped = name.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

extension Network {
  /// All parameters by name, in the order of the plan.
  public var tensors: [NamedTensor] {
    plan.parameters.map {
      NamedTensor(name: $0.path, shape: $0.shape, values: values(of: $0))
    }
  }

  /// Takes the selected parameters from a file's tensors; the others stay as they are, for example
  /// as the seed made them: `.except(["dense3"])` gives a network a new head.
  ///
  /// All selected parameters must be there with the network's shapes, or nothing changes.
  public func load(
    _ tensors: [NamedTensor], _ selection: ParameterSelection = .all
  ) throws(NeuralError) {
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let selected = try plan.parameters(selection)
    for parameter in selected {
      guard let tensor = byName[parameter.path] else {
        throw .missingParameter(path: parameter.path)
      }
      guard tensor.shape == parameter.shape else {
        throw .unexpectedShape(
          path: parameter.path, expected: parameter.shape, found: tensor.shape)
      }
    }
    for parameter in selected {
      if let tensor = byName[parameter.path] { setValues(tensor.values, of: parameter) }
    }
    weightsDidChange()
  }
}
