import Models
import Neural
import Testing

@testable import Datasets
@testable import Experiments

/// A variant whose constant decides its network.
private struct Tunable: ModelVariant {
  var id = "tunable"
  var title = "Tunable"
  var rank = 1
  var source = "test"
  var width = 3

  func network(for task: ClassificationTask) -> some Layer { Dense(width) }
}

@Suite("Cell keys")
struct CellKeyTests {
  private func key(
    _ variant: Tunable = Tunable(), recipe: Recipe = Recipe(), seed: Int = 1,
    data: Dataset = smallData, fold: Int = 0, share: Double = 1, parents: [String] = []
  ) throws -> String {
    let description = CellDescription(
      variant: variant, recipe: recipe, seed: seed, data: DatasetFacts(data), fold: fold,
      trainingShare: share,
      parents: parents)
    return Hash.sha256(try description.canonicalJSON())
  }

  @Test("The same cell has the same key")
  func stable() throws {
    #expect(try key() == key())
    #expect(try key().count == 64)
  }

  @Test("Everything that decides a cell's bytes changes its key")
  func everyFieldMatters() throws {
    var keys = [try key(), try key(seed: 2), try key(Tunable(width: 4)), try key(Tunable(id: "x"))]
    keys.append(try key(data: smallBinaryData))
    keys += [
      try key(fold: 1), try key(share: 0.5), try key(parents: ["a"]), try key(parents: ["b"]),
    ]
    let changes: [(inout Recipe) -> Void] = [
      { $0.name = "tuned" }, { $0.learningRate = 1e-4 }, { $0.batchSize = 64 },
      { $0.maximumEpochs = 7 }, { $0.stoppingPatience = 7 }, { $0.validationShare = 0.2 },
      { $0.labelSmoothing = 0.1 }, { $0.averagingMomentum = 0.99 }, { $0.keptEpoch = .last },
      { $0.frozen = ["conv1"] }, { $0.frozen = ["conv2"] },
      { $0.objective = .focal(gamma: 2) }, { $0.objective = .focal(gamma: 1.5) },
      { $0.classWeighting = .balanced }, { $0.classWeighting = .perClass(weights: [1, 2]) },
      { $0.classWeighting = .perClass(weights: [2, 1]) },
      { $0.algorithm = .adamW(weightDecay: 0.1) }, { $0.algorithm = .adamW(weightDecay: 0.2) },
      { $0.algorithm = .sgd(momentum: 0.9, nesterov: false) },
      { $0.algorithm = .sgd(momentum: 0.8, nesterov: false) },
      { $0.algorithm = .sgd(momentum: 0.9, nesterov: true) },
      { $0.clipping = .globalNorm(limit: 1) }, { $0.clipping = .globalNorm(limit: 2) },
      { $0.clipping = .value(limit: 1) },
      { $0.schedule = .constant }, { $0.schedule = .reduceOnPlateau(factor: 0.5) },
      { $0.schedule = .reduceOnPlateau(patience: 4) },
      { $0.schedule = .stepDecay(factor: 0.5, interval: 9) },
      { $0.schedule = .stepDecay(factor: 0.5, interval: 8) },
      { $0.schedule = .cosine() }, { $0.schedule = .cosine(warmUpSteps: 5) },
      { $0.schedule = .cosine(finalFactor: 0.1) },
      { $0.schedule = .oneCycle() }, { $0.schedule = .oneCycle(riseShare: 0.2) },
      { $0.schedule = .oneCycle(initialDivisor: 10) },
      { $0.schedule = .oneCycle(finalDivisor: 10) },
      { $0.earlierStages = [.init(frozen: ["conv1"], epochs: 1)] },
      { $0.earlierStages = [.init(frozen: [], epochs: 1)] },
      { $0.earlierStages = [.init(frozen: [], epochs: 2)] },
      { $0.augmentation = Augmentation(shift: 1) },
      { $0.augmentation = Augmentation(scaling: 0.1) },
      { $0.augmentation = Augmentation(warping: 0.1) },
      { $0.augmentation = Augmentation(noise: 0.1) },
    ]
    for change in changes {
      var recipe = Recipe()
      change(&recipe)
      keys.append(try key(recipe: recipe))
    }
    #expect(Set(keys).count == keys.count)
  }

  @Test("Every field of a recipe is tried above")
  func recipeFields() {
    let fields = Mirror(reflecting: Recipe()).children.compactMap(\.label)
    #expect(
      fields == [
        "name", "objective", "labelSmoothing", "classWeighting", "algorithm", "learningRate",
        "schedule", "clipping", "averagingMomentum", "frozen", "earlierStages", "augmentation",
        "batchSize", "maximumEpochs", "stoppingPatience", "keptEpoch", "validationShare",
      ])
  }

  @Test("The key is the hash of exactly these inputs, and of no processor, place or time")
  func inputs() throws {
    let description = CellDescription(
      variant: Tunable(), recipe: Recipe(), seed: 1, data: DatasetFacts(smallData))
    let inputs = try #require(CellInputs(try description.canonicalJSON()))
    let fields = Set(inputs.values.keys.map { String($0.prefix { $0 != "." }) })
    #expect(
      fields.sorted() == [
        "classCount", "constants", "dataFingerprint", "fold", "numericVersion", "parents",
        "protocolLabel", "recipe", "seed", "task", "trainingShare", "variant", "variantVersion",
      ])
  }

  @Test("Everything that decides an ensemble changes its key")
  func ensembles() throws {
    func key(
      _ method: EnsembleMethod = .mean, task: String = "a", classes: Int = 2, seed: Int = 1,
      fold: Int = 0, members: [String] = ["x", "y"]
    ) throws -> String {
      Hash.sha256(
        try EnsembleWork(
          method: method, task: task, classCount: classes, seed: seed, fold: fold,
          candidates: members.map { .init(name: $0, key: $0, parameters: 1, multiplyAdds: 1) }
        ).canonicalJSON())
    }
    let keys = [
      try key(), try key(.vote), try key(task: "b"), try key(classes: 3), try key(seed: 2),
      try key(fold: 1), try key(members: ["x"]), try key(members: ["y", "x"]),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(try key() == keys[0])
  }

  @Test("The numeric version knows every variant's own file")
  func numericVersion() {
    for variant in ModelCatalogue.all {
      #expect(NumericVersion.variants["\(type(of: variant))"]?.count == 64, "\(variant.id)")
    }
    #expect(NumericVersion.shared.count == 64 && NumericVersion.ensembles.count == 64)
  }
}
