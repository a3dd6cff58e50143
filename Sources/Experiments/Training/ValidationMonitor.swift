import Models
import Neural

/// Early stopping, rate reduction and the choice of the kept epoch, by validation accuracy.
///
/// The rules of Keras's `EarlyStopping`, `ReduceLROnPlateau` and `ModelCheckpoint` with
/// `mode="max"`: a gain is any higher accuracy; the waiting for a reduction starts anew after one.
struct ValidationMonitor {
  /// What an epoch means for the training.
  enum Verdict {
    /// The best so far.
    case improved
    /// No gain, but patience is left.
    case waiting
    /// Patience has run out.
    case finished
  }

  private let recipe: Recipe
  /// The rate of the next epoch, before the schedule.
  private(set) var learningRate: Double
  /// The epoch whose weights are kept, as far as is known, counted from 1.
  private(set) var keptEpoch = 0
  private var bestCount = -1
  private var waitingToStop = 0
  private var waitingToReduce = 0

  init(_ recipe: Recipe) {
    self.recipe = recipe
    learningRate = recipe.learningRate
  }

  /// Takes an epoch's number of right validation rows.
  mutating func observe(_ rightCount: Int, epoch: Int) -> Verdict {
    if recipe.keptEpoch == .last || rightCount > bestCount { keptEpoch = epoch }
    if rightCount > bestCount {
      bestCount = rightCount
      waitingToStop = 0
      waitingToReduce = 0
      return .improved
    }
    waitingToStop += 1
    waitingToReduce += 1
    if case .reduceOnPlateau(let factor, let patience) = recipe.schedule,
      waitingToReduce >= patience
    {
      learningRate *= factor
      waitingToReduce = 0
    }
    return waitingToStop >= recipe.stoppingPatience ? .finished : .waiting
  }
}
