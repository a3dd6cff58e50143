import Foundation
import Models
import Neural
import Testing

@testable import Datasets
@testable import Experiments

@Suite("The graph of a study's cells")
struct StudyPlanTests {
  private func study(
    _ variants: [String], tasks: [Dataset] = [smallData, smallBinaryData], seeds: [Int] = [1]
  ) -> Study {
    Study(
      title: "Graph", name: "graph", tasks: tasks.map(\.id), variants: variants, seeds: seeds,
      maximumEpochs: 1, isDemonstration: true)
  }

  private func plan(
    _ study: Study, _ data: [Dataset] = [smallData, smallBinaryData]
  ) throws -> StudyPlan { try StudyPlan(study, data: data) }

  private func names(_ jobs: [CellJob], _ keys: [String]) -> [String] {
    keys.map { key in jobs.first { $0.key == key }?.name.description ?? "?" }
  }

  @Test("A transfer builds on the same seed's training on the task with more classes")
  func transfer() throws {
    let jobs = try plan(study(["transfer-frozen"], seeds: [1, 2])).jobs
    let transfers = jobs.filter { $0.name.variant == "transfer-frozen" }
    #expect(transfers.count == 2)
    for job in transfers {
      #expect(
        names(jobs, job.parents)
          == ["synthetic/baseline+published, at most 1 epoch/\(job.name.seed)"])
    }
  }

  @Test("Without the task that a transfer comes from, the report says what is missing")
  func transferGap() throws {
    let plan = try plan(study(["transfer-frozen"]), [smallBinaryData])
    #expect(plan.jobs.isEmpty)
    #expect(plan.gaps.count == 1)
    #expect(plan.gaps[0].contains("transfer-frozen on synthetic-binary was not trained"))
  }

  @Test("A latent classifier builds on the autoencoder of the same rows, which is trained once")
  func sameRows() throws {
    let jobs = try plan(study(["autoencoder", "autoencoder-mlp"]), [smallData]).jobs
    #expect(jobs.map(\.kind) == [.autoencoder, .classifier])
    #expect(jobs[1].parents == [jobs[0].key])
  }

  @Test("An ensemble builds on every classifier of its task and seed")
  func ensembles() throws {
    let jobs = try plan(
      study(["baseline", "vanilla-mlp", "autoencoder", "ensemble-mean"], seeds: [1, 2])
    ).jobs
    let ensembles = jobs.filter { $0.kind == .ensemble }
    #expect(ensembles.count == 4)
    for job in ensembles {
      let members = jobs.filter {
        $0.kind == .classifier && $0.name.task == job.name.task && $0.name.seed == job.name.seed
      }
      #expect(job.parents == members.map(\.key) && members.count == 2)
    }
    #expect(try !plan(study(["baseline", "ensemble-mean"])).gaps.isEmpty)
  }

  @Test("A changed setting makes new cells of that variant and of what builds on it, no others")
  func changes() throws {
    let variants = ["baseline", "vanilla-mlp", "transfer-frozen", "ensemble-mean"]
    let before = try plan(study(variants)).jobs
    var changed = study(variants)
    changed.maximumEpochs = nil
    changed.epochLimits = ["baseline": 2, "vanilla-mlp": 1, "transfer-frozen": 1]
    let after = try plan(changed).jobs
    let kept = Set(before.map(\.key)).intersection(after.map(\.key))
    #expect(
      Set(before.filter { kept.contains($0.key) }.map(\.name.variant)) == ["vanilla-mlp"])
    #expect(before.count == after.count)
  }

  @Test("A variant or an ensemble with seeds of its own is trained with those, and the run says so")
  func ownSeeds() throws {
    var study = study(["baseline", "vanilla-mlp", "ensemble-mean"])
    study.seeds = [1, 2]
    study.variantSeeds = ["vanilla-mlp": [1], "ensemble-mean": [1]]
    let plan = try plan(study)
    let seeds = Dictionary(grouping: plan.jobs, by: \.name.variant).mapValues {
      Set($0.map(\.name.seed))
    }
    #expect(seeds == ["baseline": [1, 2], "vanilla-mlp": [1], "ensemble-mean": [1]])
    #expect(
      study.gaps.contains("The seeds of vanilla-mlp are 1, those of the study 1, 2."))
    study.variantSeeds = ["vanila": [1]]
    #expect(throws: ExperimentsError.self) { try study.checkSettings() }
  }

  @Test("Shares of the training rows are for transfers and where they come from")
  func shares() throws {
    var study = study(["baseline", "vanilla-mlp", "transfer-frozen"])
    study.trainingShares = [0.25, 0.5]
    let partial = try plan(study).jobs.filter { $0.name.trainingShare < 1 }
    #expect(Set(partial.map(\.name.task)) == ["synthetic-binary"])
    #expect(
      partial.map(\.name.variant).sorted() == [
        "baseline", "baseline", "transfer-frozen", "transfer-frozen",
      ])
    #expect(Set(partial.map(\.key)).count == 4)
  }

  @Test("What builds on a failed cell fails with its name; the others are handed out")
  func failedParent() throws {
    let jobs = try plan(study(["baseline", "vanilla-mlp", "transfer-frozen"])).jobs
    let queue = JobQueue(jobs)
    var order: [String] = []
    var lost: [String] = []
    while let job = queue.next() {
      order.append(job.name.description)
      let isSource = job.name.variant == "baseline" && job.name.task == "synthetic"
      let ends = queue.end(job, isSource ? .failed("broken") : .finished)
      lost += ends.map { "\($0.job.name.variant): \($0.message)" }
    }
    #expect(order.count == 4)
    #expect(lost.count == 1)
    #expect(lost[0].hasPrefix("transfer-frozen: synthetic/baseline"))
    #expect(queue.messages.count == 2)
  }

  @Test("A cell is handed out when what it needs is finished, and not before")
  func order() throws {
    let jobs = try plan(study(["baseline", "transfer-frozen", "ensemble-mean"])).jobs
    let queue = JobQueue(jobs)
    var finished: Set<String> = []
    while let job = queue.next() {
      #expect(job.parents.allSatisfy(finished.contains))
      finished.insert(job.key)
      _ = queue.end(job, .finished)
    }
    #expect(finished.count == jobs.count)
  }

  /// Work that is never done.
  private struct Idle: CellWork {
    func canonicalJSON() throws -> [UInt8] { [] }

    func files(
      store: RunStore, threads: Int, progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
    ) throws -> CellFiles { throw CancellationError() }
  }

  @Test(
    "The cell with the longest way behind it is handed out first, its own work and what follows")
  func longestFirst() throws {
    let facts = try #require(try plan(study(["vanilla-mlp"])).jobs.first).facts
    func job(_ key: String, _ cost: Int, after parents: [String] = []) -> CellJob {
      CellJob(
        name: CellName(task: "t", variant: key, seed: 1), key: key, work: Idle(), facts: facts,
        kind: .classifier, parents: parents, epochCost: cost, maximumEpochs: 1)
    }
    let jobs = [
      job("small", 2), job("equal", 2), job("grandchild", 3, after: ["child"]), job("lone", 10),
      job("child", 5, after: ["source"]), job("source", 4),
    ]
    let queue = JobQueue(jobs)
    var order: [String] = []
    while let job = queue.next() {
      order.append(job.key)
      _ = queue.end(job, .finished)
    }
    #expect(order == ["source", "lone", "child", "grandchild", "small", "equal"])
    // Many short epochs are longer than a few long ones.
    let epochs = [("few", 9, 2), ("many", 5, 4)].map { key, cost, count in
      CellJob(
        name: CellName(task: "t", variant: key, seed: 1), key: key, work: Idle(), facts: facts,
        kind: .classifier, parents: [], epochCost: cost, maximumEpochs: count)
    }
    #expect(JobQueue(epochs).next()?.key == "many")
  }

  @Test("A whole study with transfers, ensembles and an autoencoder gives results for each")
  func results() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    var study = study([
      "baseline", "vanilla-mlp", "autoencoder", "autoencoder-mlp", "transfer-frozen",
      "transfer-gradual", "ensemble-mean", "ensemble-vote", "ensemble-logistic",
    ])
    study.trainingShares = [0.5]
    let record = try StudyRunner(
      study: study, store: store, data: [smallData, smallBinaryData], workers: 2
    ).run(events: { _ in })
    #expect(record.failureCount == 0)
    let tasks = try store.results(of: record).tasks
    #expect(tasks.map(\.failures.count) == [0, 0])
    #expect(tasks.map(\.reconstructions.count) == [1, 1])
    #expect(tasks.map(\.partialCells.count) == [0, 3])
    #expect(tasks.map(\.cells.count) == [6, 8])
    let ensemble = try #require(tasks[1].cells.compactMap(\.ensemble).first)
    #expect(ensemble.ranking.count == 5 && ensemble.sizes.count == 5)
    #expect((1...5).contains(ensemble.size))
  }

  @Test(
    "The frozen layers of a transfer are those of its source, bit for bit, the new ones are not")
  func frozenWeights() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let data = [smallData, smallBinaryData]
    let study = study(["transfer-frozen"])
    let record = try StudyRunner(study: study, store: store, data: data, workers: 1)
      .run(events: { _ in })
    func weights(_ variant: String) throws -> [String: [Float]] {
      let cell = try #require(record.cells.first { $0.variant.id == variant })
      return Dictionary(
        uniqueKeysWithValues: try store.weights(cell: cell.key).map { ($0.name, $0.values) })
    }
    let (source, target) = (try weights("baseline"), try weights("transfer-frozen"))
    let convolutions = source.keys.filter { $0.hasPrefix("conv") }
    #expect(convolutions.count == 16)
    for name in convolutions { #expect(target[name] == source[name], "\(name)") }
    #expect(target["dense1.kernel"]?.count == 256 * 256)
  }

  @Test("A forecast knows what is done, what builds on what, and how long the rest takes")
  func forecast() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let data = [smallData, smallBinaryData]
    let study = study(["vanilla-mlp", "baseline", "transfer-frozen", "ensemble-mean"])
    let before = try StudyForecast(study, data: data, store: store)
    #expect(before.cells.count == 7 && before.coreHours > 0)
    #expect(before.cells.allSatisfy { !$0.isDone })
    for cell in before.cells {
      let isTraining = cell.name.variant != "ensemble-mean"
      #expect((cell.expectation != nil) == isTraining)
      if let expected = cell.expectation {
        #expect(expected.basis == .measured && expected.epochs == 1)
        #expect(expected.rowsPerSecond > 0)
      }
    }
    let transfer = try #require(before.cells.first { $0.name.variant == "transfer-frozen" })
    #expect(transfer.parents.map(\.variant) == ["baseline"])
    _ = try StudyRunner(study: study, store: store, data: data, workers: 1).run(events: { _ in })
    var wider = study
    wider.seeds = [1, 2]
    let after = try StudyForecast(wider, data: data, store: store)
    #expect(after.cells.count { $0.isDone } == 7 && after.cells.count == 14)
    let open = after.cells.compactMap(\.expectation)
    #expect(open.count == 5 && open.allSatisfy { $0.basis == .finished && $0.epochs == 1 })
  }

  @Test("Folds are trained each for itself and joined in the order of the test rows")
  func folds() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    var study = study(
      ["vanilla-mlp", "vanilla-cnn", "baseline", "transfer-frozen", "autoencoder", "ensemble-mean"])
    study.trainingShares = [0.5]
    let record = try StudyRunner(
      study: study, store: store, data: [smallData, smallFoldedData], workers: 2
    ).run(events: { _ in })
    #expect(record.failureCount == 0)
    let task = try store.results(of: record).tasks[1]
    let labels = smallFoldedData.testRows.map { Int(smallFoldedData.labels[$0]) }
    #expect(task.cells.map(\.variant.id).count == 5 && task.partialCells.count == 2)
    for cell in task.cells + task.partialCells {
      #expect(cell.labels == labels && cell.foldCount == 2)
      #expect(cell.probabilities.count == 2 * labels.count)
    }
    // The joined answers are those of each fold's own cell.
    let mine = record.cells.filter { $0.variant.id == "vanilla-mlp" && $0.fold != nil }
    #expect(mine.map(\.fold) == [0, 1])
    let parts = try mine.flatMap { try store.answers(.test, cell: $0.key).probabilities }
    #expect(task.cells.first { $0.variant.id == "vanilla-mlp" }?.probabilities == parts)
    // An ensemble's members are of its own fold.
    let plan = try StudyPlan(study, data: [smallData, smallFoldedData])
    for job in plan.jobs where job.kind == .ensemble && job.name.fold != nil {
      let members = plan.jobs.filter { job.parents.contains($0.key) }
      #expect(members.count == 4 && members.allSatisfy { $0.name.fold == job.name.fold })
    }
    let rows = try #require(task.reconstructions.first?.reconstruction)
    #expect(rows.classCounts == [0, 1].map { label in labels.count { $0 == label } })
    let weighted = zip(rows.classErrors, rows.classCounts ?? []).reduce(0.0) {
      $0 + ($1.0 ?? 0) * Double($1.1)
    }
    #expect(abs(weighted / Double(labels.count) - (rows.meanSquaredError ?? .nan)) < 1e-9)
  }

  @Test("A study that has nothing to train is an error that says why")
  func nothing() throws {
    let store = RunStore(root: try TemporaryFolder().path)
    #expect(throws: ExperimentsError.self) {
      try StudyRunner(
        study: study(["transfer-frozen"], tasks: [smallBinaryData]), store: store,
        data: [smallBinaryData], workers: 1
      ).run(events: { _ in })
    }
  }

  @Test("A bound on the epochs holds for earlier stages too")
  func boundedStages() throws {
    let gradual = try #require(ModelCatalogue.variant("transfer-gradual"))
    let task = ClassificationTask(id: "ptb", classCount: 2)
    for limit in [1, 2, 5, 8, 9, 10] {
      var study = study(["transfer-gradual"])
      study.maximumEpochs = limit
      let recipe = try #require(study.recipes(for: gradual, task: task).first)
      let earlier = recipe.earlierStages.reduce(0) { $0 + $1.epochs }
      #expect(earlier == min(8, limit - 1) && recipe.maximumEpochs == limit)
    }
  }

  @Test("A recipe of one's own needs a name of its own")
  func ownRecipe() throws {
    var study = study(["vanilla-mlp"])
    for name in Recipe.reservedNames {
      var recipe = Recipe()
      recipe.name = name
      study.recipe = recipe
      #expect(throws: ExperimentsError.reservedRecipeName(name)) { try study.checkSettings() }
    }
    study.recipe?.name = "mine"
    try study.checkSettings()
  }

  @Test("A variant whose settings nobody has published is trained under either name, once")
  func ownSettings() throws {
    let transformer = try #require(ModelCatalogue.variant("transformer"))
    let baseline = try #require(ModelCatalogue.variant("baseline"))
    let task = ClassificationTask(id: "mitbih", classCount: 5)
    var study = study(["transformer", "baseline"])
    for (names, count) in [(["published"], 2), (["own"], 1), (["tuned"], 1)] {
      study.recipes = names
      let recipes = [transformer, baseline].flatMap { study.recipes(for: $0, task: task) }
      #expect(recipes.count == count, "\(names)")
    }
  }
}
