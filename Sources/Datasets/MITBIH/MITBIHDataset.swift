internal import ECG

/// The task `mitbih`: five classes of beats, cut from the MIT-BIH Arrhythmia Database by the
/// published rule and split as published.
///
/// The rows are a rebuilt set: all that could be compared with published rows are equal to them, but
/// the ends of five test rows, which stand last in their records, are an assumption of the rule.
///
/// Database: Moody and Mark 2001, doi:10.1109/51.932724; PhysioNet, doi:10.13026/C2F305, ODC-By 1.0.
enum MITBIHDataset {
  /// The records, in the order of the database.
  static let records = [
    100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 111, 112, 113, 114, 115, 116, 117, 118, 119,
    121, 122, 123, 124, 200, 201, 202, 203, 205, 207, 208, 209, 210, 212, 213, 214, 215, 217, 219,
    220, 221, 222, 223, 228, 230, 231, 232, 233, 234,
  ].map(String.init)

  /// The published rows a class, over both sides of the split.
  static let counts = [90_589, 2_779, 7_236, 803, 8_039]

  static let samplingRate = 360.0

  /// The person of a record: records 201 and 202 are of one.
  static func subject(of record: String) -> String { record == "202" ? "201" : record }

  /// Builds the data set from the 48 records of a folder, rows in record and time order.
  ///
  /// - Throws: `DatasetsError` if a record is missing or damaged, or the beats are not the
  ///   published ones.
  static func build(directory: String) throws(DatasetsError) -> Dataset {
    let beats = try MITBIHBeats(directory: directory, records: records, lead: .first)
    let found = beats.counts(beats.labels.indices)
    // The published split belongs to exactly the published beats.
    guard found == counts else {
      throw .unexpectedBeats(directory: directory, expected: counts, found: found)
    }
    return Dataset(
      id: "mitbih", title: "MIT-BIH arrhythmia", classes: classes, rows: beats.rows,
      labels: beats.labels, origins: beats.origins, split: MITBIHSplit.split,
      protocolLabel: protocolLabel, source: .recordings, strips: beats.strips, leads: beats.leads)
  }

  static let classes = BeatClass.allCases.map { ClassLabel(symbol: $0.symbol, name: $0.name) }

  static let protocolLabel = "intra-patient split: beats of one subject stand on both sides"
}

/// The published split of the beats in record and time order.
enum MITBIHSplit {
  /// Training rows in record and time order, test rows in the order of the published file.
  static let split: Split = {
    let bits = Base64.decode(MITBIHSplitTable.testBits)
    let places = Base64.decodeIndices(MITBIHSplitTable.testPlaces)
    var train: [Int] = []
    var test = [Int](repeating: 0, count: places.count)
    var next = places.makeIterator()
    for row in 0..<MITBIHDataset.counts.reduce(0, +) {
      if bits[row / 8] >> (7 - row % 8) & 1 == 0 {
        train.append(row)
      } else if let place = next.next() {
        test[place] = row
      }
    }
    return Split(train: train, test: test)
  }()
}
