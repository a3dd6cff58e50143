import Datasets
import Models
import Neural

/// The cells of a study and what each of them needs: resolved, before anything is trained.
struct StudyPlan {
  /// Every cell, in study order; what a cell needs stands before it or is found by its key.
  private(set) var jobs: [CellJob] = []
  /// What the study asks for and cannot be trained, each a whole sentence for the report.
  private(set) var gaps: [String] = []
  private let study: Study
  private let data: [TaskData]
  private var places: [String: Int] = [:]
  private var sizes: [String: VariantFacts] = [:]

  /// Resolves a study over its data; reads no rows.
  init(_ study: Study, data: [TaskData]) throws {
    self.study = study
    self.data = data
    let (variants, ensembles) = try study.selection()
    for dataset in data {
      for fold in dataset.facts.trainCounts.indices {
        let selected = variants.filter { $0.applies(to: dataset.facts.task) }
        for variant in selected where isFed(variant, dataset) { try add(variant, dataset, fold) }
        for method in ensembles {
          for seed in study.seeds(of: method.rawValue) { try add(method, dataset, fold, seed) }
        }
      }
      try addShares(of: variants, dataset)
    }
  }

  /// The run that the study is, as far as it is known.
  ///
  /// - Parameters:
  ///   - dataGaps: What there is no data for, each a whole sentence.
  ///   - failures: Why cells did not finish.
  func record(gaps dataGaps: [String], failures: [CellName: String] = [:]) throws -> RunRecord {
    try RunRecord(
      study: study, data: data.map { .init(task: $0.facts.id, fingerprint: $0.facts.fingerprint) },
      cells: jobs.map { job in
        RunRecord.Cell(
          kind: job.kind, key: job.key, task: job.name.task, variant: job.facts,
          recipe: job.name.recipe, seed: job.name.seed, fold: job.name.fold,
          trainingShare: job.name.trainingShare, failure: failures[job.name])
      }, gaps: dataGaps + study.gaps + gaps)
  }

  /// Whether the data has such rows as the variant is fed; a gap where it was asked for by name.
  private mutating func isFed(_ variant: any ModelVariant, _ dataset: TaskData) -> Bool {
    if dataset.facts.fed(to: variant) != nil { return true }
    if study.variants.contains(variant.id) {
      note(
        "\(variant.id) on \(dataset.facts.id) was not trained: it is fed beats beside their records, and "
          + "the data of this task holds none.")
    }
    return false
  }

  private mutating func add(_ variant: any ModelVariant, _ dataset: TaskData, _ fold: Int) throws {
    for recipe in study.recipes(for: variant, task: dataset.facts.task) {
      for seed in study.seeds(of: variant.id) {
        _ = try train(variant, recipe, seed, dataset, fold)
      }
    }
  }

  /// The key of a training; it is added, with what it needs, unless it is there. `nil` with a gap
  /// where it needs a task that the study does not have.
  private mutating func train(
    _ variant: any ModelVariant, _ recipe: Recipe, _ seed: Int, _ dataset: TaskData, _ fold: Int,
    share: Double = 1
  ) throws -> String? {
    guard let data = dataset.facts.fed(to: variant) else { return nil }
    guard data.rowWidth == Dataset.rowLength || recipe.augmentation == .none else {
      note(
        "\(variant.id) was not trained with the recipe \(recipe.name): rows that hold more than a "
          + "beat cannot be shifted and stretched.")
      return nil
    }
    let task = data.task
    var parents: [String] = []
    if let origin = variant.origin(for: task) {
      guard let key = try parent(origin, of: variant, seed, dataset, fold, share) else {
        return nil
      }
      parents = [key]
    }
    let description = CellDescription(
      variant: variant, recipe: recipe, seed: seed, data: data, fold: fold,
      trainingShare: share, parents: parents)
    let facts = size(of: variant, for: task)
    let rows = Double(dataset.facts.trainCounts[fold]) * share
    return try add(
      TrainingWork(description: description, task: dataset),
      name: CellName(
        task: task.id, variant: variant.id, recipe: recipe.name, seed: seed,
        fold: dataset.facts.isFolded ? fold : nil, trainingShare: share), facts,
      recipe.reconstructs ? .autoencoder : .classifier, parents: parents,
      epochCost: Int(Double(facts.multiplyAdds) * rows), maximumEpochs: recipe.maximumEpochs)
  }

