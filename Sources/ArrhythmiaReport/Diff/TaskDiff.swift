import Datasets
import Experiments
import Statistics

/// A task in two runs.
public struct TaskDiff: Sendable {
  /// The task's name.
  public let id: String
  /// Its title.
  public let title: String
  /// What its split means, in the new run.
  public let protocolLabel: String
  /// The symbols of its classes, in label order.
  public let classes: [String]
  /// SHA-256 over the data of the new run.
  public let fingerprint: String
  /// Whether its rows were generated.
  public let isSynthetic: Bool
  /// Whether the test rows are the same in both runs.
  public let hasSameRows: Bool
  /// What tests rest on: `47 subjects`, or `rows` where no subject is known.
  public let units: String
  /// The variants that both runs have.
  public internal(set) var variants: [VariantDiff]
  /// What only the old run has, by title.
  public let onlyOld: [String]
  /// What only the new run has, by title.
  public let onlyNew: [String]
}

/// Compares one task of two runs.
struct TaskComparison {
  private let old: RunSide
  private let new: RunSide
  private let oldData: DatasetSummary
  private let newData: DatasetSummary
  private let options: DiffOptions
  private let hasSameRows: Bool

  /// - Returns: `nil` where not both runs have the task.
  init?(_ task: String, _ old: RunSide, _ new: RunSide, _ options: DiffOptions) throws {
    guard let oldData = try old.data(of: task), let newData = try new.data(of: task) else {
      return nil
    }
    (self.old, self.new, self.options) = (old, new, options)
    (self.oldData, self.newData) = (oldData, newData)
    hasSameRows =
      try oldData.classes == newData.classes && old.hasSameTestRows(of: task, as: new)
  }

  func diff() throws -> TaskDiff {
    let pairs = old.pairs(of: newData.id, with: new, matches: options.matches)
      .filter { !options.matches.isEmpty || options.includes($0) }
    return TaskDiff(
      id: newData.id, title: newData.title, protocolLabel: newData.protocolLabel,
      classes: newData.classes.map(\.symbol), fingerprint: newData.fingerprint,
      isSynthetic: newData.source == .synthetic || oldData.source == .synthetic,
      hasSameRows: hasSameRows, units: Self.units(of: newData),
      variants: try variants(pairs.filter { $0.old != nil && $0.new != nil }),
      onlyOld: pairs.filter { $0.new == nil }.map(\.names.title),
      onlyNew: pairs.filter { $0.old == nil }.map(\.names.title))
  }

  static func units(of data: DatasetSummary) -> String {
    let count = Set(data.testSubjects ?? []).count
    return count > 1 ? "\(count) subjects" : "rows"
  }

  private func variants(_ pairs: [TrainingPair]) throws -> [VariantDiff] {
    let states = try pairs.map { pair -> (old: TrainingGroup, new: TrainingGroup, isSame: Bool)? in
      guard let one = pair.old, let other = pair.new else { return nil }
      return (one, other, try old.hasSameAnswers(one, as: other, of: new))
    }.compactMap(\.self)
    let tested = states.indices.filter { index in
      let state = states[index]
      return options.hasIntervals && hasSameRows && !state.isSame && state.new.kind != .autoencoder
        && !state.old.cells.isEmpty && !state.new.cells.isEmpty
    }
    let findings = try findings(tested.map { (states[$0].old, states[$0].new) })
    return try states.enumerated().map { index, state in
      let names = TrainingPair(old: state.old, new: state.new).names
      let found = tested.firstIndex(of: index).map { findings[$0] }
      return VariantDiff(
        name: names.name, title: names.title, oldRecipe: state.old.recipe.text,
        newRecipe: state.new.recipe.text, oldSeeds: state.old.seeds, newSeeds: state.new.seeds,
        scores: try found?.scores ?? plainScores(state.old, state.new, isSame: state.isSame),
        causes: try old.causes(of: state.old, state.new, of: new, isSame: state.isSame),
        rows: found?.rows, curves: found?.curves ?? [])
    }
  }

  private func findings(
    _ pairs: [(TrainingGroup, TrainingGroup)]
  ) throws -> [EvaluatedPairs.Findings] {
    guard !pairs.isEmpty else { return [] }
    let olds = try SideResults(old, pairs.map(\.0), data: newData)
    let news = try SideResults(new, pairs.map(\.1), data: newData)
    return try EvaluatedPairs(
      pairs.map { EvaluatedPairs.Results(old: olds.cells(of: $0.0), new: news.cells(of: $0.1)) },
      on: newData, options
    ).findings(options)
  }

  /// The scores without a test, and why there is none.
  private func plainScores(
    _ one: TrainingGroup, _ other: TrainingGroup, isSame: Bool
  ) throws -> [ScoreDiff] {
    let basis: ScoreDiff.Basis =
      if isSame {
        .sameBytes
      } else if one.cells.isEmpty || other.cells.isEmpty {
        .notComparable(
          reason: "the \(one.cells.isEmpty ? "old" : "new") run has not finished a training")
      } else if one.kind == .autoencoder {
        .notComparable(reason: "how well single rows are given back is not stored")
      } else if !hasSameRows {
        .notComparable(reason: "the test rows are not the same")
      } else {
        .untested
      }
    let olds = try SideScores(old, one, data: oldData)
    let news = try SideScores(new, other, data: newData)
    return olds.scores(options).map { score in
      ScoreDiff(
        id: score.id, title: score.title, old: olds.mean(score.metric),
        new: news.mean(score.metric), basis: basis)
    }
  }
}

/// The results of some trainings of a run.
private struct SideResults {
  private let cells: [CellResult]

  init(_ side: RunSide, _ groups: [TrainingGroup], data: DatasetSummary) throws {
    let results = try side.store.results(of: groups, on: data)
    cells = results.cells + results.partialCells
  }

  func cells(of group: TrainingGroup) -> [CellResult] {
    cells.filter {
      $0.variant.id == group.variant.id && $0.recipe == group.recipe.text
        && $0.trainingShare == group.trainingShare
    }.sorted { $0.seed < $1.seed }
  }
}
