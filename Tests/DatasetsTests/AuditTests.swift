import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite("Nearest rows")
struct NearestRowsTests {
  private static let data = SyntheticDataset(
    .arrhythmia, seed: 4, trainSubjects: 9, testSubjects: 4, rowsPerSubject: 60
  ).dataset()

  /// The nearest of some rows, one by one.
  private static func search(
    _ row: Int, _ rows: [Int], _ data: Dataset, where isWanted: (Int) -> Bool = { _ in true }
  ) -> NearestRows.Neighbour? {
    var nearest: NearestRows.Neighbour?
    for other in rows.sorted() where other != row && isWanted(other) {
      let distance = zip(data.row(row), data.row(other)).reduce(0.0) {
        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
      }
      if nearest.map({ distance < $0.squaredDistance }) ?? true {
        nearest = NearestRows.Neighbour(row: other, squaredDistance: distance)
      }
    }
    return nearest
  }

  private static func slow(
    _ rows: [Int], among others: [Int], _ data: Dataset
  ) -> [NearestRows.Neighbours] {
    rows.map { row in
      NearestRows.Neighbours(
        nearest: search(row, others, data),
        nearestOfOthers: data.origins.flatMap { origins in
          search(row, others, data) { origins[$0].subject != origins[row].subject }
        })
    }
  }

  @Test("They are those of a search one by one, for any number of threads and instruction set")
  func exact() throws {
    let data = Self.data
    let search = NearestRows(data.split.train, of: data)
    let expected = Self.slow(data.split.test, among: data.split.train, data)
    for workers in [1, 2, 5] {
      #expect(try search.neighbours(of: data.split.test, workers: workers) == expected)
    }
    let portable = try #require(InstructionSet.portable.kernels)
    #expect(
      try search.neighbours(of: data.split.test, workers: 1, kernels: portable) == expected)
  }

  @Test("Among its own rows a row is not its own neighbour, and other people are told apart")
  func within() throws {
    let data = Self.data
    let rows = data.split.train
    let found = try NearestRows(rows, of: data).neighbours(of: rows, workers: 2)
    #expect(found == Self.slow(rows, among: rows, data))
    let origins = try #require(data.origins)
    #expect(
      zip(rows, found).allSatisfy { row, near in
        near.nearestOfOthers.map { origins[$0.row].subject != origins[row].subject } ?? false
      })
  }

  @Test("Of equally near rows it is the first, whatever their order and their people")
  func ties() throws {
    // Rows 1, 3 and 4 are equal; row 5 is as far from 0 as they are.
    let levels: [Float] = [0.5, 0.25, 1, 0.25, 0.25, 0.75]
    let data = Dataset(
      id: "ties", title: "", classes: ["a", "b"].map { ClassLabel(symbol: $0, name: $0) },
      rows: levels.flatMap { [Float](repeating: $0, count: 187) }, labels: [0, 1, 0, 0, 1, 0],
      origins: ["x", "z", "y", "y", "x", "x"].map {
        BeatOrigin(record: $0, subject: $0, sample: 0)
      }, split: Split(train: [5, 4, 3, 2, 1], test: [0]), protocolLabel: "", source: .synthetic,
      strips: [])
    let near = try NearestRows(data.split.train, of: data).neighbours(of: [0], workers: 1)
    #expect(near[0].nearest == .init(row: 1, squaredDistance: 187.0 / 16))
    #expect(near[0].nearestOfOthers == .init(row: 1, squaredDistance: 187.0 / 16))
    let same = try NearestRows([1, 3, 4], of: data).neighbours(of: [3, 4], workers: 1)
    #expect(same.map { $0.nearest?.row } == [1, 1])
    #expect(same.allSatisfy { $0.nearest?.squaredDistance == 0 })
    let none = try NearestRows([0, 4, 5], of: data).neighbours(of: [0], workers: 1)
    #expect(none[0].nearest?.row == 4 && none[0].nearestOfOthers == nil)
    let empty = try NearestRows([], of: data).neighbours(of: [0], workers: 1)
    #expect(empty == [NearestRows.Neighbours()])
  }

  @Test("A search that is cancelled says so")
  func cancelled() {
    let data = Self.data
    #expect(throws: CancellationError.self) {
      try NearestRows(data.split.train, of: data)
        .neighbours(of: data.split.test, workers: 2) { true }
    }
  }
}

