import Models
import Neural
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Training")
struct TrainingTests {
  @Test("Training stops after its patience and keeps the best epoch")
  func stopping() {
    var recipe = Recipe(stoppingPatience: 2, schedule: .constant)
    for kept: Recipe.KeptEpoch in [.best, .last] {
      recipe.keptEpoch = kept
      var monitor = ValidationMonitor(recipe)
      let verdicts = [5, 7, 7, 6].enumerated().map { monitor.observe($1, epoch: $0 + 1) }
      #expect(verdicts == [.improved, .improved, .waiting, .finished])
      #expect(monitor.keptEpoch == (kept == .best ? 2 : 4))
      #expect(monitor.learningRate == 1e-3)
    }
  }

  @Test("The rate falls after each patience without gain, and a gain starts the count anew")
  func rateReduction() {
    var monitor = ValidationMonitor(
      Recipe(stoppingPatience: 50, schedule: .reduceOnPlateau(factor: 0.5, patience: 2)))
    var rates: [Double] = []
    for (index, count) in [9, 9, 9, 10, 10, 10, 10, 10].enumerated() {
      _ = monitor.observe(count, epoch: index + 1)
      rates.append(monitor.learningRate)
    }
    #expect(rates == [1e-3, 1e-3, 5e-4, 5e-4, 5e-4, 2.5e-4, 2.5e-4, 1.25e-4])
  }

  @Test("Validation rows are a tenth of the training rows, the same for every variant and seed")
  func validationRows() {
    let rows = TrainingRows(
      Array(0..<87_554), task: "mitbih", protocolLabel: "p", validationShare: 0.1)
    #expect(rows.fitting.count == 78_798 && rows.validation.count == 8756)
    #expect(Set(rows.fitting + rows.validation) == Set(0..<87_554))
    let again = TrainingRows(
      Array(0..<87_554), task: "mitbih", protocolLabel: "p", validationShare: 0.1)
    #expect(rows == again)
    let other = TrainingRows(
      Array(0..<87_554), task: "ptb", protocolLabel: "p", validationShare: 0.1)
    #expect(rows != other)
  }

  @Test("Validation rows are never learnt from and test rows are in neither part")
  func disjoint() {
    let rows = TrainingRows(
      smallData.split.train, task: smallData.id, protocolLabel: smallData.protocolLabel,
      validationShare: 0.1)
    #expect(Set(rows.fitting).isDisjoint(with: rows.validation))
    #expect(Set(rows.fitting + rows.validation).isDisjoint(with: smallData.split.test))
  }

  private func train(
    _ data: Dataset, threads: Int = 1, seed: Int = 1, cancelled: Bool = false,
    variant: String = "vanilla-cnn", change: (inout Recipe) -> Void = { _ in }
  ) throws -> Trainer.Outcome {
    let variant = try #require(ModelCatalogue.variant(variant))
    let task = ClassificationTask(id: data.id, classCount: data.classes.count)
    var recipe = variant.recipe(for: task)
    recipe.maximumEpochs = 2
    change(&recipe)
    return try Trainer(
      variant: variant, task: task, recipe: recipe, seed: seed, threads: threads, data: data
    ).run(progress: { _ in }, isCancelled: { cancelled })
  }

  @Test("One seed gives the same weights and predictions, with one thread or two")
  func sameBytes() throws {
    for data in [smallData, smallBinaryData] {
      let first = try train(data)
      for other in [try train(data), try train(data, threads: 2)] {
        #expect(other.tensors == first.tensors)
        #expect(other.probabilities == first.probabilities)
        #expect(other.history == first.history)
      }
      #expect(try train(data, seed: 2).tensors != first.tensors)
      #expect(first.probabilities.count == data.split.test.count * data.classes.count)
    }
  }

  @Test("Every setting of a recipe reaches the training, and threads change nothing")
  func settings() throws {
    let changes: [(inout Recipe) -> Void] = [
      { _ in }, { $0.objective = .focal(gamma: 2) }, { $0.labelSmoothing = 0.1 },
      { $0.classWeighting = .balanced },
      { $0.classWeighting = .perClass(weights: [2, 1, 1, 1, 1]) },
      { $0.algorithm = .adamW(weightDecay: 0.1) },
      { $0.algorithm = .sgd(momentum: 0.9, nesterov: false) },
      { $0.algorithm = .sgd(momentum: 0.9, nesterov: true) },
      { $0.clipping = .globalNorm(limit: 0.1) }, { $0.clipping = .value(limit: 0.001) },
      { $0.averagingMomentum = 0.5 }, { $0.frozen = ["conv1", "conv2"] },
      { $0.schedule = .stepDecay(factor: 0.5, interval: 2) }, { $0.schedule = .cosine() },
      { $0.schedule = .oneCycle() }, { $0.batchSize = 16 }, { $0.learningRate = 1e-4 },
    ]
    var seen: Set<[UInt32]> = []
    for change in changes {
      let outcome = try train(smallData, change: change)
      #expect(try train(smallData, threads: 2, change: change).tensors == outcome.tensors)
      #expect(outcome.history.allSatisfy { $0.trainLoss.isFinite && $0.validationLoss.isFinite })
      seen.insert(outcome.tensors.flatMap { $0.values.map(\.bitPattern) })
    }
    #expect(seen.count == changes.count)
  }

  @Test("The rate of a schedule is that of each step, and the history has the epoch's last")
  func scheduledRates() throws {
    let outcome = try train(smallData) { $0.schedule = .cosine(warmUpSteps: 1) }
    let steps = TrainingRows(
      smallData.split.train, task: smallData.id, protocolLabel: smallData.protocolLabel,
      validationShare: 0.1
    ).batches(of: 32)
    let schedule = Schedule.cosine(warmUpSteps: 1)
    #expect(
      outcome.history.map(\.learningRate)
        == [1e-3 * schedule.factor(step: steps, of: 2 * steps), 0])
  }

  @Test("Settings that cannot be trained with are errors that name them")
  func unusableSettings() {
    #expect(throws: ModelsError.self) { try train(smallData) { $0.batchSize = 0 } }
    #expect(throws: ModelsError.self) {
      try train(smallData) { $0.classWeighting = .perClass(weights: [1, 2]) }
    }
    #expect(throws: NeuralError.self) { try train(smallData) { $0.frozen = ["conv77"] } }
    #expect(throws: NeuralError.self) { try train(smallData) { $0.frozen = ["conv", "dense1"] } }
  }

  @Test("Training lowers the loss")
  func learns() throws {
    let history = try train(smallData).history
    #expect(history.count == 2)
    #expect(history[1].trainLoss < history[0].trainLoss)
  }

  @Test("A cancelled training ends at once")
  func cancelled() {
    #expect(throws: CancellationError.self) { try train(smallData, cancelled: true) }
  }
}
