/// Labels beside what a model said about them, as they stand in a file.
///
/// CSV has the header `label,p0,…,pK-1[,subject]`, or for two classes also `label,score`, the score
/// of class 1; npz has arrays of the same names. Fields may be quoted, lines may end
/// with CR LF, and empty ones count for nothing. Subjects are named in all rows or in none.
public struct PredictionsFile: Sendable, Equatable {
  /// Class of each row.
  public let labels: [Int]
  /// Score of each class, row-major `[rows, classes]`; a single score s is held as 1 − s and s.
  public let scores: [Double]
  /// Whether the file has a single score a row.
  public let hasSingleScore: Bool
  /// The number of classes.
  public let classCount: Int
  /// Subject of each row, where the file names them.
  public let subjects: [String]?

  /// Reads a file; its ending tells the format. What comes through a pipe is CSV: `-`, which is
  /// standard input, and whatever lies below `/dev`.
  ///
  /// - Throws: `DatasetsError` that names the file and, for text, the line.
  public init(path: String) throws(DatasetsError) {
    let name = path.lowercased()
    if name.hasSuffix(".npz") {
      try self.init(NPZFile(path: path), path: path)
    } else if path == "-" {
      try self.init(csv: "/dev/stdin")
    } else if [".csv", ".csv.gz"].contains(where: name.hasSuffix) || path.hasPrefix("/dev/") {
      try self.init(csv: path)
    } else {
      throw .unknownPredictionsFormat(path: path)
    }
  }

  /// Reads the arrays of an npz file.
  public init(_ file: NPZFile, path: String) throws(DatasetsError) {
    guard let integers = try file.array("label").integers else {
      throw .malformedArray(path: path, problem: "the labels are no whole numbers")
    }
    let names = try Self.scoreNames(file.names, path: path)
    var columns: [[Double]] = []
    for name in names {
      guard let values = try file.array(name).doubles, values.count == integers.count else {
        throw .malformedArray(path: path, problem: "\(name) has not one number a label")
      }
      columns.append(values)
    }
    var subjects: [String]?
    if file.names.contains("subject") {
      guard let texts = try file.array("subject").texts, texts.count == integers.count else {
        throw .malformedArray(
          path: path, problem: "subject has not one text or whole number a label")
      }
      let other = texts.firstIndex { $0.isEmpty != texts[0].isEmpty }
      if let other { throw .missingSubject(path: path, place: "row \(other)") }
      subjects = texts
    }
    self.init(
      labels: integers.map { Int(truncatingIfNeeded: $0) }, columns: columns, subjects: subjects)
  }

  private init(csv path: String) throws(DatasetsError) {
    var header: [String] = []
    var names: [String] = []
    var labels: [Int] = []
    var columns: [[Double]] = []
    var subjects: [String] = []
    try LineReader.forEachLine(of: path) { (text, number) throws(DatasetsError) in
      func problem(_ text: String) -> DatasetsError {
        .malformedPredictions(path: path, line: number, problem: text)
      }
      if CSVLine.isBlank(text) { return }
      if header.isEmpty, text.starts(with: Self.archiveStart) {
        throw problem("this is an npz archive, whose name has to end with .npz")
      }
      guard let cells = CSVLine(text, isFirst: number == 1).fields else {
        throw problem("a quotation mark is not closed")
      }
      if header.isEmpty {
        header = cells
        guard header.first == "label" else { throw problem("the header does not begin with label") }
        let known = header.dropFirst().filter { $0 != "subject" }
        names = try Self.scoreNames(Array(known), path: path)
        guard header == ["label"] + names || header == ["label"] + names + ["subject"] else {
          throw problem("the header is not label,p0,…,pK-1[,subject] or label,score[,subject]")
        }
        columns = names.map { _ in [] }
        return
      }
      guard cells.count == header.count else {
        throw problem("\(cells.count) values for the \(header.count) of the header")
      }
      guard let label = Int(cells[0]) ?? Double(cells[0]).flatMap({ Int(exactly: $0) }) else {
        throw problem("\(cells[0]) is no class")
      }
      labels.append(label)
      for column in names.indices {
        guard let value = Double(cells[1 + column]) else {
          throw problem("\(cells[1 + column]) is no number")
        }
        columns[column].append(value)
      }
      guard header.last == "subject" else { return }
      let subject = cells[cells.count - 1]
      guard subjects.isEmpty || subject.isEmpty == subjects[0].isEmpty else {
        throw .missingSubject(path: path, place: "line \(number)")
      }
      subjects.append(subject)
    }
    guard !header.isEmpty else {
      throw .malformedPredictions(path: path, line: 1, problem: "the file is empty")
    }
    self.init(
      labels: labels, columns: columns, subjects: header.last == "subject" ? subjects : nil)
  }

  private init(labels: [Int], columns: [[Double]], subjects: [String]?) {
    hasSingleScore = columns.count == 1
    let complete = hasSingleScore ? [columns[0].map { 1 - $0 }, columns[0]] : columns
    self.labels = labels
    self.subjects = subjects?.allSatisfy(\.isEmpty) == true ? nil : subjects
    classCount = complete.count
    scores = labels.indices.flatMap { row in complete.map { $0[row] } }
  }

  /// The first bytes of a zip archive.
  private static let archiveStart: [UInt8] = [0x50, 0x4B, 3, 4]

  /// `p0`, `p1`, … as far as they go, or `score`.
  private static func scoreNames(
    _ present: [String], path: String
  ) throws(DatasetsError) -> [String] {
    if present.contains("score") { return ["score"] }
    let names = (0..<present.count).map { "p\($0)" }.prefix { present.contains($0) }
    guard names.count >= 2 else {
      throw .missingArray(path: path, name: "p0, p1, … or score", present: present)
    }
    return Array(names)
  }

  /// The npz file of labels and probabilities, row-major `[rows, classes]`, and of the people that
  /// rows are of, where they are given.
  public static func encode(
    labels: [Int], probabilities: [Float], classCount: Int, subjects: [String]? = nil
  ) -> [UInt8] {
    let columns = (0..<classCount).map { column in
      let values = labels.indices.map { probabilities[$0 * classCount + column] }
      return (name: "p\(column)", array: NPYArray(.float32(values)))
    }
    return NPZFile.encode(
      [(name: "label", array: NPYArray(.int64(labels.map(Int64.init))))] + columns
        + (subjects.map { [(name: "subject", array: NPYArray(.text($0)))] } ?? []))
  }
}
