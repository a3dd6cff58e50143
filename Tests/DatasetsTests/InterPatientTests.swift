import Foundation
import Testing

@testable import Datasets

struct SharedSubjectTests {
  private func split(_ subjects: [String]) -> (Split, [BeatOrigin]) {
    (
      Split(train: [0, 1], test: [2, 3]),
      subjects.map { BeatOrigin(record: "r", subject: $0, sample: 0) }
    )
  }

  @Test("A split that shares a person is refused the name of one between people")
  func refusal() throws {
    let (shared, subjects) = split(["a", "b", "b", "c"])
    #expect(throws: DatasetsError.sharedSubjects(task: "x", subjects: ["b"])) {
      try shared.interPatientLabel("DS1/DS2", task: "x", subjects)
    }
    let (apart, others) = split(["a", "b", "c", "d"])
    #expect(
      try apart.interPatientLabel("DS1/DS2", task: "x", others)
        == "inter-patient split (DS1/DS2)")
    #expect(
      DatasetsError.sharedSubjects(task: "x", subjects: ["b"]).description
        == "x: b stand on both sides, so this is no inter-patient split; leave their records out "
        + "on one side")
  }

  @Test("The summary counts who stands on both sides, and names records that stand together")
  func summary() {
    let data = example(labels: [0, 1, 0, 1], subjects: ["a", "b", "b", "c"], test: [2, 3])
    let summary = DatasetSummary(of: data)
    #expect(data.sharedSubjects == ["b"] && summary.sharedSubjectCount == 1)
    #expect(summary.testRecords?.map(\.record) == ["r2", "r3"])
    #expect(summary.testRecords?.map(\.count) == [1, 1])
    let unnamed = DatasetSummary(of: example(labels: [0, 1], test: [1]))
    #expect(unnamed.sharedSubjectCount == nil && unnamed.testRecords == nil)
  }
}

/// Reads the real recordings; skipped where they are absent.
@Suite(.enabled(if: SharedData.has("data/mitdb/RECORDS")))
struct InterPatientTests {
  private func load(_ task: String) throws -> Dataset {
    try DataDirectory(path: "\(SharedData.path)/data").load(task)
  }

  private func counts(_ rows: [Int], _ data: Dataset) -> [Int] {
    rows.reduce(into: [Int](repeating: 0, count: 5)) { $0[Int(data.labels[$1])] += 1 }
  }

  @Test("DS1 and DS2 have the published rows, with and without record 201")
  func rows() throws {
    let published = try load("mitbih-inter-published")
    #expect(published.count == 50_999 + 49_690 && published.folds.count == 1)
    #expect(counts(published.split.train, published) == [45_845, 943, 3_788, 415, 8])
    #expect(counts(published.split.test, published) == [44_238, 1_836, 3_221, 388, 7])
    #expect(published.sharedSubjects == ["201"])
    #expect(published.protocolLabel == "DS1/DS2 as published: one shared subject (201/202)")
    #expect(!published.protocolLabel.contains("inter-patient"))

    let apart = try load("mitbih-inter")
    #expect(counts(apart.split.train, apart) == [44_211, 815, 3_590, 413, 8])
    #expect(counts(apart.split.test, apart) == [44_238, 1_836, 3_221, 388, 7])
    #expect(apart.sharedSubjects == [])
    #expect(apart.protocolLabel == "inter-patient split (DS1/DS2)")
    let validation = try #require(apart.split.validation)
    #expect(counts(validation, apart) == [8_314, 203, 607, 30, 0])
    #expect(Set(validation).isSubset(of: apart.split.train))
    #expect(apart.leads.count == 43 && apart.leads.allSatisfy { $0.lead == "MLII" })

    let origins = try #require(apart.origins)
    let rowsOf232 = apart.split.test.filter { origins[$0].record == "232" }
    #expect(counts(rowsOf232, apart)[1] == 1_381)
    let summary = DatasetSummary(of: apart)
    #expect(summary.testRecords?.count == 22 && summary.sharedSubjectCount == 0)
    #expect(summary.testRecords?.map(\.count).reduce(0, +) == 49_690)
    #expect(DatasetSummary(of: published).sharedSubjectCount == 1)

    let context = try #require(apart.inContext)
    #expect(context.rowWidth == 384 && context.labels == apart.labels)
    #expect(context.folds == apart.folds && context.fingerprint != apart.fingerprint)
    #expect(context.rows.allSatisfy { $0.isFinite && $0.magnitude < 100 })
  }

  @Test("Rows are those of mitbih but in record 114, whose second channel is MLII")
  func sameRows() throws {
    let (all, apart) = (try load("mitbih"), try load("mitbih-inter"))
    #expect(all.leads.filter { $0.lead == "V5" }.map(\.record) == ["102", "104", "114"])
    #expect(all.sharedSubjects?.count == 47 && all.inContext == nil)
    let (left, right) = (try #require(all.origins), try #require(apart.origins))
    func rows(_ data: Dataset, _ origins: [BeatOrigin], _ record: String) -> [Float] {
      origins.indices.filter { origins[$0].record == record }.flatMap { data.row($0) }
    }
    #expect(rows(all, left, "119") == rows(apart, right, "119"))
    let (first, second) = (rows(all, left, "114"), rows(apart, right, "114"))
    #expect(first.count == second.count && first != second)
  }

  @Test("The published files are no source of it")
  func source() {
    let folder = "\(SharedData.path)/data"
    #expect(
      error(folder, "mitbih-inter", .publishedFiles)
        == "the task mitbih-inter cannot be loaded from the published comma-separated files; "
        + "choose another source")
  }
}
