import Foundation

/// What was measured when a cell was made. It stands beside the computed files and in no manifest:
/// the same cell has another elsewhere.
extension RunStore {
  /// What a finished cell took; `nil` where that is not known.
  ///
  /// - Throws: `damagedMeasurement` where it is not what was written.
  public func timing(of key: String) throws(ExperimentsError) -> CellTiming? {
    try measured(CellFile.timing, cell: key)
  }

  /// Program and machine that made a finished cell; `nil` where that is not known: of cells of earlier
  /// programs, and of predictions made elsewhere.
  ///
  /// - Throws: `damagedMeasurement` where it is not what was written.
  public func maker(of key: String) throws(ExperimentsError) -> Maker? {
    try measured(CellFile.maker, cell: key)
  }

  private func measured<Value: Decodable>(
    _ name: String, cell key: String
  ) throws(ExperimentsError) -> Value? {
    let path = "\(cellFolder(key))/\(name)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let value: Value = try ifWhole({ () throws(ExperimentsError) in try decode(path) })
    else { throw .damagedMeasurement(path: path) }
    return value
  }

  /// The file that says who made a cell, to go along with it to another store; none where there is
  /// none.
  func makerFile(of key: String) throws(ExperimentsError) -> [(name: String, bytes: [UInt8])] {
    try maker(of: key).map { maker throws(ExperimentsError) in
      [(CellFile.maker, try sealedJSON(maker))]
    } ?? []
  }
}
