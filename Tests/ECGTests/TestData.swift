import Foundation

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

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }
}

/// Values that wfdb-python gives; made by `Golden/make_wfdb.py`.
struct Golden: Decodable {
  struct Header: Decodable {
    struct Signal: Decodable {
      let file_name: String
      let fmt: String
      let samps_per_frame: Int
      let skew: Int?
      let byte_offset: Int?
      let adc_gain: Double
      let baseline: Int
      let units: String
      let adc_res: Int?
      let adc_zero: Int?
      let init_value: Int?
      let checksum: Int?
      let block_size: Int?
      let sig_name: String?
    }
    let name: String
    let text: String
    let fs: Double
    let counterFrequency: Double?
    let baseCounter: Double?
    let length: Int?
    let signals: [Signal]
    let comments: [String]
  }
  struct Record: Decodable {
    let name: String
    let files: [String: Data]
    let digital: [[Int16]]
    let physical: [[Float]]
  }
  struct Annotations: Decodable {
    let bytes: Data
    let fs: Double
    let sample: [Int]
    let symbol: [String]
    let subtype: [Int8]
    let chan: [UInt8]
    let num: [Int8]
    let aux: [String]
  }

  let headers: [Header]
  let records: [Record]
  let annotations: Annotations
  let symbols: [String: String]

  static func load() throws -> Golden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/wfdb.json")
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
