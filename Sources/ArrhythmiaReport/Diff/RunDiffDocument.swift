import Documents
import Experiments

/// What a comparison holds beside its verdicts.
struct DiffParts: OptionSet {
  let rawValue: Int

  /// Effect sizes and further tests.
  static let tests = DiffParts(rawValue: 1)
  /// The inputs that differ, with their values.
  static let causes = DiffParts(rawValue: 2)
  /// Rows that became right or wrong, and areas between curves.
  static let rows = DiffParts(rawValue: 4)
  static let all: DiffParts = [.tests, .causes, .rows]
}

extension RunDiff {
  /// The comparison as a document.
  ///
  /// - Parameters:
  ///   - parts: What stands in it beside the verdicts.
  ///   - notice: What has to be said first.
  ///   - pictures: Figures by the task that they belong to.
  func document(
    _ parts: DiffParts = .all, notice: Prose? = nil, pictures: [String: [Document.Figure]] = [:]
  ) -> Document {
    let isSynthetic = tasks.contains(where: \.isSynthetic)
    return Document(
      title: "\(old.label) and \(new.label)",
      metadata: [.init("Old", old.words), .init("New", new.words)],
      banner: isSynthetic ? "Synthetic signal, no clinical meaning." : nil,
      sections: [summary(notice)]
        + tasks.filter { !$0.isEmpty }.map { section($0, parts, pictures[$0.id] ?? []) }
        + (figures.map { [$0.section] } ?? []))
  }

  private func summary(_ notice: Prose?) -> Document.Section {
    let counted = ScoreDiff.Verdict.allCases.filter { count($0) > 0 }.map {
      "\(count($0)) \($0.rawValue)" as Prose
    }
    let text: Prose =
      counted.isEmpty
      ? "The runs have no training in common." : counted.joined(separator: ", ") + "."
    let lists = [("old", onlyOld), ("new", onlyNew)].filter { !$0.1.isEmpty }.map {
      Document.Block.paragraph(
        "Tasks of the \($0.0) run only: \($0.1.joined(separator: ", ")).")
    }
    return .init(
      id: "summary", title: "Summary",
      blocks: [.paragraph(text)] + (notice.map { [.notice($0)] } ?? []) + regressionBlocks + lists)
  }

  /// What became worse, so that nobody has to look for it.
  private var regressionBlocks: [Document.Block] {
    let worse = regressions(atLeast: 0, percent: 0)
    guard !worse.isEmpty else { return [] }
    return [
      .list(
        worse.map { task, variant, score in
          """
          \(.strong("Worse")): \(task.title), \(variant.title), \(score.title) \
          \(score.number(score.old)) → \(score.number(score.new))
          """
        }, isNumbered: false)
    ]
  }

  private func section(
    _ task: TaskDiff, _ parts: DiffParts, _ pictures: [Document.Figure]
  ) -> Document.Section {
    let tables =
      task.variants.isEmpty
      ? []
      : [
        verdictTable(task), parts.contains(.tests) ? testTable(task) : nil,
        parts.contains(.causes) ? DiffCauseTable(task).table : nil,
      ].compactMap(\.self) + (parts.contains(.rows) ? ChangedRowTables(task).tables : [])
    let marked = tables.map { table in
      var table = table
      table.mark = task.isSynthetic ? Report.syntheticMark : nil
      return table
    }
    let only = [("old", task.onlyOld), ("new", task.onlyNew)].filter { !$0.1.isEmpty }.map {
      Document.Block.paragraph("Of the \($0.0) run only: \($0.1.joined(separator: "; ")).")
    }
    return .init(
      id: Identifier("task-\(task.id)"), title: "\(task.title), \(task.protocolLabel)",
      blocks: marked.map { .table($0) } + pictures.map { .figure($0) } + only)
  }

  private func verdictTable(_ task: TaskDiff) -> Document.Table {
    Document.Table(
      id: Identifier("diff-\(task.id)"), caption: caption(task),
      columns: [.init("Variant", .text), .init("Score", .text), .init("Old"), .init("New")]
        + ["Difference", "Low", "High"].map { .init($0, group: "Points") }
        + [.init("p"), .init("Verdict", .text), .init("Cause", .text)],
      rows: task.variants.enumerated().flatMap { place, variant in
        variant.scores.enumerated().map { index, score in
          let isFirst = index == 0
          return Document.Table.Row(
            [.text(isFirst ? Prose(variant.title) : ""), .text(Prose(score.title))]
              + score.valueCells
              + [
                .text(Prose(score.words)),
                .text(isFirst ? Prose(variant.kinds.map(\.rawValue).joined(separator: ", ")) : ""),
              ], isSetApart: isFirst && place > 0)
        }
      }, notes: notes(task))
  }

  private func caption(_ task: TaskDiff) -> Prose {
    guard options.hasIntervals else {
      return """
        Scores of both runs on \(task.title), means over the seeds, and the difference in points \
        (hundredths of a score). Intervals and tests were not asked for.
        """
    }
    let percent = Number.percent(1 - options.level, digits: options.level < 0.01 ? 1 : 0)
    return """
      Scores of both runs on \(task.title), means over the seeds, with the difference in points \
      (hundredths of a score) and its \(percent) % interval, both runs on the same test rows \
      (\(task.units)). p after Holm's correction for all comparisons by a score. Better and worse: \
      the interval leaves out 0 and p < \(Number(options.level, digits: 3)). Cause: which inputs \
      differ.
      """
  }

  private func notes(_ task: TaskDiff) -> [Prose] {
    let tests = task.variants.flatMap(\.scores).compactMap(\.test)
    let hasModels = tests.contains { $0.scope == .models }
    let reasons = task.variants.flatMap(\.scores).compactMap(\.reason)
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let models: Prose = """
      “These models”: with fewer than three seeds on a side a verdict is about the trained models at \
      hand, not about the recipes.
      """
    return (hasModels ? [models] : []) + reasons.map { "Not comparable: \($0)." }
  }
}

extension RunDiff.Side {
  fileprivate var words: Prose {
    guard let runID else { return "the table of published results" }
    return "\(label), run \(.code(String(runID.prefix(12))))"
  }
}

extension ScoreDiff {
  /// A value as tables print it.
  func number(_ value: Double?) -> Number {
    switch Score(rawValue: id) {
    case .some(let score): score.number(value)
    case nil: .squaredError(value)
    }
  }

  /// A difference as tables print it.
  func differenceNumber(_ value: Double?) -> Number {
    Score(rawValue: id) == nil ? Number(value, digits: 6, showsPlus: true) : .points(value)
  }

  /// The verdict with what it is about.
  var words: String {
    let isClaim = verdict == .better || verdict == .worse
    return verdict.rawValue + (isClaim && test?.scope == .models ? ", these models" : "")
  }

  /// Old, new, difference, ends of the interval, and p.
  fileprivate var valueCells: [Document.Table.Cell] {
    let missing = reason ?? Reason.absentClass
    let values: [Document.Table.Cell] =
      [old, new].map { .number(number($0), otherwise: missing) } + [
        .number(differenceNumber(difference), otherwise: missing)
      ]
    guard let test else { return values + [.empty, .empty, .empty] }
    return values + [
      .number(differenceNumber(test.interval?.low), otherwise: Reason.rareInDraws),
      .number(differenceNumber(test.interval?.high), otherwise: Reason.rareInDraws),
      .pValue(test.adjustedPValue, otherwise: Reason.rareInDraws),
    ]
  }
}
