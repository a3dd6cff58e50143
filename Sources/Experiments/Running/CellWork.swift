import Models

/// What makes a cell: a training, or the combination of other cells' predictions.
protocol CellWork: Sendable {
  /// Everything that decides the cell's bytes, as JSON with sorted keys: its hash is the key.
  func canonicalJSON() throws -> [UInt8]

  /// Bytes that the work holds at most, beside the data.
  func memoryBytes(threads: Int) -> Int

  /// Does the work.
  ///
  /// - Parameters:
  ///   - store: Where the cells are that this one needs; all of them are finished.
  ///   - threads: How many threads compute; the result does not depend on it.
  func files(
    store: RunStore, threads: Int, progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
  ) throws -> CellFiles
}

extension CellWork {
  /// Answers of other cells are small.
  func memoryBytes(threads: Int) -> Int { 0 }
}

/// What a finished cell leaves in the store.
struct CellFiles {
  /// Names and contents; equal for equal keys.
  let files: [(name: String, bytes: [UInt8])]
  /// Epochs that were trained; 0 where none was.
  let epochs: Int
  /// Rows that were learnt from, over all epochs.
  let rows: Int
  /// Seconds that it took, those of earlier processes included.
  let seconds: Double
  /// What to tell who waits, for example the accuracy.
  let score: CellScore
}

/// How a finished cell did on the validation rows; what it does on the test rows is for the report,
/// where nobody chooses by it.
public enum CellScore: Sendable, Equatable {
  /// Share of rows that were right; `nil` without rows.
  case accuracy(Double?)
  /// Mean squared error.
  case squaredError(Double)
}

/// A cell of a study: its name, what makes it, and the cells that it needs.
struct CellJob: Sendable {
  let name: CellName
  let key: String
  let work: any CellWork
  let facts: VariantFacts
  let kind: RunRecord.Kind
  /// Keys of the cells that have to be finished before.
  let parents: [String]
  /// Multiply-adds of an epoch.
  let epochCost: Int
  /// Epochs at most.
  let maximumEpochs: Int
  /// Multiply-adds that it should take in all: what jobs are ordered by.
  var expectedCost: Int {
    let recipe = (work as? TrainingWork)?.description.recipe
    return epochCost * (recipe?.expectedEpochs ?? maximumEpochs)
  }
}
