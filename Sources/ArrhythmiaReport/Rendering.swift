internal import Documents
internal import Experiments
import Foundation
internal import Plotting

/// Remembers what the files in two folders were rendered from, so that nothing is drawn again as
/// long as neither that nor the files have changed.
///
/// The record lies in the user's cache, because it names the program's own bytes and would make
/// reports differ that are the same. It is trusted for nothing but its hashes: a file that was
/// changed, damaged or removed is rendered again.
public struct Rendering {
  private struct Record: Codable, Equatable {
    /// Hash of everything that decides the files.
    let inputs: String
    /// Hash of each file, by its path.
    let files: [String: String]
  }

  private let folders: [String]
  private let inputs: String
  private let recordPath: String

  /// - Parameters:
  ///   - results: Hash of the stored results.
  ///   - reportFolder: Folder of the report.
  ///   - figuresFolder: Folder of the figures.
  ///   - environment: The variables of the process; `XDG_CACHE_HOME` or `HOME` say where records lie.
  public init(
    of results: String, reportFolder: String, figuresFolder: String,
    environment: [String: String]
  ) {
    folders = [reportFolder, figuresFolder].map { URL(filePath: $0).standardizedFileURL.path }
    let parts =
      [results, Self.hash(of: "/proc/self/exe") ?? Bundle.main.executablePath.flatMap(Self.hash)]
      + ((try? TypeFace.files()) ?? []).map(Self.hash)
      + TypeFace.libraryVersions.map { "\($0.name) \($0.version)" }
    inputs = Hash.sha256(Array(parts.map { $0 ?? "unknown" }.joined(separator: "\n").utf8))
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? "\(environment["HOME"] ?? ".")/.cache"
    let name = Hash.sha256(Array(folders.joined(separator: "\n").utf8))
    recordPath = "\(cache)/detectron/renderings/\(name).json"
  }

  /// Whether the folders hold what would be rendered.
  public var isCurrent: Bool {
    guard let data = FileManager.default.contents(atPath: recordPath),
      let record = try? JSONDecoder().decode(Record.self, from: data),
      record.inputs == inputs, !record.files.isEmpty
    else { return false }
    return record.files.allSatisfy { Self.hash(of: $0.key) == $0.value }
  }

  /// Remembers the files that were written. A cache that cannot be written to costs time only.
  public func remember(_ files: WrittenFiles) {
    let named =
      files.report.map { ("\(folders[0])/\($0.path)", $0.bytes) }
      + files.figures.map { ("\(folders[1])/\($0.name)", $0.bytes) }
    let hashes = Dictionary(named.map { ($0.0, Hash.sha256($0.1)) }) { _, last in last }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let folder = URL(filePath: recordPath).deletingLastPathComponent()
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? encoder.encode(Record(inputs: inputs, files: hashes))
      .write(to: URL(filePath: recordPath), options: .atomic)
  }

  private static func hash(of path: String) -> String? {
    FileManager.default.contents(atPath: path).map { Hash.sha256(Array($0)) }
  }
}
