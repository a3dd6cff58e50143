public import Experiments
import Statistics

/// What changed between two runs, and whether it matters.
public struct RunDiff: Sendable {
  /// One of the runs.
  public struct Side: Sendable, Equatable {
    /// What the user calls it.
    public let label: String
    /// SHA-256 over study and cells; `nil` for the published table.
    public let runID: String?
  }

  /// The run that is compared with.
  public let old: Side
  /// The run that is compared.
  public let new: Side
  /// The tasks that both have, in the order of the new one.
  public private(set) var tasks: [TaskDiff]
  /// Tasks that only the old run has.
  public let onlyOld: [String]
  /// Tasks that only the new run has.
  public let onlyNew: [String]
  /// How they were compared.
  public let options: DiffOptions
  /// How far the figures of both are apart; `nil` where nobody asked.
  public var figures: FigureDistances?

  /// Compares two runs, or a run with the published table.
  ///
  /// - Throws: `ExperimentsError` where something cannot be read, `ReportError` where answers do not
  ///   fit their data, or both are the published table.
  public init(_ old: RunOperand, _ new: RunOperand, options: DiffOptions) throws {
    self.options = options
    self.old = Side(old)
    self.new = Side(new)
    switch (old, new) {
    case (.run(let one), .run(let other)):
      let tasks = Self.tasks(of: one, and: other, options)
      self.tasks = try tasks.both.compactMap {
        try TaskComparison($0, one, other, options)?.diff()
      }
      (onlyOld, onlyNew) = (tasks.old, tasks.new)
    case (.run(let run), .published), (.published, .run(let run)):
      let comparison = PublishedComparison(run, isOld: self.old.runID == nil, options)
      tasks = try comparison.tasks()
      (onlyOld, onlyNew) = ([], [])
    case (.published, .published):
      throw ReportError.emptyPiece(
        kind: "difference", "", reason: "both sides are the table of published results")
    }
    if let task = options.task, tasks.isEmpty {
      throw ReportError.unknownPiece(
        kind: "task of both runs", task, known: Self.tasks(of: [old, new]))
    }
    let asked = options.variants.first ?? options.matches.first.map { "\($0.old)=\($0.new)" }
    if let variant = asked, tasks.allSatisfy(\.isEmpty) {
      throw ReportError.unknownPiece(
        kind: options.matches.isEmpty ? "variant of these runs" : "pair of variants of these runs",
        variant, known: Self.variants(of: [old, new]))
    }
    correct()
  }

  /// The tasks that every one of some runs has.
  private static func tasks(of operands: [RunOperand]) -> [String] {
    let names = operands.compactMap { operand -> [String]? in
      if case .run(let side) = operand { side.record.data.map(\.task) } else { nil }
    }
    return (names.first ?? []).filter { name in names.allSatisfy { $0.contains(name) } }
  }

  /// The names of all variants of some runs, each once.
  private static func variants(of operands: [RunOperand]) -> [String] {
    operands.flatMap { operand -> [String] in
      if case .run(let side) = operand { side.record.cells.map(\.variant.id) } else { [] }
    }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func tasks(
    of old: RunSide, and new: RunSide, _ options: DiffOptions
  ) -> (both: [String], old: [String], new: [String]) {
    let names = [old, new].map { side in
      side.record.data.map(\.task).filter { options.task == nil || $0 == options.task }
    }
    return (
      names[1].filter(names[0].contains), names[0].filter { !names[1].contains($0) },
      names[1].filter { !names[0].contains($0) }
    )
  }

  /// Corrects the p-values of each score for all variants and tasks.
  private mutating func correct() {
    for score in options.scores {
      let places = tasks.indices.flatMap { task in
        tasks[task].variants.indices.flatMap { variant in
          tasks[task].variants[variant].scores.indices
            .filter { tasks[task].variants[variant].scores[$0].id == score.rawValue }
            .map { (task: task, variant: variant, score: $0) }
        }
      }
      let adjusted = HolmCorrection.adjusted(
        places.map { tasks[$0.task].variants[$0.variant].scores[$0.score].test?.pValue })
      for (place, pValue) in zip(places, adjusted) {
        guard var test = tasks[place.task].variants[place.variant].scores[place.score].test else {
          continue
        }
        test.adjustedPValue = pValue
        tasks[place.task].variants[place.variant].scores[place.score].basis = .tested(test)
      }
    }
  }

  /// Every score with its variant and task, in order.
  public var scores: [(task: TaskDiff, variant: VariantDiff, score: ScoreDiff)] {
    tasks.flatMap { task in
      task.variants.flatMap { variant in variant.scores.map { (task, variant, $0) } }
    }
  }

  /// How many scores have a verdict.
  public func count(_ verdict: ScoreDiff.Verdict) -> Int {
    scores.count { $0.score.verdict == verdict }
  }

  /// The scores that became worse by so much or more, in points and in percent of the old value.
  public func regressions(
    atLeast points: Double, percent: Double
  ) -> [(task: TaskDiff, variant: VariantDiff, score: ScoreDiff)] {
    scores.filter { _, _, score in
      guard score.verdict == .worse, let old = score.old, let difference = score.difference else {
        return false
      }
      return 100 * difference.magnitude >= points
        && 100 * difference.magnitude >= percent * old.magnitude
    }
  }
}

extension RunDiff.Side {
  init(_ operand: RunOperand) {
    switch operand {
    case .published: self.init(label: "published", runID: nil)
    case .run(let side): self.init(label: side.label, runID: side.record.id)
    }
  }
}

extension TaskDiff {
  /// Whether there is nothing to say of it.
  var isEmpty: Bool { variants.isEmpty && onlyOld.isEmpty && onlyNew.isEmpty }
}
