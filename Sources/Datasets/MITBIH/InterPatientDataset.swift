/// The tasks `mitbih-inter` and `mitbih-inter-published`: the beats of the MIT-BIH Arrhythmia
/// Database split by record into DS1, to learn from, and DS2, to test.
///
/// The two sets are those of de Chazal et al. 2004, doi:10.1109/TBME.2004.827359, without the paced
/// records 102, 104, 107 and 217 as ANSI/AAMI EC57 has it. As published, records 201 in DS1 and 202
/// in DS2 are of one person; only without record 201 is the split one between people.
enum InterPatientDataset: String, CaseIterable {
  /// Without record 201.
  case apart = "mitbih-inter"
  /// As the literature has it.
  case published = "mitbih-inter-published"

  static let learning = names([
    101, 106, 108, 109, 112, 114, 115, 116, 118, 119, 122, 124, 201, 203, 205, 207, 208, 209, 215,
    220, 223, 230,
  ])
  static let testing = names([
    100, 103, 105, 111, 113, 117, 121, 123, 200, 202, 210, 212, 213, 214, 219, 221, 222, 228, 231,
    232, 233, 234,
  ])
  /// Records of DS1 that are held out for validation.
  static let validation = names([118, 124, 205, 223])

  private static func names(_ records: [Int]) -> [String] { records.map(String.init) }

  private var learning: [String] {
    self == .apart ? Self.learning.filter { $0 != "201" } : Self.learning
  }

  /// Rows of each class on both sides: those of the published beats.
  private var counts: [[Int]] {
    let first =
      self == .apart ? [44_211, 815, 3_590, 413, 8] : [45_845, 943, 3_788, 415, 8]
    return [first, [44_238, 1_836, 3_221, 388, 7]]
  }

  private var title: String {
    self == .apart ? "MIT-BIH by record" : "MIT-BIH by record, as published"
  }

  /// Builds the data set from a folder of records, rows in record and time order.
  ///
  /// - Throws: `DatasetsError` if a record is missing or damaged, or the beats are not the
  ///   published ones.
  func build(directory: String) throws(DatasetsError) -> Dataset {
    let records = MITBIHDataset.records.filter {
      learning.contains($0) || Self.testing.contains($0)
    }
    let beats = try MITBIHBeats(
      directory: directory, records: records, lead: .modifiedLimbLeadII, hasContext: true)
    let split = Split(
      train: beats.rows(of: learning), test: beats.rows(of: Self.testing),
      validation: beats.rows(of: Self.validation))
    for (rows, expected) in zip([split.train, split.test], counts) {
      let found = beats.counts(rows)
      guard found == expected else {
        throw .unexpectedBeats(directory: directory, expected: expected, found: found)
      }
    }
    return Dataset(
      id: rawValue, title: title, classes: MITBIHDataset.classes, rows: beats.rows,
      labels: beats.labels, origins: beats.origins, split: split,
      protocolLabel: try label(split, beats.origins), source: .recordings, strips: beats.strips,
      notes: notes, leads: beats.leads, context: beats.context)
  }

  private func label(_ split: Split, _ origins: [BeatOrigin]) throws(DatasetsError) -> String {
    switch self {
    case .apart: try split.interPatientLabel("DS1/DS2", task: rawValue, origins)
    case .published: "DS1/DS2 as published: one shared subject (201/202)"
    }
  }

  private var notes: [String] {
    let first =
      self == .apart
      ? "Record 201 is left out: it is of the same person as record 202, which is tested."
      : "Records 201, to learn from, and 202, tested, are of one person."
    return [
      first,
      "The validation rows are those of records \(Self.validation.joined(separator: ", ")), chosen "
        + "once and never for a result; no record of DS2 is among them.",
      "The paced records 102, 104, 107 and 217 are left out, as ANSI/AAMI EC57 has it; the few "
        + "other beats of class Q stay in.",
      "Every beat is cut from lead MLII: the first channel, in record 114 the second.",
    ]
  }
}
