public import Datasets

/// One of two runs that are compared.
public struct RunSide: Sendable {
  /// What the user calls it.
  public let label: String
  /// The store that it is in.
  public let store: RunStore
  /// The run.
  public let record: RunRecord

  /// A run of a store.
  public init(_ label: String, _ record: RunRecord, in store: RunStore) throws(ExperimentsError) {
    self.label = label
    self.store = store
    self.record = record
  }

  /// The summary of a task's data; `nil` where the run has no such task.
  public func data(of task: String) throws(ExperimentsError) -> DatasetSummary? {
    guard let data = record.data.first(where: { $0.task == task }) else { return nil }
    return try store.summary(data.fingerprint)
  }

  /// The trainings of a task that are finished, whole: a seed of which a fold is missing is left out.
  public func groups(of task: String) -> [TrainingGroup] {
    record.cells.filter { $0.task == task }.reduce(into: [TrainingGroup]()) { groups, cell in
      if let place = groups.firstIndex(where: { $0.includes(cell) }) {
        groups[place].add(cell, isFinished: store.contains(cell.key))
      } else {
        groups.append(TrainingGroup(cell, isFinished: store.contains(cell.key)))
      }
    }
  }
}

/// The cells of one variant under one recipe and on as many training rows: seeds and folds.
public struct TrainingGroup: Sendable {
  /// What the model is.
  public let variant: VariantFacts
  /// Name of the recipe.
  public let recipe: RecipeName
  /// How many of the training rows are used, 0…1.
  public let trainingShare: Double
  /// What the cells hold.
  public let kind: RunRecord.Kind
  private var all: [RunRecord.Cell]
  private var openSeeds: Set<Int>

  init(_ cell: RunRecord.Cell, isFinished: Bool) {
    variant = cell.variant
    recipe = RecipeName(cell.recipe)
    trainingShare = cell.trainingShare
    kind = cell.kind
    all = [cell]
    openSeeds = isFinished ? [] : [cell.seed]
  }

  fileprivate func includes(_ cell: RunRecord.Cell) -> Bool {
    variant.id == cell.variant.id && recipe.text == cell.recipe
      && trainingShare == cell.trainingShare
  }

  fileprivate mutating func add(_ cell: RunRecord.Cell, isFinished: Bool) {
    all.append(cell)
    if !isFinished { openSeeds.insert(cell.seed) }
  }

  /// The finished cells, by seed, then fold.
  public var cells: [RunRecord.Cell] {
    all.filter { !openSeeds.contains($0.seed) }
      .sorted { ($0.seed, $0.fold ?? 0) < ($1.seed, $1.fold ?? 0) }
  }

  /// The seeds of which every fold is finished, in order.
  public var seeds: [Int] {
    cells.map(\.seed).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// Whether the test rows are those of several splits.
  public var isFolded: Bool { all.contains { $0.fold != nil } }
}
