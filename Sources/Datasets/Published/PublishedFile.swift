/// One of the published comma-separated files: 187 values and a label a line, no header.
struct PublishedFile {
  /// The rows, row-major `[count, 187]`.
  private(set) var rows: [Float] = []
  /// Class index of each row.
  private(set) var labels: [UInt8] = []

  /// Reads a file, plain or compressed with gzip.
  ///
  /// - Parameter counts: The published number of rows of each class.
  /// - Throws: `DatasetsError` if the file cannot be read, a line is malformed or the rows are not
  ///   as many as published.
  init(path: String, counts: [Int]) throws(DatasetsError) {
    let expected = counts.reduce(0, +)
    rows.reserveCapacity(expected * Dataset.rowLength)
    labels.reserveCapacity(expected)
    var found = [Int](repeating: 0, count: counts.count)
    try LineReader.forEachLine(of: path) { (text, line) throws(DatasetsError) in
      guard labels.count < expected else {
        throw .malformedText(
          path: path, line: line, problem: "the published file ends after \(expected) rows")
      }
      let label = try append(text, classCount: counts.count, path: path, line: line)
      found[label] += 1
    }
    guard found == counts else {
      throw .unexpectedRows(path: path, expected: counts, found: found)
    }
  }

  /// Appends one line and gives its class.
  private mutating func append(
    _ text: UnsafeBufferPointer<UInt8>, classCount: Int, path: String, line: Int
  ) throws(DatasetsError) -> Int {
    func malformed(_ problem: String) -> DatasetsError {
      .malformedText(path: path, line: line, problem: problem)
    }
    var position = 0
    for column in 1...Dataset.rowLength {
      guard let value = DecimalText.float(text, at: &position), (0...1).contains(value) else {
        throw malformed("column \(column) is no number from 0 to 1")
      }
      guard position < text.count, text[position] == UInt8(ascii: ",") else {
        throw malformed("column \(column) is not followed by a comma; a line has 188 columns")
      }
      position += 1
      rows.append(value)
    }
    guard let label = DecimalText.float(text, at: &position),
      let index = Int(exactly: label), (0..<classCount).contains(index)
    else { throw malformed("the label is none of 0 to \(classCount - 1)") }
    guard position == text.count else { throw malformed("there are more than 188 columns") }
    labels.append(UInt8(index))
    return index
  }
}
