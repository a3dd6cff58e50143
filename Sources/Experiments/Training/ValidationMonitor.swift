import Models
import Neural

/// Early stopping, rate reduction and the choice of the kept epoch, by a score on validation rows:
/// right rows for a classifier, the negative loss for a network that gives rows back.
///
/// The rules of Keras's `EarlyStopping`, `ReduceLROnPlateau` and `ModelCheckpoint`: a gain is any
/// higher score; the waiting for a reduction starts anew after one.
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

  /// What it remembers.
  struct State: Equatable, Codable {
    /// The rate of the next epoch, before the schedule.
    var learningRate: Double
    /// The epoch whose weights are kept, as far as is known, counted from 1; 0 before the first.
    var keptEpoch = 0
    /// `nil` before the first score that is a number.
    var bestScore: Double?
    var waitingToStop = 0
    var waitingToReduce = 0
  }

  private let recipe: Recipe
  private(set) var state: State
  /// The rate of the next epoch, before the schedule.
  var learningRate: Double { state.learningRate }
  /// The epoch whose weights are kept, as far as is known, counted from 1.
  var keptEpoch: Int { state.keptEpoch }

  init(_ recipe: Recipe) {
    self.recipe = recipe
    state = State(learningRate: recipe.learningRate)
  }

  /// Goes on where another one of the same training stopped.
  mutating func resume(from state: State) { self.state = state }

  /// Begins a stage: the rate is the recipe's again, and patience starts anew.
  mutating func beginStage() {
    state.learningRate = recipe.learningRate
    state.waitingToStop = 0
    state.waitingToReduce = 0
  }

  /// Takes an epoch's score; one that is no number is no gain.
  mutating func observe(_ score: Double, epoch: Int) -> Verdict {
    let isGain = state.bestScore.map { score > $0 } ?? !score.isNaN
    if recipe.keptEpoch == .last || isGain || keptEpoch == 0 { state.keptEpoch = epoch }
    if isGain {
      state.bestScore = score
      state.waitingToStop = 0
      state.waitingToReduce = 0
      return .improved
    }
    state.waitingToStop += 1
    state.waitingToReduce += 1
    if case .reduceOnPlateau(let factor, let patience) = recipe.schedule,
      state.waitingToReduce >= patience
    {
      state.learningRate *= factor
      state.waitingToReduce = 0
    }
    return state.waitingToStop >= recipe.stoppingPatience ? .finished : .waiting
  }
}
