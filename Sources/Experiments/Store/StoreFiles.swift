import Datasets
import Foundation

/// Reading and writing of single files.
extension RunStore {
  func json(_ value: some Encodable) throws(ExperimentsError) -> [UInt8] {
    do { return try CanonicalJSON.encode(value) } catch { throw unrepresentable(error) }
  }

  private func unrepresentable(_ error: any Error) -> ExperimentsError {
    .damagedStore(path: root, problem: "a value is not representable (\(error))")
  }

  /// The value of a JSON file.
  ///
  /// - Throws: `damagedStore` where it is not what was written.
  func decode<Value: Decodable>(_ path: String) throws(ExperimentsError) -> Value {
    let bytes = try contents(path)
    guard SealedJSON.isWhole(bytes),
      let value = try? JSONDecoder().decode(Value.self, from: Data(bytes))
    else { throw .damagedStore(path: path, problem: "it is not what was written") }
    return value
  }

  /// Writes a value with a hash of its own, for files that no manifest lists.
  func write(sealed value: some Encodable, to path: String) throws(ExperimentsError) {
    try write(try sealedJSON(value), to: path)
  }

  func sealedJSON(_ value: some Encodable) throws(ExperimentsError) -> [UInt8] {
    do { return try SealedJSON.encode(value) } catch { throw unrepresentable(error) }
  }

  func contents(_ path: String) throws(ExperimentsError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .damagedStore(path: path, problem: "it is missing or cannot be read")
    }
    return Array(data)
  }

  func write(_ bytes: [UInt8], to path: String) throws(ExperimentsError) {
    do { try AtomicFile.write(bytes, to: path) } catch { throw .data(error) }
  }

  func names(in folder: String) throws(ExperimentsError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw .file(path: folder, action: "list", reason: error.localizedDescription)
    }
  }

  func makeFolder(_ path: String) throws(ExperimentsError) {
    try attempt("create", path) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  func attempt(
    _ action: String, _ path: String, _ body: () throws -> Void
  ) throws(ExperimentsError) {
    do { try body() } catch {
      throw .file(path: path, action: action, reason: error.localizedDescription)
    }
  }
}
