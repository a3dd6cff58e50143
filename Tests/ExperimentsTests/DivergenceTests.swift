import Models
import Neural
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Trainings that diverge")
struct DivergenceTests {
  @Test(
    "A training that comes to no numbers fails with its epoch and the remedy, and the run goes on")
  func failedCell() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    var study = smallStudy
    (study.variants, study.seeds) = (["vanilla-mlp"], [1, 2])
    let task = DatasetFacts(smallData).task
    var recipe = try #require(ModelCatalogue.variant("vanilla-mlp")).recipe(for: task)
    (recipe.name, recipe.learningRate, recipe.maximumEpochs) = ("wild", 1e30, 2)
    study.recipe = recipe
    for _ in 1...2 {
      let log = EventLog()
      let record = try StudyRunner(study: study, store: store, data: [smallData], workers: 2)
        .run(events: log.take)
      #expect(record.failureCount == 2 && log.failed.count == 2)
      let message = record.cells[0].failure ?? ""
      #expect(message.contains("epoch 1") && message.hasSuffix("use a smaller learning rate"))
      #expect(try store.finishedCells().isEmpty && store.check().problems.isEmpty)
    }
    study.recipe = nil
    let record = try StudyRunner(study: study, store: store, data: [smallData], workers: 1)
      .run(events: { _ in })
    #expect(record.failureCount == 0)
  }

  private func outcome(
    losses: [Double], weight: Float = 1, answers: TrainingAnswers
  ) -> Trainer.Outcome {
    Trainer.Outcome(
      tensors: [NamedTensor(name: "w", shape: [1], values: [weight])],
      history: losses.enumerated().map { place, loss in
        EpochRecord(
          epoch: place + 1, learningRate: 1, trainLoss: 1, trainAccuracy: 1, validationLoss: loss,
          validationAccuracy: 1)
      }, bestEpoch: 1, answers: answers)
  }

  @Test("What counts is what was kept: weights and answers of either kind")
  func kept() throws {
    let fine = TrainingAnswers.probabilities(validation: [1], test: [0.5])
    // Epochs after the kept one may come to anything.
    try outcome(losses: [1, .nan], answers: fine).checkFinite()
    let wrong: [(Trainer.Outcome, String, Int)] = [
      (outcome(losses: [1], weight: .nan, answers: fine), "a weight or an answer", 1),
      (
        outcome(losses: [1, .infinity], answers: .probabilities(validation: [1], test: [.nan])),
        "the validation loss", 2
      ),
      (
        outcome(losses: [1], answers: .probabilities(validation: [.nan], test: [1])),
        "a weight or an answer", 1
      ),
      (
        outcome(
          losses: [.nan],
          answers: .reconstruction(
            RowReconstruction(errors: [.infinity], examples: [], outputs: []))),
        "the validation loss", 1
      ),
    ]
    for (outcome, what, epoch) in wrong {
      #expect(throws: ExperimentsError.diverged(what: what, epoch: epoch)) {
        try outcome.checkFinite()
      }
    }
  }
}
