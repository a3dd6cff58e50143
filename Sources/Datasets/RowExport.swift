/// Writes rows for other tools: 187 values and the label, in single precision.
public enum RowExport {
  /// The paths that ``write(_:rows:to:)`` would write to; nothing is written.
  ///
  /// - Throws: `DatasetsError` if the ending is another one.
  public static func paths(of dataset: Dataset, to path: String) throws(DatasetsError) -> [String] {
    guard [".npy", ".csv"].contains(where: path.hasSuffix) else {
      throw .unknownFileFormat(path: path)
    }
    return [path] + (dataset.origins == nil ? [] : ["\(path.dropLast(4)).origins.csv"])
  }

  /// Writes rows of a data set, in the order of `indices`.
  ///
  /// An `.npy` file is `<f4`, C order, `[rows, 188]`, the label last. A `.csv` file has the published
  /// form: no header, each number as `%.18e`. Where the data set knows its origins, they go into
  /// `<name>.origins.csv` beside it: row, record, subject, first sample. Every file appears whole or
  /// not at all.
  ///
  /// - Returns: The paths of the files that were written.
  /// - Throws: `DatasetsError` if the ending is another one, or a file cannot be written.
  @discardableResult
  public static func write(
    _ dataset: Dataset, rows indices: [Int], to path: String
  ) throws(DatasetsError) -> [String] {
    let paths = try paths(of: dataset, to: path)
    if path.hasSuffix(".npy") {
      let header = NPYFile.header("<f4", [indices.count, Dataset.rowLength + 1])
      try write(header, indices, to: path) { index, bytes in
        let values = dataset.row(index) + [Float(dataset.labels[index])]
        bytes += NPYFile.littleEndian(values.map(\.bitPattern))
      }
    } else {
      try write([], indices, to: path) { index, bytes in
        for value in dataset.row(index) {
          DecimalText.append(value, to: &bytes)
          bytes.append(UInt8(ascii: ","))
        }
        DecimalText.append(Float(dataset.labels[index]), to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    guard let origins = dataset.origins else { return paths }
    let header = Array("row,record,subject,sample\n".utf8)
    try write(header, Array(indices.indices), to: paths[1]) { row, bytes in
      let origin = origins[indices[row]]
      bytes += Array("\(row),\(origin.record),\(origin.subject),\(origin.sample)\n".utf8)
    }
    return paths
  }

  /// Writes a file of one piece for each index, in buffers of a few megabytes.
  private static func write(
    _ header: [UInt8], _ indices: [Int], to path: String,
    _ append: (_ index: Int, _ bytes: inout [UInt8]) -> Void
  ) throws(DatasetsError) {
    var file = try AtomicFile(path: path)
    var bytes = header
    for index in indices {
      append(index, &bytes)
      if bytes.count >= 1 << 22 {
        try file.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes)
    try file.commit()
  }
}