  /// What a variant is; laid out once for each number of classes and width of rows.
  private mutating func size(
    of variant: any ModelVariant, for task: ClassificationTask
  ) -> VariantFacts {
    let place = "\(variant.id)/\(task.id)/\(task.rowLength)"
    if let known = sizes[place] { return known }
    let plan = variant.plan(for: task)
    let facts = VariantFacts(
      id: variant.id, title: variant.title(for: task), source: variant.source,
      parameters: plan.parameterCount, multiplyAdds: plan.multiplyAdds)
    sizes[place] = facts
    return facts
  }

  private mutating func parent(
    _ origin: Origin, of variant: any ModelVariant, _ seed: Int, _ dataset: TaskData, _ fold: Int,
    _ share: Double
  ) throws -> String? {
    guard let known = ModelCatalogue.variant(origin.variant) else {
      throw ExperimentsError.unknownVariant(
        origin.variant, known: ModelCatalogue.all.map(\.id))
    }
    let source = study.sized(known)
    if origin.place == .sameRows {
      let recipe = study.publishedRecipe(for: source, task: dataset.facts.task)
      return try train(source, recipe, seed, dataset, fold, share: share)
    }
    guard let other = data.first(where: { $0.facts.classCount > 2 }) else {
      note(
        "\(variant.id) on \(dataset.facts.id) was not trained: it begins with the weights of "
          + "\(origin.variant) on a task with more than two classes, and this study has none.")
      return nil
    }
    let recipe = study.publishedRecipe(for: source, task: other.facts.task)
    return try train(source, recipe, seed, other, 0)
  }

  /// An ensemble of all classifiers of the seed; there have to be two.
  private mutating func add(
    _ method: EnsembleMethod, _ dataset: TaskData, _ fold: Int, _ seed: Int
  ) throws {
    let members = jobs.filter { job in
      job.kind == .classifier && job.name.task == dataset.facts.id && job.name.seed == seed
        && (job.name.fold ?? 0) == fold && job.name.trainingShare == 1
    }
    guard members.count > 1 else {
      note("\(method.rawValue) on \(dataset.facts.id) needs at least two trained variants.")
      return
    }
    let candidates = members.map { job in
      EnsembleWork.Candidate(
        name: job.name.recipe == Recipe.publishedName
          ? job.name.variant : "\(job.name.variant)+\(job.name.recipe)",
        key: job.key, parameters: job.facts.parameters, multiplyAdds: job.facts.multiplyAdds)
    }
    let work = EnsembleWork(
      method: method, task: dataset.facts.id, classCount: dataset.facts.classCount, seed: seed,
      fold: fold,
      candidates: candidates)
    let facts = VariantFacts(
      id: method.rawValue, title: method.title, source: method.source,
      parameters: candidates.reduce(0) { $0 + $1.parameters },
      multiplyAdds: candidates.reduce(0) { $0 + $1.multiplyAdds })
    _ = try add(
      work,
      name: CellName(
        task: dataset.facts.id, variant: method.rawValue, seed: seed,
        fold: dataset.facts.isFolded ? fold : nil), facts, .ensemble,
      parents: members.map(\.key), epochCost: 0, maximumEpochs: 0)
  }

  /// Transfers, and the networks that they come from trained from scratch, on fewer rows.
  private mutating func addShares(of variants: [any ModelVariant], _ dataset: TaskData) throws {
    let task = dataset.facts.task
    let transfers = variants.filter {
      $0.applies(to: task) && $0.origin(for: task)?.place == .sourceTask
    }
    let origins = Set(transfers.compactMap { $0.origin(for: task)?.variant })
    let scratch = variants.filter { origins.contains($0.id) && $0.applies(to: task) }
    for share in study.trainingShares {
      for fold in dataset.facts.trainCounts.indices {
        for variant in scratch + transfers {
          let recipe = study.publishedRecipe(for: variant, task: task)
          for seed in study.seeds(of: variant.id) {
            _ = try train(variant, recipe, seed, dataset, fold, share: share)
          }
        }
      }
    }
  }

  private mutating func add(
    _ work: some CellWork, name: CellName, _ facts: VariantFacts, _ kind: RunRecord.Kind,
    parents: [String], epochCost: Int, maximumEpochs: Int
  ) throws -> String {
    let key = Hash.sha256(try work.canonicalJSON())
    if places[key] == nil {
      places[key] = jobs.count
      jobs.append(
        CellJob(
          name: name, key: key, work: work, facts: facts, kind: kind, parents: parents,
          epochCost: epochCost, maximumEpochs: maximumEpochs))
    }
    return key
  }

  private mutating func note(_ gap: String) {
    if !gaps.contains(gap) { gaps.append(gap) }
  }
}
