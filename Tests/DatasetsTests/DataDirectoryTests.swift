import Crypto
import ECG
import Foundation
import Testing

@testable import Datasets

struct DataDirectoryTests {
  @Test("Each place of the layout is found, the plain file at the top first")
  func layout() throws {
    try withTemporaryFolder { folder in
      let files = [
        "mit-bih-arrhythmia-database-1.0.0/100.hea", "ptbdb/patient001/a",
        "ptbdb-10s/diagnosis.csv", "heartbeat/mitbih_test.csv", "heartbeat/mitbih_train.csv.gz",
        "mitbih_test.csv.gz",
      ]
      for file in files {
        let path = URL(filePath: "\(folder)/\(file)")
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try write("", to: path.path)
      }
      let data = DataDirectory(path: "\(folder)/")
      #expect(data.arrhythmiaRecords == "\(folder)/mit-bih-arrhythmia-database-1.0.0")
      #expect(data.diagnosticRecords == "\(folder)/ptbdb")
      #expect(data.diagnosticExcerpts == "\(folder)/ptbdb-10s")
      #expect(data.publishedFile("mitbih_test.csv") == "\(folder)/mitbih_test.csv.gz")
      #expect(data.publishedFile("mitbih_train.csv") == "\(folder)/heartbeat/mitbih_train.csv.gz")
      #expect(data.publishedFile("ptbdb_normal.csv") == nil)
      let records = DataDirectory(path: "\(folder)/mit-bih-arrhythmia-database-1.0.0")
      #expect(records.arrhythmiaRecords == records.path)
    }
  }

  @Test("What is missing is named, with what to do")
  func missing() throws {
    try withTemporaryFolder { folder in
      #expect(
        error(folder, "mitbih")
          == "\(folder): nothing to load the task mitbih from; put there mitdb/100.hea and the other "
          + "records or mitbih_train.csv and mitbih_test.csv")
      try write("", to: "\(folder)/ptbdb_normal.csv")
      #expect(
        error(folder, "ptb")
          == "\(folder): nothing to load the task ptb from; put there ptbdb/patient001 and the "
          + "folders of the other patients or ptbdb_abnormal.csv")
      #expect(
        error(folder, "ptb", .publishedFiles)
          == "\(folder): nothing to load the task ptb from; put there ptbdb_abnormal.csv")
      #expect(
        error(folder, "x")
          == "\"x\" is no task; use one of mitbih, mitbih-inter, mitbih-inter-published, ptb, "
          + "ptb-10s")
      #expect(error(folder, "x", .recordings) == error(folder, "x"))
      #expect(error(folder, "ptb", .recordings)?.contains("ptbdb/patient001") == true)
      #expect(
        error(folder, "ptb", .synthetic)
          == "the task ptb cannot be loaded from generated signals; choose another source")
      #expect(error(folder, "mitbih", .recordings)?.contains("mitdb/100.hea") == true)
    }
  }

  @Test("Raw records win over published files, also where one of them is missing")
  func missingRecord() throws {
    try withTemporaryFolder { folder in
      try write("100 1 360 1\n100.dat 212\n", to: "\(folder)/100.hea")
      try write(line(), to: "\(folder)/mitbih_train.csv")
      try write(line(), to: "\(folder)/mitbih_test.csv")
      #expect(error(folder, "mitbih")?.hasPrefix("\(folder)/100.dat: cannot open") == true)
      #expect(
        error(folder, "mitbih", .publishedFiles)?.hasPrefix("\(folder)/mitbih_train.csv: ") == true)
    }
  }

  @Test("The ptb task is loaded from its two files, with scikit-learn's split")
  func ptb() throws {
    try withTemporaryFolder { folder in
      let normal = String(repeating: line("0.5", label: "0.0") + "\r\n", count: 4_046)
      let abnormal = String(repeating: line("1", label: "1.0") + "\n", count: 10_506)
      try write(normal, to: "\(folder)/ptbdb_normal.csv")
      try write(abnormal, to: "\(folder)/ptbdb_abnormal.csv.gz")
      let dataset = try DataDirectory(path: folder).load("ptb")
      #expect(dataset.count == 14_552 && dataset.source == .publishedFiles)
      #expect(dataset.split.train.count == 11_641 && dataset.split.test.count == 2_911)
      #expect(dataset.split.test.count { dataset.labels[$0] == 0 } == 809)
      #expect(dataset.row(0).first == 0.5 && dataset.row(14_551).first == 1)
      #expect(dataset.rowSamplingRate == 125 && dataset.origins == nil)
    }
  }
}

struct PublishedSplitTests {
  @Test("The ptb split is that of scikit-learn, in its order")
  func ptb() throws {
    let golden = try Golden.load().ptbSplit
    let split = PublishedDatasets.ptbSplit
    #expect(Array(split.test.prefix(20)) == golden.first)
    #expect(Array(split.test.suffix(20)) == golden.last)
    var hash = SHA256()
    split.test.withUnsafeBytes { hash.update(bufferPointer: $0) }
    #expect(hash.finalize().map { String(format: "%02x", $0) }.joined() == golden.sha256)
    #expect((split.train + split.test).sorted() == Array(0..<14_552))
    #expect(split.train == split.train.sorted())
  }

