import Datasets
import Foundation

/// What a store remembers of data that was read, so that a run with nothing to train reads none: the
/// facts, the state of the files, and the version of the program's readers.
struct DataMemory: Codable, Sendable {
  /// Name of the entry: a hash of what was asked for and where.
  let place: String
  /// State of the files.
  let stamp: String
  /// Hash of the sources that make rows out of files.
  let version: String
  let facts: DatasetFacts

  init(place: String, stamp: String, facts: DatasetFacts) {
    self.place = place
    self.stamp = stamp
    self.facts = facts
    version = Self.version
  }

  /// Rows are made by the data rooms, and generated ones with the random numbers of the engine.
  static let version = NumericVersion.data + NumericVersion.shared

  static func place(of source: TaskSource) -> String {
    let folder = source.directory.map { URL(filePath: $0.path).standardizedFileURL.path } ?? ""
    return Hash.sha256(Array("\(source.task)\n\(source.source?.rawValue ?? "")\n\(folder)".utf8))
  }
}

extension RunStore {
  private func memoryPath(_ place: String) -> String { "\(root)/data/known/\(place).json" }

  /// The facts of data whose files are as they were when it was read; `nil` where that is not so.
  func remembered(_ place: String, stamp: String) -> DatasetFacts? {
    guard let memory: DataMemory = try? decode(memoryPath(place)), memory.stamp == stamp,
      memory.version == DataMemory.version
    else { return nil }
    return memory.facts
  }

  /// Remembers data that was read.
  func remember(_ memory: DataMemory) throws(ExperimentsError) {
    try write(sealed: memory, to: memoryPath(memory.place))
  }
}
