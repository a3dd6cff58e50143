import CZlib
import Foundation
import Testing

@testable import Datasets

/// The folder of real recordings that some tests read: `DETECTRON_SHARED`, or `shared` beside the
/// package. Those tests are skipped, loudly, where it is absent.
enum SharedData {
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["DETECTRON_SHARED"] { return path }
    return URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared").standardized.path
  }()

  /// Whether a path below the folder exists.
  static func has(_ name: String) -> Bool {
    let found = FileManager.default.fileExists(atPath: "\(path)/\(name)")
    if !found { print("SKIPPED: \(path)/\(name) is absent; set DETECTRON_SHARED to its folder") }
    return found
  }
}

/// Values of numpy, scikit-learn and Python; made by `Golden/make_golden.py`.
struct Golden: Decodable {
  struct Arrays: Decodable {
    let npy: [String: Data]
    let version2: Data
    let columns: Data
    let object: Data
    let npz: Data
    let npzCompressed: Data
  }
  struct Number: Decodable {
    let text: String
    let bits: UInt32

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      text = try container.decode(String.self)
      bits = try container.decode(UInt32.self)
    }
  }
  struct PublishedForm: Decodable {
    let bits: UInt32
    let text: String

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      bits = try container.decode(UInt32.self)
      text = try container.decode(String.self)
    }
  }
  struct Indices: Decodable {
    let first: [Int]
    let last: [Int]
    let sha256: String
  }
  struct Quantiles: Decodable {
    let values: [Float]
    let expected: [Float]
  }
  struct Fingerprint: Decodable {
    let rows: [Float]
    let sha256: String
  }

  let arrays: Arrays
  let numbers: [Number]
  let publishedForm: [PublishedForm]
  let ptbSplit: Indices
  let quantiles: [Quantiles]
  let fingerprint: Fingerprint

  static func load() throws -> Golden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/golden.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }
}

/// Runs the body with an empty folder that is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// A fixed sequence of damaged copies of an input: bytes changed, cut out, doubled, cut off.
struct Mutations {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  private mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(bound, 1)))
  }

  mutating func mutate(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...below(4) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(5) {
      case 0: bytes[place] = UInt8(below(256))
      case 1: bytes[place] ^= 1 << below(8)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}

/// Writes a text file, compressed with gzip if its name says so.
func write(_ text: String, to path: String) throws {
  guard path.hasSuffix(".gz") else {
    return try Data(text.utf8).write(to: URL(filePath: path))
  }
  let file = try #require(gzopen(path, "wb1"))
  let bytes = Array(text.utf8)
  #expect(gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count))
  #expect(gzclose(file) == Z_OK)
}

/// A line of a published file: a value, zeros, and the label.
func line(_ value: String = "1.0", label: String = "0", columns: Int = 187) -> String {
  value + String(repeating: ",0", count: columns - 1) + ",\(label)"
}

/// What loading a task from a folder says goes wrong; `nil` where it does not.
func error(_ folder: String, _ task: String, _ source: DataSource? = nil) -> String? {
  do {
    _ = try DataDirectory(path: folder).load(task, source: source)
    return nil
  } catch {
    return error.description
  }
}
