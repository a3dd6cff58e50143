internal import ECG

/// Arrays by name, in numpy's npz format: a zip archive of npy files.
///
/// What is written carries the time stamp 1980-01-01, so equal arrays in equal order give equal
/// bytes; of compressed archives this holds for one version of zlib. Archives beyond 4 GiB are not
/// read.
public struct NPZFile: Sendable {
  private let archive: ZipArchive
  private let path: String

  /// Opens a file.
  ///
  /// - Throws: `DatasetsError` if the file cannot be read or is no zip archive.
  public init(path: String) throws(DatasetsError) {
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try FileContents.read(path, limit: NPYFile.byteLimit)
    } catch {
      throw .file(error)
    }
    try self.init(bytes, path: path)
  }

  /// Opens the bytes of a file.
  ///
  /// - Parameter path: The name that errors give.
  /// - Throws: `DatasetsError.malformedArray` if they are no zip archive.
  public init(_ bytes: [UInt8], path: String) throws(DatasetsError) {
    archive = try ZipArchive(bytes, path: path)
    self.path = path
  }

  /// The names of the arrays, in the order of the file.
  public var names: [String] {
    archive.entries.map(\.name).filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
  }

  /// The array of a name.
  ///
  /// - Throws: `DatasetsError` if there is none, or it is damaged or of another kind.
  public func array(_ name: String) throws(DatasetsError) -> NPYArray {
    guard let entry = archive.entries.first(where: { $0.name == "\(name).npy" }) else {
      throw .missingArray(path: path, name: name, present: names)
    }
    return try NPYFile.decode(try archive.contents(of: entry)[...], path: "\(path): \(entry.name)")
  }

  /// The bytes of a file that holds these arrays, in this order.
  public static func encode(
    _ arrays: [(name: String, array: NPYArray)], isCompressed: Bool = false
  ) -> [UInt8] {
    ZipArchive.encode(
      arrays.map { ("\($0.name).npy", NPYFile.encode($0.array)) }, isCompressed: isCompressed)
  }

  /// Writes a file; it appears whole or not at all.
  ///
  /// - Throws: `DatasetsError.file` if it cannot be written.
  public static func write(
    _ arrays: [(name: String, array: NPYArray)], to path: String
  ) throws(DatasetsError) {
    try AtomicFile.write(encode(arrays), to: path)
  }
}
