public import Experiments

/// A variant of a task in two runs.
public struct VariantDiff: Sendable {
  /// Stable name, with recipe and share of the training rows where they are not the usual ones.
  public let name: String
  /// Title for tables, likewise.
  public let title: String
  /// The recipe of the old run; `nil` for a published value.
  public let oldRecipe: String?
  /// The recipe of the new run.
  public let newRecipe: String?
  /// The seeds of the old run that are finished.
  public let oldSeeds: [Int]
  /// The seeds of the new run that are finished.
  public let newSeeds: [Int]
  /// The scores.
  public internal(set) var scores: [ScoreDiff]
  /// The inputs that differ; none where the cells are the same.
  public let causes: [ChangeCause]
  /// The rows that only one of the runs has right; `nil` where nobody asked, or the answers are the
  /// same or not comparable.
  public internal(set) var rows: ChangedRows?
  /// The curves of both runs, by kind and class; none likewise.
  public internal(set) var curves: [CurveGap] = []

  /// The kinds of the causes, each once, in their order.
  public var kinds: [ChangeKind] {
    causes.map(\.kind).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension TrainingPair {
  /// Stable name and title of the training in tables.
  var names: (name: String, title: String) {
    guard let group = either else { return ("", "") }
    if let old, let new, old.variant.id != new.variant.id {
      let names = [old, new].map { TrainingPair(old: nil, new: $0).names }
      return (names.map(\.name).joined(separator: "="), names.map(\.title).joined(separator: " → "))
    }
    let kinds = [old, new].compactMap { $0?.recipe.kind }
    let recipe =
      kinds.count == 2 && kinds[0] != kinds[1] ? "\(kinds[0]) → \(kinds[1])" : kinds.first ?? ""
    let isUsual = recipe == RecipeName.published || recipe.isEmpty
    let percent = Int((group.trainingShare * 100).rounded())
    let share = group.trainingShare < 1 ? "\(percent) %" : nil
    return (
      group.variant.id + (isUsual ? "" : "+\(recipe)") + (share == nil ? "" : "/share-\(percent)"),
      ([group.variant.title] + (isUsual ? [] : [recipe])
        + [share.map { "\($0) of the rows" }]
        .compactMap(\.self)).joined(separator: ", ")
    )
  }
}
