import Documents
import Foundation
import Testing

@testable import ArrhythmiaReport
@testable import Datasets
@testable import Experiments

@Suite("Differences between runs")
struct RunDiffTests {
  private let folder: StoredStudy.Folder
  private let counts = [300, 40, 60, 20, 30]

  init() throws { folder = try StoredStudy.Folder() }

  /// One task of real rows whose subjects are known; models of a skill for each variant and seed.
  private func results(
    _ skills: [[Double]], fingerprint: String = "aa", source: DataSource = .recordings
  ) -> StudyResults {
    let rows = counts.reduce(0, +)
    var data = StudyFixture.data(
      "mitbih", "MIT-BIH beats", ["N", "S", "V", "F", "Q"], counts, source, "intra-patient split",
      subjects: (0..<rows).map { "\($0 * 7 % 30)" })
    data = DatasetSummary(
      id: data.id, title: data.title, classes: data.classes, protocolLabel: data.protocolLabel,
      source: data.source, fingerprint: fingerprint, rowSamplingRate: data.rowSamplingRate,
      subjectCount: 30, beats: data.beats, strips: [], testSubjects: data.testSubjects)
    let cells = skills.enumerated().flatMap { place, seeds in
      seeds.enumerated().map { seed, skill in
        InventedResults.cell(
          InventedResults.variants(4)[place], skill: skill, seed: seed + 1, counts)
      }
    }
    return StudyResults(
      runID: "", title: "Diff", isDemonstration: false,
      tasks: [TaskResults(data: data, cells: cells, failures: [])], gaps: [])
  }

  private func diff(
    _ old: RunSide, _ new: RunSide, _ change: (inout DiffOptions) -> Void = { _ in }
  ) throws -> RunDiff {
    var options = DiffOptions()
    options.draws = 200
    options.workers = 2
    change(&options)
    return try RunDiff(.run(old), .run(new), options: options)
  }

  private func side(
    _ label: String, _ skills: [[Double]], fingerprint: String = "aa", rate: Double = 0.001,
    source: DataSource = .recordings
  ) throws -> RunSide {
    try StoredStudy.side(
      label, results(skills, fingerprint: fingerprint, source: source), in: folder,
      learningRate: rate)
  }

  @Test("The same answers are the same bytes on every row, with equal scores and no cause")
  func same() throws {
    let diff = try diff(try side("a", [[2, 2.1], [1.5]]), try side("b", [[2, 2.1], [1.5]]))
    #expect(diff.scores.count == 4)
    for (_, variant, score) in diff.scores {
      #expect(score.verdict == .sameBytes && score.difference == 0 && variant.causes.isEmpty)
    }
  }

  @Test("Three seeds a side: a large loss is worse, of the recipes, and its cause is named")
  func worse() throws {
    let old = try side("a", [[2.4, 2.42, 2.38], [1.2, 1.25, 1.3]])
    let new = try side("b", [[1.4, 1.42, 1.38], [1.2, 1.25, 1.3]], rate: 0.01)
    let diff = try diff(old, new)
    let lost = diff.tasks[0].variants[0]
    for score in lost.scores {
      #expect(score.verdict == .worse, "\(score)")
      let test = try #require(score.test)
      #expect(test.scope == .recipes && test.beatwise?.name != "DeLong")
      let interval = try #require(test.interval)
      let difference = try #require(score.difference)
      #expect(interval.low < difference && difference < interval.high && interval.high < 0)
      #expect((test.adjustedPValue ?? 0) >= (test.pValue ?? 1))
    }
    #expect(lost.kinds == [.recipe] && lost.causes[0].input == "recipe.learningRate")
    #expect(diff.tasks[0].variants[1].scores.allSatisfy { $0.verdict == .sameBytes })
    #expect(diff.regressions(atLeast: 0, percent: 0).count == 2)
    #expect(diff.regressions(atLeast: 90, percent: 0).isEmpty)
    #expect(diff.regressions(atLeast: 0, percent: 99).isEmpty)
    let back = try self.diff(new, old).tasks[0].variants[0]
    #expect(back.scores.allSatisfy { $0.verdict == .better })
  }

  @Test("Trainings that vary more than the recipes differ are within noise")
  func noise() throws {
    let diff = try diff(
      try side("a", [[1.4, 2.0, 1.7]]), try side("b", [[1.9, 1.45, 1.6]], rate: 0.01))
    #expect(diff.scores.allSatisfy { $0.score.verdict == .withinNoise })
    #expect(diff.scores.allSatisfy { $0.score.test?.scope == .recipes })
  }

  @Test("With one seed the verdict is about these models and says so")
  func oneSeed() throws {
    let diff = try diff(try side("a", [[2.4]]), try side("b", [[1.2]], rate: 0.01)) {
      $0.scores = [.auroc]
    }
    let score = try #require(diff.scores.first).score
    #expect(score.verdict == .worse && score.test?.scope == .models)
    #expect(score.words == "worse, these models" && score.test?.beatwise?.name == "DeLong")
    #expect(try diff.text(as: .markdown).contains("not about the recipes"))
  }

