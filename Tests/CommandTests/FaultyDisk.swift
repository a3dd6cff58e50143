import Foundation
import Testing

/// What a disk may do at a chosen operation; see `Tests/FaultyWrites`.
enum Fault: String, CaseIterable {
  case full, error, power, kill
}

/// Calls on a disk that fails at a chosen operation. `DETECTRON_SOAK` asks for every operation,
/// otherwise some dozens are spread over them.
extension CommandSuite {
  static var isSoak: Bool { ProcessInfo.processInfo.environment["DETECTRON_SOAK"] != nil }

  /// Variables that preload the disk for what lies below a folder.
  func disk(_ root: String) -> [String: String] {
    let library = Call.built.appending(path: "libFaultyWrites.so").path
    return ["LD_PRELOAD": library, "FAULT_ROOT": path(root)]
  }

  /// A call whose file operations below a folder are counted, and one of them made to fail.
  func faulty(
    _ arguments: [String], root: String, at place: Int = 0, _ fault: Fault = .error,
    environment: [String: String] = [:]
  ) throws -> Call {
    let faults = [
      "FAULT_AT": "\(place)", "FAULT_MODE": fault.rawValue, "FAULT_LOG": path("operations"),
    ]
    return try Call(
      arguments,
      environment: disk(root).merging(faults) { $1 }.merging(environment) { $1 })
  }

  func operationCount() throws -> Int {
    let text = try String(contentsOfFile: path("operations"), encoding: .utf8)
    return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// Some of the places 1…count, the first and the last among them.
  func places(_ count: Int, atMost limit: Int) -> [Int] {
    let step = Self.isSoak ? 1 : max(1, (count + limit - 1) / limit)
    return Array(stride(from: 1, through: count, by: step)) + [count]
  }

  /// The computed files below a folder, by path.
  func files(_ name: String) throws -> [String: Data] {
    let measured = ["timing.json", "maker.json", "lock", ".log"]
    var files: [String: Data] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: path(name))
    where !measured.contains(where: file.hasSuffix)
      && !["environments/", "data/known/"].contains(where: file.contains)
    {
      files[file] = FileManager.default.contents(atPath: "\(path(name))/\(file)")
    }
    return files
  }

  func remove(_ name: String) throws {
    if FileManager.default.fileExists(atPath: path(name)) {
      try FileManager.default.removeItem(atPath: path(name))
    }
  }
}
