import Documents
import Experiments

extension RunDiff {
  /// Effect sizes and the tests that stand beside the verdict; `nil` where nothing was tested.
  func testTable(_ task: TaskDiff) -> Document.Table? {
    let tested = task.variants.flatMap { variant in
      variant.scores.compactMap { score in score.test.map { (variant, score, $0) } }
    }
    guard !tested.isEmpty else { return nil }
    return Document.Table(
      id: Identifier("tests-\(task.id)"),
      caption: """
        What stands behind the verdicts. d: the mean of what a subject or group of rows adds over \
        its standard deviation; δ: how much more often a seed of the new run has the larger score \
        (Cliff). p before the correction; with the trainings held fixed: by sign flips. Beat-wise: \
        assumes that rows are independent, and decides nothing; for each seed that both have.
        """,
      columns: [
        .init("Variant", .text), .init("Score", .text), .init("Seeds", .text),
        .init("About", .text), .init("d"), .init("δ"), .init("p"), .init("p, trainings fixed"),
        .init("Test", .text, group: "Beat-wise"), .init("p", group: "Beat-wise"),
      ],
      rows: tested.map { variant, score, test in
        .init([
          .text(Prose(variant.title)), .text(Prose(score.title)),
          .text("\(variant.oldSeeds.count) and \(variant.newSeeds.count)"),
          .text(test.scope == .recipes ? "the recipes" : "these models"),
          .number(Number(test.effect, digits: 2), otherwise: Reason.noSpread),
          .number(Number(test.cliffsDelta, digits: 2), otherwise: "one seed on a side"),
          .pValue(test.pValue, otherwise: Reason.rareInDraws),
          .pValue(test.fixedTrainingsPValue, otherwise: Reason.rareInDraws),
          test.beatwise.map { .text(Prose($0.name)) } ?? .empty,
          test.beatwise.map { .pValues($0.pValues) } ?? .empty,
        ])
      })
  }
}

/// What differs between the inputs of two runs, each cause once with the variants that have it.
struct DiffCauseTable {
  private let task: TaskDiff

  init(_ task: TaskDiff) { self.task = task }

  /// `nil` where no input differs.
  var table: Document.Table? {
    let causes = task.variants.flatMap(\.causes).map(\.own).reduce(into: [ChangeCause]()) {
      if !$0.contains($1) { $0.append($1) }
    }.sorted { $0.kind < $1.kind }
    guard !causes.isEmpty else { return nil }
    return Document.Table(
      id: Identifier("causes-\(task.id)"),
      caption: """
        Inputs that differ between the runs on \(task.title). Through: of what a variant builds on.
        """,
      columns: ["Cause", "Input", "Old", "New"].map { .init($0, .text) } + [
        .init("Variants", .paragraph)
      ],
      rows: causes.map { cause in
        .init([
          .text(Prose(cause.kind.rawValue)), .code(cause.input),
          .text(Prose(Self.shortened(cause.old))), .text(Prose(Self.shortened(cause.new))),
          .text(Prose(variants(with: cause))),
        ])
      })
  }

  /// Those that have it themselves, then those that only build on one that has.
  private func variants(with cause: ChangeCause) -> String {
    let all = task.variants.filter { $0.causes.contains { $0.own == cause } }
    guard all.count < task.variants.count || all.count == 1 else { return "all" }
    let direct = all.filter { $0.causes.contains(cause) }
    let through = all.filter { !$0.causes.contains(cause) }
    let names = through.flatMap(\.causes).filter { $0.own == cause }.compactMap(\.origin)
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return
      (direct.map(\.title)
      + (through.isEmpty
        ? []
        : [
          "through \(names.joined(separator: ", ")): "
            + through.map(\.title).joined(separator: ", ")
        ]))
      .joined(separator: "; ")
  }

  /// A hash by its first digits.
  private static func shortened(_ value: String?) -> String {
    guard let value else { return "–" }
    return value.count >= 40 && value.allSatisfy(\.isHexDigit) ? "\(value.prefix(12))…" : value
  }
}