@Suite("Data audit")
struct DataAuditTests {
  @Test("Copies, contradictions, people, lengths and unusual rows are counted")
  func facts() throws {
    // Constant rows, by level and length: 0 and 1 are equal, 2 is of another class, 5 is flat.
    let rows: [(level: Float, length: Int, label: UInt8, subject: String)] = [
      (0.5, 100, 0, "a"), (0.5, 100, 0, "a"), (0.5, 100, 1, "b"), (1, 187, 1, "b"),
      (0.5, 100, 0, "b"), (0, 0, 0, "c"), (0.25, 50, 1, "c"),
    ]
    let data = Dataset(
      id: "facts", title: "", classes: ["N", "V"].map { ClassLabel(symbol: $0, name: $0) },
      rows: rows.flatMap { row in (0..<187).map { $0 < row.length ? row.level : 0 } },
      labels: rows.map(\.label),
      origins: rows.enumerated().map {
        BeatOrigin(record: "r\($0)", subject: $1.subject, sample: 0)
      }, split: Split(train: [0, 1, 2, 3], test: [4, 5, 6]), protocolLabel: "by hand",
      source: .synthetic, strips: [],
      leads: rows.indices.map { RecordLead(record: "r\($0)", lead: $0 == 3 ? "V5" : "MLII") })
    let audit = try DataAudit(of: data, workers: 2)
    #expect(audit.train.copyCount == 2 && audit.train.contradictionCount == 3)
    #expect(audit.test.copyCount == 0 && audit.test.contradictionCount == 0)
    #expect(audit.copyCount == 1 && audit.contradictionCount == 1)
    #expect(audit.train.classCounts == [2, 2] && audit.test.classCounts == [2, 1])
    #expect(audit.train.subjectCount == 2 && audit.train.recordCount == 4)
    let lengths: [Float] = [100, 100, 100, 100, 121.75, 173.95, 187]
    #expect(audit.train.lengths == lengths.map(Double.init))
    #expect(audit.train.fullCount == 1 && audit.test.flatCount == 1)
    #expect(audit.train.highPlateauCount == 1 && audit.train.lowPlateauCount == 0)
    #expect(audit.sharedSubjects == ["b"])
    #expect(
      audit.peopleWithSeveralRecords == [
        .init(trainRecords: ["r0", "r1"], testRecords: []),
        .init(trainRecords: ["r2", "r3"], testRecords: ["r4"]),
        .init(trainRecords: [], testRecords: ["r5", "r6"]),
      ])
    #expect(audit.leads.map(\.lead) == ["MLII", "V5"])
    #expect(audit.leads.map(\.trainCount) == [3, 1] && audit.leads[0].testCount == 3)
    // The first of the equal rows is of class N; the flat one is nearest to the shorter ones.
    #expect(audit.nearest.confusion == [2, 0, 1, 0] && audit.nearest.count == 3)
    #expect(audit.nearest.samePersonCount == 0)
    #expect(audit.nearest.distances.count == 101 && audit.nearest.distances[0] == 0)
    #expect(audit.nearestOfOthers?.samePersonCount == 0)
    #expect(audit.withinTest.count == 3 && audit.withinTrain.count == 3)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(audit)
    #expect(try JSONDecoder().decode(DataAudit.self, from: json) == audit)
    #expect(json.count < 20_000)
  }

  @Test("Where nobody is named there are no people, and folds are held against their own rows")
  func folds() throws {
    let plain = example(labels: [0, 1, 0, 1]) { 20 * ($0 + 1) }
    let data = Dataset(
      id: "folds", title: "", classes: plain.classes, rows: plain.rows, labels: plain.labels,
      origins: nil,
      folds: [Split(train: [0, 1], test: [2, 3]), Split(train: [2, 3], test: [0, 1])],
      protocolLabel: "", source: .synthetic, strips: [])
    let audit = try DataAudit(of: data, workers: 1)
    #expect(audit.nearestOfOthers == nil && audit.sharedSubjects == nil)
    #expect(audit.peopleWithSeveralRecords == nil && audit.nearest.samePersonCount == nil)
    #expect(audit.train.count == 4 && audit.test.count == 4 && audit.nearest.count == 4)
    #expect(audit.nearest.confusion == [1, 1, 1, 1])
  }

  @Test("Runs at the maximum or the minimum count from five samples, padding does not")
  func plateaus() throws {
    func row(_ samples: [Float]) -> [Float] {
      samples + [Float](repeating: 0, count: 187 - samples.count)
    }
    let rows: [[Float]] = [
      row([0.5, 1, 1, 1, 1, 1, 0.5, 0, 0.5]), row([0.5, 1, 1, 1, 1, 0.5]),
      row([1, 0, 0, 0, 0, 0, 0.5]), row([1, 0, 0, 0, 0, 0.5]), row([1, 0.5]),
    ]
    let data = Dataset(
      id: "plateaus", title: "", classes: [ClassLabel(symbol: "N", name: "N")],
      rows: rows.flatMap(\.self), labels: [0, 0, 0, 0, 0], origins: nil,
      split: Split(train: [0, 1, 2, 3, 4], test: []), protocolLabel: "", source: .synthetic,
      strips: [])
    let facts = RowFacts(data.split.train, of: data)
    #expect(facts.highPlateauCount == 1 && facts.lowPlateauCount == 1)
    let audit = try DataAudit(of: data, workers: 1)
    #expect(audit.nearest.accuracy == nil && audit.nearest.medianDistance == nil)
  }
}
