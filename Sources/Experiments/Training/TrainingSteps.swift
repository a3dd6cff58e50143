import Models
import Neural
import Tensors

/// A network, and what a recipe has it trained with: loss, optimizer, schedule, averaged weights.
struct TrainingSteps {
  private let network: Network
  private let recipe: Recipe
  private let loss: any Loss
  private let validationLoss: any Loss
  private let classificationLoss: (any ClassificationLoss)?
  private let optimizer: any Optimizer
  private let moments: [FloatBuffer]
  private let average: WeightAverage?
  private let totalSteps: Int
  private var step = 0
  /// The rate of the last step.
  private(set) var learningRate: Double

  /// Lays out the network with the initial weights of the seed.
  ///
  /// - Parameters:
  ///   - frozen: Paths of what is not trained.
  ///   - totalSteps: Steps at most, which a schedule is stretched over.
  init(
    variant: any ModelVariant, task: ClassificationTask, recipe: Recipe, frozen: [String],
    seed: Int, threads: Int, rowsPerClass: [Int], totalSteps: Int
  ) throws {
    let plan = variant.plan(for: task, frozen: frozen)
    try plan.checkFrozen(frozen)
    network = Network(plan, seed: seed, batchSize: recipe.batchSize, threads: threads)
    self.recipe = recipe
    self.totalSteps = totalSteps
    loss = try recipe.trainingLoss(for: task, rowsPerClass: rowsPerClass)
    validationLoss = recipe.loss(for: task)
    classificationLoss = recipe.classificationLoss(for: task)
    optimizer = recipe.optimizer
    moments = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: plan.weightCount) }
    average =
      recipe.averagingMomentum > 0
      ? WeightAverage(for: plan, momentum: Float(recipe.averagingMomentum)) : nil
    learningRate = recipe.learningRate
  }

  /// The weights as they are trained.
  var weights: [Float] { network.weights.array }

  /// Takes over trained weights, all but those under the paths.
  func inherit(_ tensors: [NamedTensor], except replaced: [String]) throws(NeuralError) {
    try network.load(tensors, replaced.isEmpty ? .all : .except(replaced))
  }

  /// Begins with the weights of another stage of the same network.
  func begin(from weights: [Float]) {
    network.weights.assign(weights)
    network.weightsDidChange()
  }

  /// Everything that later steps depend on.
  var state: TrainingCheckpoint.Steps {
    TrainingCheckpoint.Steps(
      step: step, learningRate: learningRate, weights: weights, moments: moments.map(\.array),
      average: average?.values ?? [])
  }

  /// Goes on where other steps of the same training stopped.
  mutating func resume(from state: TrainingCheckpoint.Steps) {
    (step, learningRate) = (state.step, state.learningRate)
    begin(from: state.weights)
    for (buffer, values) in zip(moments, state.moments) { buffer.assign(values) }
    average?.assign(state.average)
  }

  /// Learns from a batch; the rate is what the schedule multiplies.
  mutating func take(_ batch: Batch, rate: Double) -> BatchOutcome {
    step += 1
    learningRate = rate * recipe.schedule.factor(step: step, of: totalSteps)
    let outcome = network.train(
      batch, loss: loss, optimizer: optimizer, state: moments, step: step,
      learningRate: Float(learningRate), clipping: recipe.clipping)
    average?.update(from: network, step: step)
    return outcome
  }

  /// Rows that are asked about at once: about as many as are learnt from.
  var rowsPerPass: Int { network.rowsPerPass(about: recipe.batchSize) }

  /// What the network, with its averaged weights if there are such, says of rows.
  ///
  /// - Parameter earlier: What it said of the rows before them.
  func validate(_ batch: Batch, after earlier: BatchOutcome) -> BatchOutcome {
    withAverage { network.evaluate(batch, loss: validationLoss, after: earlier) }
  }

  /// The weights that validation rows are judged by.
  var judgedWeights: [Float] { withAverage { weights } }

  private func withAverage<Value>(_ body: () -> Value) -> Value {
    average?.exchange(with: network)
    defer { average?.exchange(with: network) }
    return body()
  }

  /// All parameters by name.
  var tensors: [NamedTensor] { network.tensors }

  /// Whether the network tells classes apart; others give rows back.
  var tellsClasses: Bool { classificationLoss != nil }

  /// The probability of each class for rows; none of a network that tells no classes apart.
  func probabilities(_ batch: Batch) -> [Float] {
    classificationLoss.map { network.probabilities(batch, loss: $0) } ?? []
  }

  /// What the network puts out for rows, `[rows, outputs]`.
  func outputs(_ batch: Batch) -> [Float] { network.logits(batch) }

  /// The loss of each row.
  func losses(_ rows: [Int], batch: ([Int]) -> Batch) -> [Float] {
    rows.map { Float(network.evaluate(batch([$0]), loss: validationLoss).lossSum) }
  }
}
