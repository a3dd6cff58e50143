import ECG
import Foundation
import Testing

@testable import Datasets

struct PTBDatasetTests {
  private func writePublished(to folder: String) throws {
    let normal = String(repeating: line("0.5", label: "0.0") + "\n", count: 4_046)
    let abnormal = String(repeating: line("1", label: "1.0") + "\n", count: 10_506)
    try write(normal, to: "\(folder)/ptbdb_normal.csv.gz")
    try write(abnormal, to: "\(folder)/ptbdb_abnormal.csv.gz")
  }

  @Test("All patients with a diagnosis are read; split and validation are by patient")
  func recordings() throws {
    try withTemporaryFolder { folder in
      try PTBTestRecord.writeDatabase(healthy: 6, ill: 14, in: "\(folder)/ptbdb")
      let data = try DataDirectory(path: folder).load("ptb")
      let origins = try #require(data.origins)
      #expect(data.source == .recordings && data.protocolLabel == "split by patient")
      #expect(data.rowSamplingRate == 125 && data.folds.count == 1)
      #expect(Set(origins.map(\.subject)).count == 20)
      #expect(origins[0].record == "patient101/s1_re0" && origins[0].sample == 400)
      // Two windows of 10 s, of 12 peaks 800 ms apart the last one's piece leaves the window.
      #expect(data.count == 30 * 2 * 11)
      #expect(data.unpaddedLength(of: 0) == 101)  // 120 samples, of which the last ones are low
      let split = data.split
      let validation = try #require(split.validation)
      let people = [split.test, validation, split.train].map { Set($0.map { origins[$0].subject }) }
      #expect(people.map(\.count) == [4, 3, 16])
      #expect(people[0].isDisjoint(with: people[2]) && people[1].isSubset(of: people[2]))
      #expect(
        data.strips.map(\.finding) == [
          "normal: Healthy control", "abnormal: Myocardial infarction",
        ])
      #expect(
        data.strips.allSatisfy {
          $0.millivolts.count == 5000 && $0.attribution.contains("10.13026/C28C71")
        })
      #expect(
        data.notes == ["The records are a part of the database: 31 of 549, of 21 of 290 patients."])
    }
  }

  @Test("A part of the recordings gives way to published files, and the note says so")
  func precedence() throws {
    try withTemporaryFolder { folder in
      try PTBTestRecord.writeDatabase(healthy: 3, ill: 3, in: "\(folder)/ptbdb")
      try writePublished(to: folder)
      let data = try DataDirectory(path: folder).load("ptb")
      #expect(data.source == .publishedFiles && data.count == 14_552)
      #expect(
        data.notes == [
          "The recordings beside the files were not used. The records are a part of the database: "
            + "10 of 549, of 7 of 290 patients."
        ])
      #expect(DatasetSummary(of: data).notes == data.notes)
      let asked = try DataDirectory(path: folder).load("ptb", source: .recordings)
      #expect(asked.source == .recordings && asked.count == 9 * 22)
      let files = try DataDirectory(path: folder).load("ptb", source: .publishedFiles)
      #expect(files.fingerprint == data.fingerprint && files.notes.isEmpty)
    }
  }

  @Test("Without healthy controls the message says that they are missing")
  func missingControls() throws {
    try withTemporaryFolder { folder in
      try PTBTestRecord.writeDatabase(healthy: 0, ill: 4, in: "\(folder)/ptbdb")
      let found = try #require(error(folder, "ptb"))
      #expect(
        found == "\(folder)/ptbdb: records of healthy controls are missing: the task ptb needs 3 "
          + "people of each kind with a diagnosis, found are healthy controls: 0, patients with a "
          + "heart disease: 4; put there all 549 records of "
          + "https://physionet.org/content/ptbdb/1.0.0/, or ptbdb_normal.csv and "
          + "ptbdb_abnormal.csv beside the folder")
      #expect(error(folder, "ptb", .recordings) == found)
      try writePublished(to: folder)
      #expect(error(folder, "ptb") == nil)
      // What is only missing is a gap of the report and no failure.
      #expect(throws: DatasetsError.self) {
        try DataDirectory(path: folder).load("ptb", source: .recordings)
      }
    }
  }

  @Test("What is missing is a gap, what is damaged is not")
  func gaps() {
    let missing = PTBGap.missing.gap
    #expect(missing?.hasPrefix("records of healthy controls are missing: ") == true)
    #expect(
      DatasetsError.noData(task: "a", directory: "b", lookedFor: ["c", "d"]).gap
        == "the data folder holds nothing to load it from (looked for c; d)")
    #expect(DatasetsError.malformedText(path: "a", line: 1, problem: "b").gap == nil)
  }

  @Test("Patients whose records give no beats do not count")
  func noBeats() throws {
    try withTemporaryFolder { folder in
      try PTBTestRecord.writeDatabase(healthy: 2, ill: 3, in: folder)
      try PTBTestRecord.write(
        "flat", in: "\(folder)/patient199", reason: "Healthy control",
        lead: [Int16](repeating: 3, count: 12_000))
      let found = try #require(error(folder, "ptb"))
      #expect(found.contains("3 people of each kind with beats, found are healthy controls: 2, "))
      try PTBTestRecord.write("s", in: "\(folder)/patient198", reason: "Healthy control")
      let data = try DataDirectory(path: folder).load("ptb")
      #expect(data.notes.count == 2)
      #expect(data.notes.last?.hasPrefix("Of the 9 records of 7 people, 8 records of 6 ") == true)
    }
  }

  @Test("A damaged record is told by name, as is one without lead ii or at another rate")
  func damaged() throws {
    try withTemporaryFolder { folder in
      try PTBTestRecord.writeDatabase(healthy: 3, ill: 3, in: folder)
      let place = "\(folder)/patient150"
      func check(_ problem: String) {
        #expect(error(folder, "ptb")?.contains(problem) == true, "\(problem)")
      }
      try PTBTestRecord.write("s", in: place, reason: "Dysrhythmia", leads: ["i", "iii"])
      check("patient150/s.hea: there is no lead ii at 1000 Hz; give the record")
      try PTBTestRecord.write("s", in: place, reason: "Dysrhythmia", frequency: 500)
      check("patient150/s.hea: there is no lead ii at 1000 Hz")
      try PTBTestRecord.write("s", in: place, reason: "Dysrhythmia")
      try PTBTestRecord.write("t", in: place, reason: "Healthy control")
      check("patient150/t.hea: patient150 is a healthy control in one record and not in another")
      try FileManager.default.removeItem(atPath: "\(place)/t.hea")
      try Data([1, 2, 3]).write(to: URL(filePath: "\(place)/s.dat"))
      check("patient150/s.dat: the header promises")
      try write("nonsense", to: "\(place)/s.hea")
      check("patient150/s.hea, line 1: ")
    }
  }

  @Test("Excerpts are held against their list, and unknown ones are not read")
  func excerpts() throws {
    try withTemporaryFolder { folder in
      let place = "\(folder)/ptbdb-10s"
      var lines = ["record,patient,ptbdb_record,reason_for_admission", "x,p9,x,n/a"]
      for index in 0..<8 {
        let reason = index < 4 ? "Healthy control" : "Dysrhythmia"
        try PTBTestRecord.write(
          "r\(index)", in: place, reason: reason,
          lead: PTBTestRecord.lead(milliseconds: 10_000, interval: 700 + 20 * index))
        lines.append("r\(index),p\(index),s,\(reason)")
      }
      try write(lines.joined(separator: "\n"), to: "\(place)/diagnosis.csv")
      let data = try DataDirectory(path: folder).load("ptb-10s")
      #expect(data.protocolLabel == "8 excerpts of 10 s, 5 folds by patient, stratified")
      #expect(data.folds.count == 5 && data.notes.isEmpty)
      #expect(data.folds.flatMap(\.test).sorted() == Array(data.labels.indices))
      #expect(error(folder, "ptb-10s", .publishedFiles)?.contains("cannot be loaded") == true)
      try PTBTestRecord.write("r5", in: place, reason: "Hypertrophy")
      #expect(
        error(folder, "ptb-10s")?.hasPrefix(
          "\(place)/r5.hea: the reason for admission is Hypertrophy, not Dysrhythmia; ") == true)
      try FileManager.default.removeItem(atPath: "\(place)/r4.hea")
      #expect(error(folder, "ptb-10s")?.hasPrefix("\(place)/r4.hea: cannot open") == true)
      #expect(error("\(folder)/none", "ptb-10s")?.contains("ptbdb-10s/diagnosis.csv") == true)
    }
  }
}

