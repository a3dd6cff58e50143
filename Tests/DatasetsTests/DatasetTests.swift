import Foundation
import Testing

@testable import Datasets

/// A data set of short rows: row i of `labels.count` is 1 at its first `length(i)` samples.
func example(
  labels: [UInt8], subjects: [String]? = nil, test: Set<Int> = [],
  length: (Int) -> Int = { _ in 100 }
) -> Dataset {
  let rows = labels.indices.flatMap { row in
    (0..<Dataset.rowLength).map { $0 < length(row) ? Float(row + 1) / 64 : 0 }
  }
  return Dataset(
    id: "example", title: "Example",
    classes: ["N", "V"].map { ClassLabel(symbol: $0, name: $0) }, rows: rows, labels: labels,
    origins: subjects.map { subjects in
      subjects.indices.map {
        BeatOrigin(record: "r\($0)", subject: subjects[$0], sample: 10 * $0)
      }
    },
    split: Split(
      train: labels.indices.filter { !test.contains($0) },
      test: labels.indices.filter { test.contains($0) }),
    protocolLabel: "by hand", source: .synthetic, strips: [])
}

struct DatasetTests {
  @Test("The fingerprint is the SHA-256 over rows, labels and split, each with its length")
  func fingerprint() throws {
    let golden = try Golden.load().fingerprint
    let dataset = Dataset(
      id: "a", title: "A", classes: [], rows: golden.rows, labels: [0, 1], origins: nil,
      split: Split(train: [0], test: [1]), protocolLabel: "", source: .synthetic, strips: [])
    #expect(dataset.fingerprint == golden.sha256)
    #expect(dataset.rowSamplingRate == 120)
  }

  @Test("The fingerprint depends on rows, labels and split, and on nothing else")
  func fingerprintParts() {
    let first = example(labels: [0, 1, 0], subjects: ["a", "b", "c"])
    #expect(first.fingerprint == example(labels: [0, 1, 0]).fingerprint)
    #expect(first.fingerprint != example(labels: [0, 1, 1]).fingerprint)
    #expect(first.fingerprint != example(labels: [0, 1, 0], test: [2]).fingerprint)
    #expect(first.fingerprint != example(labels: [0, 1, 0]) { 99 + $0 / 2 }.fingerprint)
  }

  @Test("The fingerprint covers all folds and what each holds out, and nothing else changes it")
  func fingerprintOfFolds() {
    let (first, second) = (
      Split(train: [0, 1], test: [2, 3]), Split(train: [2, 3], test: [0, 1])
    )
    let held = Split(train: [0, 1], test: [2, 3], validation: [1])
    let none = Split(train: [0, 1], test: [2, 3], validation: [])
    let other = Split(train: [0, 1], test: [2, 3], validation: [0])
    let found = [[first], [held], [none], [other], [first, second], [held, second]].map {
      folded($0).fingerprint
    }
    #expect(Set(found).count == found.count)
    #expect(found[0] == example(labels: [0, 1, 0, 1], test: [2, 3]).fingerprint)
    #expect(found[4] == folded([first, second]).fingerprint)
  }

  @Test("A summary of folds counts each row once, in the order of the joined test rows")
  func summaryOfFolds() {
    let data = folded([
      Split(train: [0, 2, 3], test: [1], validation: [0]), Split(train: [1, 3], test: [2, 0]),
      Split(train: [0, 1], test: [3]),
    ])
    #expect(data.testRows == [1, 2, 0, 3] && data.trainRows == [0, 1, 2, 3])
    let summary = DatasetSummary(of: data)
    #expect(summary.foldCount == 3 && summary.trainCount == 4 && summary.testCount == 4)
    #expect(summary.beats.map(\.testCount) == [2, 2])
    #expect(summary.testSubjects == ["b", "c", "a", "d"])
    #expect(summary.beats[0].examples.count == 2)
    #expect(DatasetSummary(of: example(labels: [0, 1], test: [1])).foldCount == nil)
  }

  @Test("A summary survives its JSON, and an older one without folds can be read")
  func summaryJSON() throws {
    let summary = DatasetSummary(
      of: folded([Split(train: [0, 1], test: [2, 3]), Split(train: [2, 3], test: [0, 1])]))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(summary)
    #expect(try JSONDecoder().decode(DatasetSummary.self, from: json) == summary)
    let older = String(decoding: json, as: UTF8.self)
      .replacingOccurrences(of: "\"foldCount\":2,", with: "")
    let read = try JSONDecoder().decode(DatasetSummary.self, from: Data(older.utf8))
    #expect(read.foldCount == nil && read.testCount == 4)
  }

