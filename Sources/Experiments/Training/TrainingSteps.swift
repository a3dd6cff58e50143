import Models
import Neural
import Tensors

/// A network, and what a recipe has it trained with: loss, optimizer, schedule, averaged weights.
struct TrainingSteps {
  private let network: Network
  private let recipe: Recipe
  private let loss: any ClassificationLoss
  private let validationLoss: any ClassificationLoss
  private let optimizer: any Optimizer
  private let state: [FloatBuffer]
  private let average: WeightAverage?
  private let totalSteps: Int
  private var step = 0
  /// The rate of the last step.
  private(set) var learningRate: Double

  init(
    variant: any ModelVariant, task: ClassificationTask, recipe: Recipe, seed: Int, threads: Int,
    rowsPerClass: [Int], totalSteps: Int
  ) throws {
    let plan = variant.plan(for: task, frozen: recipe.frozen)
    try plan.checkFrozen(recipe.frozen)
    network = Network(plan, seed: seed, batchSize: recipe.batchSize, threads: threads)
    self.recipe = recipe
    self.totalSteps = totalSteps
    loss = try recipe.trainingLoss(for: task, rowsPerClass: rowsPerClass)
    validationLoss = recipe.loss(for: task)
    optimizer = recipe.optimizer
    state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: plan.weightCount) }
    average =
      recipe.averagingMomentum > 0
      ? WeightAverage(for: plan, momentum: Float(recipe.averagingMomentum)) : nil
    learningRate = recipe.learningRate
  }

  /// The weights as they are trained.
  var weights: [Float] { network.weights.array }

  /// Learns from a batch; the rate is what the schedule multiplies.
  mutating func take(_ batch: Batch, rate: Double) -> BatchOutcome {
    step += 1
    learningRate = rate * recipe.schedule.factor(step: step, of: totalSteps)
    let outcome = network.train(
      batch, loss: loss, optimizer: optimizer, state: state, step: step,
      learningRate: Float(learningRate), clipping: recipe.clipping)
    average?.update(from: network, step: step)
    return outcome
  }

  /// What the network, with its averaged weights if there are such, says of rows; and the weights
  /// that said it.
  func validate(_ batch: Batch) -> (outcome: BatchOutcome, weights: [Float]) {
    average?.exchange(with: network)
    defer { average?.exchange(with: network) }
    return (network.evaluate(batch, loss: validationLoss), weights)
  }

  /// Puts the kept weights back and predicts the test rows.
  func finish(_ kept: [Float], test: Batch) -> (tensors: [NamedTensor], probabilities: [Float]) {
    network.weights.assign(kept)
    network.weightsDidChange()
    return (network.tensors, network.probabilities(test, loss: validationLoss))
  }
}
