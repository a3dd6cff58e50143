import Models
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Training")
struct TrainingTests {
  @Test("Training stops after its patience and keeps the best epoch")
  func stopping() {
    var schedule = PlateauSchedule(Recipe(stoppingPatience: 2, rateReduction: nil))
    let verdicts = [5, 7, 7, 6].enumerated().map { schedule.observe($1, epoch: $0 + 1) }
    #expect(verdicts == [.improved, .improved, .waiting, .finished])
    #expect(schedule.bestEpoch == 2)
    #expect(schedule.learningRate == 1e-3)
  }

  @Test("The rate falls after each patience without gain, and a gain starts the count anew")
  func rateReduction() {
    var schedule = PlateauSchedule(
      Recipe(stoppingPatience: 50, rateReduction: .init(factor: 0.5, patience: 2)))
    var rates: [Double] = []
    for (index, count) in [9, 9, 9, 10, 10, 10, 10, 10].enumerated() {
      _ = schedule.observe(count, epoch: index + 1)
      rates.append(schedule.learningRate)
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
    _ data: Dataset, threads: Int = 1, seed: Int = 1, cancelled: Bool = false
  ) throws -> Trainer.Outcome {
    let variant = try #require(ModelCatalogue.variant("vanilla-cnn"))
    let task = ClassificationTask(id: data.id, classCount: data.classes.count)
    var recipe = variant.recipe(for: task)
    recipe.maximumEpochs = 2
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