  private func folded(_ folds: [Split]) -> Dataset {
    let plain = example(labels: [0, 1, 0, 1], subjects: ["a", "b", "c", "d"])
    return Dataset(
      id: "example", title: "Example", classes: plain.classes, rows: plain.rows,
      labels: plain.labels, origins: plain.origins, folds: folds, protocolLabel: "by hand",
      source: .synthetic, strips: [])
  }

  @Test("Quantiles are numpy's")
  func quantiles() throws {
    for golden in try Golden.load().quantiles {
      let found = [0.5, 0.05, 0.95].map { RowSpread.quantile($0, ofSorted: golden.values) }
      #expect(found == golden.expected)
    }
    #expect(RowSpread.quantile(0.5, ofSorted: []) == 0)
  }

  @Test("A summary counts rows and spreads its examples over the subjects")
  func summary() {
    let labels = [UInt8](repeating: 0, count: 12) + [1]
    let subjects = ["a", "a", "a", "a", "a", "b", "b", "b", "b", "c", "c", "c", "a"]
    let dataset = example(labels: labels, subjects: subjects, test: [11]) { $0 < 6 ? 50 : 100 }
    let summary = DatasetSummary(of: dataset)
    #expect(summary.trainCount == 12 && summary.testCount == 1 && summary.subjectCount == 3)
    let normal = summary.beats[0]
    // Five examples over the subjects a, b and c: 2, 1 and 2 of them.
    #expect(normal.examples.map { Int($0[0] * 64) - 1 } == [1, 3, 7, 9, 10])
    #expect(normal.exampleLengths == [50, 50, 100, 100, 100])
    #expect(normal.coverage[49] == 1 && normal.coverage[99] == Float(5.0 / 11.0))
    #expect(normal.coverage[100] == 0 && normal.median[100] == 0)
    #expect(normal.median[0] == 6 / 64 && normal.low[0] == 1.5 / 64 && normal.high[0] == 10.5 / 64)
    #expect(summary.beats[1].trainCount == 1 && summary.beats[1].examples.count == 1)
  }

  @Test("A class without training rows has no examples and no coverage")
  func emptyClass() {
    let summary = DatasetSummary(of: example(labels: [0, 0, 1], test: [2]))
    #expect(summary.beats[1].examples.isEmpty && summary.beats[1].testCount == 1)
    #expect(summary.beats[1].coverage == [Float](repeating: 0, count: 187))
    #expect(summary.subjectCount == nil)
  }

  @Test("Rows are written as npy, as numpy would, with their origins beside them")
  func npyExport() throws {
    try withTemporaryFolder { folder in
      let dataset = example(labels: [0, 1, 0], subjects: ["a", "b", "c"])
      let paths = try RowExport.write(dataset, rows: [2, 1], to: "\(folder)/rows.npy")
      #expect(paths == ["\(folder)/rows.npy", "\(folder)/rows.origins.csv"])
      let array = try NPYFile.read(paths[0])
      #expect(array.shape == [2, 188])
      let values = Array(dataset.row(2)) + [0] + Array(dataset.row(1)) + [1]
      #expect(array == NPYArray(.float32(values), shape: [2, 188]))
      let origins = try String(contentsOfFile: paths[1], encoding: .utf8)
      #expect(origins == "row,record,subject,sample\n0,r2,c,20\n1,r1,b,10\n")
    }
  }

  @Test("Rows written as text have the published form and read back as the same floats")
  func csvExport() throws {
    try withTemporaryFolder { folder in
      let dataset = example(labels: [0, 1, 0])
      let paths = try RowExport.write(dataset, rows: [0, 1, 2], to: "\(folder)/rows.csv")
      #expect(paths == ["\(folder)/rows.csv"])
      let file = try PublishedFile(path: paths[0], counts: [2, 1])
      #expect(file.rows == dataset.rows && file.labels == dataset.labels)
      let text = try String(contentsOfFile: paths[0], encoding: .utf8)
      #expect(text.hasPrefix("1.562500000000000000e-02,") && text.utf8.count == 3 * 188 * 25)
    }
  }

  @Test("Another ending is refused before anything is written")
  func unknownFormat() throws {
    #expect(throws: DatasetsError.unknownFileFormat(path: "rows.txt")) {
      try RowExport.write(example(labels: [0]), rows: [0], to: "rows.txt")
    }
  }
}