  @Test("The mitbih split has the published sizes and holds each row once")
  func mitbih() {
    let split = MITBIHSplit.split
    #expect(split.train.count == 87_554 && split.test.count == 21_892)
    #expect(split.train == split.train.sorted())
    #expect((split.train + split.test).sorted() == Array(0..<109_446))
    #expect(MITBIHDataset.counts.reduce(0, +) == 109_446)
    #expect(MITBIHDataset.records.count == 48)
  }
}

/// Reads the real recordings; skipped where they are absent.
@Suite(.enabled(if: SharedData.has("data/mitdb/RECORDS")))
struct MITBIHDatasetTests {
  @Test("Every test row equals the reference as a float, in the published order and counts")
  func testRows() throws {
    let dataset = try DataDirectory(path: "\(SharedData.path)/data").load("mitbih")
    #expect(dataset.count == 109_446 && dataset.source == .recordings)
    let train: [Int] = (0..<5).map { label in
      dataset.split.train.count { Int(dataset.labels[$0]) == label }
    }
    #expect(train == [72_471, 2_223, 5_788, 641, 6_431])
    let published = try PublishedFile(
      path: "\(SharedData.path)/data/heartbeat/mitbih_test_rebuilt.csv.gz",
      counts: [18_118, 556, 1_448, 162, 1_608])
    #expect(dataset.split.test.map { dataset.labels[$0] } == published.labels)
    let rows = dataset.split.test.flatMap { dataset.row($0) }
    #expect(rows == published.rows)
    #expect(
      dataset.fingerprint == "43b0dd12ff25f3f27be2703ac47557f1a827c8e5221dffc595df31943a22fd80")
    try checkOrigins(dataset)
    try checkPublishedRows(dataset)
    checkStrips(dataset)
  }

  /// Holds rows of both sides against genuine ones of the published files, of which only the test
  /// part has its order here.
  private func checkPublishedRows(_ dataset: Dataset) throws {
    let folder = "\(SharedData.path)/data/heartbeat/samples"
    func genuine(_ part: String) throws -> [Float] {
      try PublishedFile(
        path: "\(folder)/mitbih_\(part)_head10.csv", counts: [10, 0, 0, 0, 0]
      ).rows
    }
    let test = dataset.split.test.prefix(10).flatMap { dataset.row($0) }
    #expect(try genuine("test") == test)
    let train = try genuine("train")
    for start in stride(from: 0, to: train.count, by: Dataset.rowLength) {
      let row = train[start..<start + Dataset.rowLength]
      #expect(dataset.split.train.contains { dataset.row($0).elementsEqual(row) })
    }
    // A header, then the number of a row in front of its samples and its class.
    var count = 0
    try LineReader.forEachLine(of: "\(folder)/mitbih_test_first999.csv") { text, line in
      guard line > 1 else { return }
      let fields = String(decoding: text, as: UTF8.self).split(separator: ",")
      let row = Int(fields[0]).map { dataset.row(dataset.split.test[$0]) }
      let samples = fields[1...Dataset.rowLength].compactMap { Float($0) }
      #expect(row.map { Array($0) } == samples && samples.count == Dataset.rowLength, "\(line)")
      count += 1
    }
    #expect(count == 999)
  }

  /// Holds every origin against the index of beats.
  private func checkOrigins(_ dataset: Dataset) throws {
    let origins = try #require(dataset.origins)
    #expect(Set(origins.map(\.subject)).count == 47)
    #expect(Set(origins.filter { $0.subject == "201" }.map(\.record)) == ["201", "202"])
    var row = -1
    try LineReader.forEachLine(
      of: "\(SharedData.path)/data/heartbeat/mitbih_beat_index.csv.gz"
    ) { text, line in
      row = line - 2
      guard line > 1 else { return }
      let fields = String(decoding: text, as: UTF8.self).split(
        separator: ",", omittingEmptySubsequences: false)
      let isRight =
        origins[row].record == fields[0] && origins[row].sample == Int(fields[2])
        && Int(dataset.labels[row]) == Int(fields[5])
      #expect(isRight, "row \(row)")
    }
    #expect(row == 109_445)
  }

  private func checkStrips(_ dataset: Dataset) {
    #expect(dataset.strips.map(\.record) == ["119", "208"])
    for strip in dataset.strips {
      #expect(strip.millivolts.count == 3600 && strip.samplingRate == 360)
      #expect(strip.lead == "MLII" && strip.millivolts.allSatisfy { abs($0) < 5 })
      #expect(strip.annotations.contains { $0.symbol == "V" })
      #expect(strip.annotations.allSatisfy { (0..<10).contains($0.time) })
    }
  }
}