private enum PTBGap {
  static let missing = DatasetsError.missingPatients(
    task: "ptb", directory: "d", found: [0, 5], having: "with a diagnosis", needed: 3, remedy: "x")
}

/// Reads the real excerpts and published rows; skipped where they are absent.
@Suite(
  .enabled(
    if: SharedData.has("data/ptbdb-10s/diagnosis.csv")
      && SharedData.has("data/heartbeat/samples/ptbdb_normal_sample.csv")))
struct PTBRealDataTests {
  private static let excerpts = Result {
    try DataDirectory(path: "\(SharedData.path)/data").load("ptb-10s")
  }

  private func published(_ name: String, label: Int) throws -> Dataset {
    let file = try PublishedFile(
      path: "\(SharedData.path)/data/heartbeat/samples/ptbdb_\(name)_sample.csv",
      counts: label == 0 ? [100, 0] : [0, 100])
    return Dataset(
      id: name, title: name, classes: [], rows: file.rows, labels: file.labels, origins: nil,
      split: Split(train: Array(0..<100), test: []), protocolLabel: "", source: .publishedFiles,
      strips: [])
  }

  @Test("Of 61 excerpts 56 give 271 beats of 45 patients, each tested in one of five folds")
  func counts() throws {
    let data = try Self.excerpts.get()
    let origins = try #require(data.origins)
    let people = (0..<2).map { label in
      Set(origins.indices.filter { Int(data.labels[$0]) == label }.map { origins[$0].subject })
        .count
    }
    #expect(people == [16, 29])
    #expect((0..<2).map { label in data.labels.count { Int($0) == label } } == [119, 152])
    #expect(data.protocolLabel == "61 excerpts of 10 s, 5 folds by patient, stratified")
    #expect(!origins.contains { $0.subject == "patient200" })
    #expect(data.notes.count == 1 && data.notes[0].contains("56 excerpts of 45 people"))
    #expect(data.strips.count == 2)
    let test = data.folds.map { fold in
      (0..<2).map { label in fold.test.count { Int(data.labels[$0]) == label } }
    }
    #expect(test == [[51, 30], [21, 23], [23, 30], [18, 40], [6, 29]])
    for fold in data.folds {
      #expect(Set(fold.test.map { origins[$0].subject }).count == 9)
      #expect(Set((fold.validation ?? []).map { origins[$0].subject }).count == 6)
    }
    #expect(
      data.fingerprint == "d3fa0cf6376829fcc8513477861d3c6d9a9174152bdac813b6d082ed7da4497f")
  }

  @Test("Two published rows come out of the excerpts, and a third one from the same cut")
  func publishedRows() throws {
    let data = try Self.excerpts.get()
    let normal = try published("normal", label: 0)
    let origins = try #require(data.origins)
    // The excerpts are rounded to twice the step of the database.
    func distance(_ ours: ArraySlice<Float>, _ row: Int) -> Float {
      zip(ours, normal.row(row)).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    var found: [String] = []
    for row in data.labels.indices {
      for other in 0..<100 where distance(data.row(row), other) < 0.001 {
        #expect(data.unpaddedLength(of: row) == normal.unpaddedLength(of: other))
        found.append("\(origins[row].record) \(origins[row].sample) \(other)")
      }
    }
    #expect(found == ["patient233_s0457_re 5904 0", "patient236_s0464_re 2560 49"])
    // The third begins at a peak that is lower than nine tenths here, because the lead wanders.
    let recording = try Recording.read(
      directory: "\(SharedData.path)/data/ptbdb-10s", record: "patient241_s0470_re")
    let length = normal.unpaddedLength(of: 31)
    var third: [Float] = []
    BeatCutting.appendRow(
      of: 1616..<1616 + 8 * length, signal: recording.signals[1], decimation: 8,
      length: Dataset.rowLength, to: &third)
    #expect(distance(third[...], 31) < 0.001)
  }

  @Test("Published rows are quotients of whole numbers: every eighth sample, not filtered")
  func wholeNumbers() throws {
    for (label, name) in ["normal", "abnormal"].enumerated() {
      let data = try published(name, label: label)
      for row in data.labels.indices {
        let values = data.row(row).prefix(data.unpaddedLength(of: row)).map(Double.init)
        #expect(
          (100...8000).contains { range in
            values.allSatisfy { value in
              let product = value * Double(range)
              return abs(product - product.rounded()) < 1e-4 + 3e-7 * Double(range)
            }
          }, "\(name) \(row)")
      }
    }
  }

  @Test("Range, start and padding of the beats are those of the published rows")
  func likePublished() throws {
    let data = try Self.excerpts.get()
    for (label, name) in ["normal", "abnormal"].enumerated() {
      let rows = data.labels.indices.filter { Int(data.labels[$0]) == label }
      let ours = Shape(data, rows)
      let theirs = Shape(try published(name, label: label), Array(0..<100))
      print("\(name): ours \(ours); published \(theirs)")
      for shape in [ours, theirs] {
        #expect(shape.scaled > 0.9 && shape.highStarts > 0.9)
      }
      #expect(abs(ours.lengths[1] - theirs.lengths[1]) <= 20)
    }
  }

  /// What the rows of a class look like.
  private struct Shape: CustomStringConvertible {
    /// Share of rows that reach from 0 to 1 before their padding.
    let scaled: Double
    /// Share of rows that begin with at least 0.9.
    let highStarts: Double
    /// Samples before the padding: 5th, 50th and 95th percentile.
    let lengths: [Float]
    /// Share of rows without padding.
    let cut: Double

    init(_ data: Dataset, _ rows: [Int]) {
      let pieces = rows.map { data.row($0).prefix(data.unpaddedLength(of: $0)) }
      func share(_ isSo: (ArraySlice<Float>) -> Bool) -> Double {
        Double(pieces.count(where: isSo)) / Double(pieces.count)
      }
      scaled = share { $0.min() == 0 && $0.max() == 1 }
      highStarts = share { ($0.first ?? 0) >= 0.9 }
      let sorted = pieces.map { Float($0.count) }.sorted()
      lengths = [0.05, 0.5, 0.95].map { RowSpread.quantile($0, ofSorted: sorted) }
      cut = share { $0.count == Dataset.rowLength }
    }

    var description: String {
      "from 0 to 1: \(scaled), begins at 0.9 or more: \(highStarts), "
        + "lengths at 5, 50 and 95 %: \(lengths), cut: \(cut)"
    }
  }

  @Test("With patient001 alone the task ptb is missing its healthy controls")
  func onePatient() throws {
    guard SharedData.has("data/ptbdb/patient001") else { return }
    #expect {
      try DataDirectory(path: "\(SharedData.path)/data").load("ptb")
    } throws: { error in
      guard case DatasetsError.missingPatients(_, _, let found, _, _, _) = error else {
        return false
      }
      return found == [0, 1]
    }
  }

  @Test("Records of full length are cut window by window")
  func fullRecords() throws {
    guard SharedData.has("data/ptbdb/patient001/s0010_re.hea") else { return }
    let folder = try PTBFolder(path: "\(SharedData.path)/data/ptbdb")
    #expect(
      folder.allCount == 3 && folder.records.map(\.diagnosis) == [.abnormal, .abnormal, .abnormal])
    let counts = try folder.records.map { record in
      try PTBRecordRows(directory: folder.path, record: record, attribution: "").samples.count
    }
    #expect(counts == [16, 61, 100])
  }
}
