import Models
import Neural
import Tensors
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
      let verdicts = [5, 7, 7, 6].enumerated().map { monitor.observe(Double($1), epoch: $0 + 1) }
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
      _ = monitor.observe(Double(count), epoch: index + 1)
      rates.append(monitor.learningRate)
    }
    #expect(rates == [1e-3, 1e-3, 5e-4, 5e-4, 5e-4, 2.5e-4, 2.5e-4, 1.25e-4])
  }

  @Test("Validation rows are a tenth of the training rows, the same for every variant and seed")
  func validationRows() {
    let rows = TrainingRows(
      Split(train: Array(0..<87_554), test: []), path: "mitbih/p",
      validationShare: 0.1)
    #expect(rows.fitting.count == 78_798 && rows.validation.count == 8756)
    #expect(Set(rows.fitting + rows.validation) == Set(0..<87_554))
    let again = TrainingRows(
      Split(train: Array(0..<87_554), test: []), path: "mitbih/p",
      validationShare: 0.1)
    #expect(rows == again)
    let other = TrainingRows(
      Split(train: Array(0..<87_554), test: []), path: "ptb/p",
      validationShare: 0.1)
    #expect(rows != other)
  }

  @Test("Validation rows that a protocol names are taken as they are")
  func namedValidation() {
    let rows = TrainingRows(
      Split(train: Array(0..<100), test: [], validation: [7, 3]), path: "t/p",
      validationShare: 0.1)
    #expect(rows.validation == [7, 3])
    #expect(rows.fitting == (0..<100).filter { $0 != 3 && $0 != 7 })
  }

  @Test("A smaller share of the training rows lies in a larger one of the same seed")
  func shares() {
    func rows(_ share: Double, seed: Int = 1, validation: [Int]? = nil) -> Set<Int> {
      let rows = TrainingRows(
        Split(train: Array(0..<1000), test: [], validation: validation), path: "t/p",
        validationShare: 0.1, share: share, seed: seed)
      return Set(rows.fitting + (validation == nil ? rows.validation : []))
    }
    #expect(rows(0.05).count == 50 && rows(0.25).count == 250)
    #expect(rows(0.05).isSubset(of: rows(0.25)))
    #expect(rows(0.05) != rows(0.05, seed: 2))
    #expect(rows(0.5, validation: Array(900..<1000)).count == 450)
  }

  @Test("Validation rows are never learnt from and test rows are in neither part")
  func disjoint() {
    let rows = TrainingRows(
      smallData.split, path: smallData.drawPath, validationShare: 0.1)
    #expect(Set(rows.fitting).isDisjoint(with: rows.validation))
    #expect(Set(rows.fitting + rows.validation).isDisjoint(with: smallData.split.test))
  }

  private func train(
    _ data: Dataset, threads: Int = 1, seed: Int = 1, cancelled: Bool = false,
    variant: String = "vanilla-cnn", change: (inout Recipe) -> Void = { _ in }
  ) throws -> Trainer.Outcome {
    try trainer(data, threads: threads, seed: seed, variant: variant, change: change)
      .run(progress: { _ in }, isCancelled: { cancelled })
  }

  private func trainer(
    _ data: Dataset, threads: Int = 1, seed: Int = 1, variant: String = "vanilla-cnn",
    change: (inout Recipe) -> Void = { _ in }
  ) throws -> Trainer {
    let variant = try #require(ModelCatalogue.variant(variant))
    let task = ClassificationTask(id: data.id, classCount: data.classes.count)
    var recipe = variant.recipe(for: task)
    recipe.maximumEpochs = 2
    change(&recipe)
    return Trainer(
      variant: variant, task: task, recipe: recipe, seed: seed, threads: threads, data: data)
  }

  @Test("One seed gives the same weights and predictions, with one thread or two")
  func sameBytes() throws {
    for data in [smallData, smallBinaryData] {
      let first = try train(data)
      for other in [try train(data), try train(data, threads: 2)] {
        #expect(other.tensors == first.tensors)
        #expect(other.answers == first.answers)
        #expect(other.history == first.history)
      }
      #expect(try train(data, seed: 2).tensors != first.tensors)
      guard case .probabilities(let validation, let test) = first.answers else {
        Issue.record("a classifier gives probabilities")
        return
      }
      #expect(test.count == data.split.test.count * data.classes.count)
      #expect(validation.count == data.split.train.count / 10 * data.classes.count)
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
      { $0.schedule = .oneCycle() }, { $0.augmentation = Augmentation(shift: 2) },
      { $0.augmentation = Augmentation(scaling: 0.1) },
      { $0.augmentation = Augmentation(warping: 0.1) },
      { $0.augmentation = Augmentation(noise: 0.1) },
      { $0.earlierStages = [.init(frozen: ["conv1"], epochs: 1)] }, { $0.batchSize = 16 },
      { $0.learningRate = 1e-4 },
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
      smallData.split, path: smallData.drawPath, validationShare: 0.1
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

  @Test("A training that is stopped anywhere goes on to the bytes of one that never was")
  func resumed() throws {
    let changes: [(inout Recipe) -> Void] = [
      { $0.maximumEpochs = 3 },
      {
        $0.earlierStages = [.init(frozen: ["conv1"], epochs: 1), .init(frozen: [], epochs: 1)]
        $0.maximumEpochs = 4
        $0.averagingMomentum = 0.5
        $0.augmentation = Augmentation(shift: 1, noise: 0.1)
      },
      {
        $0.algorithm = .sgd(momentum: 0.9, nesterov: true); $0.keptEpoch = .last
      },
    ]
    var places: Set<String> = []
    for change in changes {
      let undisturbed = try trainer(smallData, change: change).run(
        progress: { _ in }, isCancelled: { false })
      var random = Philox(seed: 1, purpose: "interruptions").stream()
      var trainer = try trainer(smallData, change: change)
      var outcome: Trainer.Outcome?
      var stops = 0
      while outcome == nil {
        var left = 1 + random.nextIndex(below: 5)
        var kept: TrainingCheckpoint?
        trainer.keep = { kept = $0 }
        do {
          outcome = try trainer.run(
            progress: { _ in },
            isCancelled: {
              left -= 1
              return left == 0
            })
        } catch is CancellationError {
          stops += 1
          let bytes = CheckpointFile.encode(try #require(kept), seconds: 1, cell: "a")
          trainer.checkpoint = try #require(CheckpointFile.decode(bytes, cell: "a")).checkpoint
          #expect(trainer.checkpoint == kept)
          #expect(CheckpointFit(trainer).holds(try #require(kept)))
          places.insert(
            kept?.answers != nil
              ? "answering" : kept?.validatedRows ?? 0 > 0 ? "validating" : "learning")
        }
      }
      #expect(stops > 2)
      #expect(outcome?.tensors == undisturbed.tensors)
      #expect(outcome?.history == undisturbed.history)
      #expect(outcome?.answers == undisturbed.answers)
    }
    #expect(places == ["learning", "validating", "answering"])
  }

  @Test("A damaged checkpoint is noticed, never gone on from and never a crash")
  func damagedCheckpoint() throws {
    var trainer = try trainer(smallData)
    var kept: TrainingCheckpoint?
    trainer.keep = { kept = $0 }
    _ = try? trainer.run(progress: { _ in }, isCancelled: { true })
    var checkpoint = try #require(kept)
    checkpoint.outcome.lossSum = .nan
    let whole = CheckpointFile.encode(checkpoint, seconds: 2.5, cell: "a")
    let decoded = try #require(CheckpointFile.decode(whole, cell: "a"))
    #expect(CheckpointFile.decode(whole, cell: "b") == nil)
    #expect(decoded.checkpoint.outcome.lossSum.isNaN && decoded.seconds == 2.5)
    #expect(decoded.checkpoint.steps == checkpoint.steps)
    var random = Philox(seed: 1, purpose: "fuzz").stream()
    for _ in 0..<20 {
      let short = Array(whole.prefix(random.nextIndex(below: whole.count)))
      #expect(CheckpointFile.decode(short, cell: "a") == nil)
      var changed = whole
      changed[random.nextIndex(below: whole.count)] ^= 1
      #expect(CheckpointFile.decode(changed, cell: "a") == nil)
    }
    for length in 0..<80 {
      let bytes = [UInt8](repeating: 255, count: length)
      #expect(CheckpointFile.decode(bytes, cell: "a") == nil)
    }
  }

  @Test("No byte of a checkpoint's header may be another, not even as a sign of a number")
  func damagedHeader() throws {
    let checkpoint = TrainingCheckpoint(
      stage: 0, rows: 5, outcome: BatchOutcome(), history: [],
      monitor: ValidationMonitor.State(learningRate: 0.1), kept: [],
      steps: TrainingCheckpoint.Steps(
        step: 451, learningRate: 0.1, weights: [1, 2], moments: [[3, 4]], average: []))
    let whole = CheckpointFile.encode(checkpoint, seconds: 1, cell: "a")
    #expect(whole.count < 1000)
    for place in whole.indices {
      for byte in [whole[place] ^ 1, whole[place] ^ 128, UInt8(ascii: "-"), UInt8(ascii: "9")]
      where byte != whole[place] {
        var changed = whole
        changed[place] = byte
        #expect(CheckpointFile.decode(changed, cell: "a") == nil, "\(place)")
      }
    }
  }

  @Test("A checkpoint that no training of this kind can come to is not gone on from")
  func senselessCheckpoint() throws {
    var trainer = try trainer(smallData)
    var kept: [TrainingCheckpoint] = []
    trainer.keep = { kept.append($0) }
    trainer.keepInterval = .zero
    _ = try trainer.run(progress: { _ in }, isCancelled: { false })
    let fit = CheckpointFit(trainer)
    #expect(kept.count > 5 && kept.allSatisfy(fit.holds))
    let senseless: [(inout TrainingCheckpoint) -> Void] = [
      { $0.stage = 1 }, { $0.stage = -1 }, { $0.rows = -5 }, { $0.rows = .max }, { $0.rows += 1 },
      { $0.outcome.rightCount = -1 }, { $0.outcome.rightCount = .max }, { $0.history = [] },
      { $0.history += $0.history }, { $0.monitor.keptEpoch = 0 }, { $0.monitor.keptEpoch = 99 },
      { $0.monitor.waitingToStop = .max }, { $0.monitor.waitingToReduce = -1 },
      { $0.kept.removeLast() }, { $0.steps.step += 500 }, { $0.steps.step = .max },
      { $0.steps.weights.removeLast() }, { $0.steps.moments = [] }, { $0.steps.average = [1] },
      { $0.steps.learningRate = .nan }, { $0.monitor.learningRate = .infinity },
      { $0.validatedRows = .max }, { $0.validated.rightCount = -1 },
    ]
    let places = [
      kept.last { $0.validatedRows == 0 && $0.answers == nil },
      kept.last { $0.validatedRows > 0 }, kept.last { $0.answers != nil },
    ]
    for place in places {
      for (number, change) in senseless.enumerated() {
        var checkpoint = try #require(place)
        change(&checkpoint)
        #expect(!fit.holds(checkpoint), "\(number)")
      }
    }
    let answers: [(inout TrainingCheckpoint) -> Void] = [
      { $0.answers = nil }, { $0.answers?.removeLast() },
      { $0.answers?.append(contentsOf: [Float](repeating: 0, count: 10_000)) },
      { $0.history.removeLast() }, { $0.validatedRows = 1 },
    ]
    for (number, change) in answers.enumerated() {
      var checkpoint = try #require(places[2])
      change(&checkpoint)
      #expect(!fit.holds(checkpoint), "answers \(number)")
    }
  }

  @Test("An autoencoder gives rows back, better after training, and keeps examples of each class")
  func autoencoder() throws {
    let outcome = try train(smallData, variant: "autoencoder") {
      ($0.maximumEpochs, $0.batchSize) = (8, 8)
    }
    guard case .reconstruction(let rows) = outcome.answers else {
      Issue.record("an autoencoder gives rows")
      return
    }
    #expect(rows.errors.count == smallData.split.test.count)
    #expect(rows.outputs.count == rows.examples.count * Dataset.rowLength)
    let classes = Set(rows.examples.map { smallData.labels[smallData.split.test[$0]] })
    #expect(classes == Set(smallData.split.test.map { smallData.labels[$0] }))
    #expect(outcome.history.allSatisfy { $0.trainAccuracy == nil && $0.validationAccuracy == nil })
    #expect(outcome.history[7].validationLoss < outcome.history[0].validationLoss)
    let file = ReconstructionFile(
      rows, labels: smallData.split.test.map { Int(smallData.labels[$0]) }, classCount: 5,
      test: smallData.split.test, rows: smallData.rows)
    let mean = rows.errors.reduce(0) { $0 + Double($1) } / Double(rows.errors.count)
    #expect(abs(try #require(file.meanSquaredError) - mean) < 1e-6)
  }
}