  @Test("Variants of other names are compared where that is asked for, and only they")
  func matches() throws {
    let old = try side("a", [[2.4, 2.42, 2.38], [1.2, 1.25, 1.3]])
    let names = old.groups(of: "mitbih").map(\.variant.id)
    let diff = try diff(old, old) { $0.matches = [(names[0], names[1])] }
    let only = try #require(diff.tasks[0].variants.first)
    #expect(diff.tasks[0].variants.count == 1 && diff.tasks[0].onlyNew.isEmpty)
    #expect(only.name == "\(names[0])=\(names[1])" && only.title.contains(" → "))
    #expect(only.scores.allSatisfy { $0.verdict == .worse })
    #expect(throws: ReportError.self) {
      try self.diff(old, old) { $0.matches = [("nothing", names[1])] }
    }
    #expect(throws: ReportError.self) { try self.diff(old, old) { $0.task = "nothing" } }
  }

  @Test("Markdown too long for a comment leaves out what is least needed")
  func comment() throws {
    let diff = try diff(
      try side("a", [[2.4, 2.3], [1.2, 1.3]]),
      try side("b", [[1.2, 1.3], [1.4, 1.3]], rate: 0.01)
    ) {
      $0.hasRows = true
      $0.hasCurves = true
    }
    let whole = try diff.markdown()
    #expect(whole.contains("only one of the runs has right") && !whole.contains("Left out"))
    let shorter = try diff.markdown(limit: whole.count - 1)
    #expect(shorter.contains("What stands behind") && !shorter.contains("has right, by class"))
    #expect(shorter.contains("Left out, since"))
    let shortest = try diff.markdown(limit: 1)
    #expect(shortest.contains("Verdict") && !shortest.contains("recipe.learningRate"))
  }

  @Test("Other test rows are not comparable: both scores stand there, without a test")
  func otherRows() throws {
    let diff = try diff(
      try side("a", [[2]]), try side("b", [[1]], fingerprint: "bb"))
    for (_, variant, score) in diff.scores {
      #expect(score.verdict == .notComparable && score.old != nil && score.new != nil)
      #expect(score.reason == "the test rows are not the same")
      #expect(variant.kinds == [.data])
    }
  }

  @Test("Without intervals the values are those with them, and nothing is claimed")
  func quick() throws {
    let (old, new) = (try side("a", [[2.2]]), try side("b", [[1.2]], rate: 0.01))
    let quick = try diff(old, new) { $0.hasIntervals = false }
    let whole = try diff(old, new)
    #expect(quick.scores.map(\.score.old) == whole.scores.map(\.score.old))
    #expect(quick.scores.map(\.score.new) == whole.scores.map(\.score.new))
    #expect(quick.scores.allSatisfy { $0.score.verdict == .notTested })
    #expect(quick.regressions(atLeast: 0, percent: 0).isEmpty)
  }

  @Test("Published values stand beside those of a run, on either side, without a verdict")
  func published() throws {
    let run = try side("a", [[2], [1.8]])
    var options = DiffOptions()
    options.draws = 200
    let diff = try RunDiff(.published, .run(run), options: options)
    let scores = diff.scores
    #expect(scores.count == 4 && scores[0].score.old == 0.98415)
    #expect(scores.allSatisfy { $0.score.verdict == .notComparable })
    let back = try RunDiff(.run(run), .published, options: options)
    #expect(back.scores[0].score.new == 0.98415)
    #expect(throws: ReportError.self) { try RunDiff(.published, .published, options: options) }
  }

  @Test("Every form holds the verdicts; JSON has null for what is missing, text no escapes")
  func forms() throws {
    let diff = try diff(
      try side("a", [[2.4], [1.2]]), try side("b", [[1.2], [1.2], [2]], rate: 0.01))
    for format in [DiffFormat.text, .markdown, .tex, .html, .json] {
      let text = try diff.text(as: format)
      #expect(text.contains("worse") && text.contains("same bytes"), "\(format)")
      #expect(!text.contains("\u{1B}"))
    }
    let colored = try diff.text(as: .text, TextRenderer(colors: ["worse": .red]))
    #expect(colored.contains("\u{1B}[31mworse, these models\u{1B}[0m"))
    #expect(try diff.text(as: .text).contains("Of the new run only: Vanilla MLP"))
    let json = try JSONSerialization.jsonObject(with: Data(try diff.json.utf8)) as? [String: Any]
    let tasks = try #require(json?["tasks"] as? [[String: Any]])
    let variants = try #require(tasks[0]["variants"] as? [[String: Any]])
    let scores = try #require(variants[1]["scores"] as? [[String: Any]])
    #expect(scores[0]["verdict"] as? String == "same bytes" && scores[0]["test"] is NSNull)
    #expect(json?["schema"] as? String == "detectron-diff-1")
  }

  @Test("Generated rows are marked in every form")
  func synthetic() throws {
    let diff = try diff(
      try side("a", [[2]], source: .synthetic), try side("b", [[1]], source: .synthetic))
    for format in [DiffFormat.text, .markdown, .tex, .html] {
      #expect(try diff.text(as: format).lowercased().contains("synthetic signal"), "\(format)")
    }
  }
}
