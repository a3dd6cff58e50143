import Foundation
import Models
import Neural
import Testing

@testable import Datasets
@testable import Experiments

/// A variant whose constants decide its network.
private struct Tunable: ModelVariant {
  enum Form: String, Encodable {
    case narrow, wide
  }

  var id = "tunable"
  var title = "Tunable"
  var rank = 1
  var source = "test"
  var width = 3
  var filters = [8, 16]
  var dropout = 0.5
  var isDeep = false
  var form = Form.narrow

  func network(for task: ClassificationTask) -> some Layer { Dense(width) }
}

@Suite("Cell keys")
struct CellKeyTests {
  private func key(
    _ variant: Tunable = Tunable(), recipe: Recipe = Recipe(), seed: Int = 1,
    data: DatasetFacts = DatasetFacts(smallData), fold: Int = 0, share: Double = 1,
    parents: [String] = []
  ) throws -> String {
    let description = CellDescription(
      variant: variant, recipe: recipe, seed: seed, data: data, fold: fold, trainingShare: share,
      parents: parents)
    return Hash.sha256(try description.canonicalJSON())
  }

  /// The facts of data with one of them replaced.
  private func facts(_ name: String, _ value: JSONValue) throws -> DatasetFacts {
    let json = try JSONEncoder().encode(DatasetFacts(smallData))
    var values = try JSONDecoder().decode([String: JSONValue].self, from: json)
    try #require(values[name] != nil)
    values[name] = value
    return try JSONDecoder().decode(DatasetFacts.self, from: JSONEncoder().encode(values))
  }

  @Test("The same cell has the same key")
  func stable() throws {
    #expect(try key() == key())
    #expect(try key().count == 64)
  }

  @Test("Everything that decides a cell's bytes changes its key")
  func everyFieldMatters() throws {
    var keys = [
      try key(), try key(seed: 2), try key(fold: 1), try key(share: 0.5), try key(share: 0.25),
      try key(parents: ["a"]), try key(parents: ["b"]), try key(parents: ["a", "b"]),
      try key(parents: ["b", "a"]), try key(data: facts("id", .text("other"))),
      try key(data: facts("classCount", .whole(7))),
      try key(data: facts("fingerprint", .text("other"))),
      try key(data: facts("drawPath", .text("other"))),
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

  @Test("Every constant of a variant changes the key, and what tables print of it does not")
  func constants() throws {
    let keys = [
      try key(), try key(Tunable(id: "x")), try key(Tunable(width: 4)),
      try key(Tunable(filters: [8, 17])), try key(Tunable(filters: [16, 8])),
      try key(Tunable(filters: [])), try key(Tunable(dropout: 0.25)),
      try key(Tunable(isDeep: true)), try key(Tunable(form: .wide)),
    ]
    #expect(Set(keys).count == keys.count)
    let printed = [
      Tunable(title: "Tunable (wide)"), Tunable(rank: 7), Tunable(source: "doi:10.1/corrected"),
    ]
    for variant in printed { #expect(try key(variant) == keys[0]) }
  }

  @Test("Every stored property of the program's variants is a constant in the key or their name")
  func storedProperties() throws {
    for variant in ModelCatalogue.all.flatMap({ [$0, $0.atDemonstrationSize] }) {
      let description = CellDescription(
        variant: variant, recipe: Recipe(), seed: 1, data: DatasetFacts(smallData))
      let inputs = try #require(CellInputs(try description.canonicalJSON()))
      let constants = Set(
        inputs.values.keys.compactMap { path in
          path.hasPrefix("constants.") ? path.split(separator: ".")[1] : nil
        })
      let stored = Set(Mirror(reflecting: variant).children.compactMap(\.label).map { $0[...] })
      #expect(stored.subtracting(["id", "title", "rank", "source"]) == constants, "\(variant.id)")
      #expect(inputs.values["variant"] == variant.id)
    }
  }

  @Test("What a reader is told of the data does not change the key, as long as the draws stay")
  func wording() throws {
    func data(
      title: String = "T", label: String = "by hand", drawName: String? = nil, notes: [String] = []
    ) -> DatasetFacts {
      DatasetFacts(
        Dataset(
          id: smallData.id, title: title, classes: smallData.classes, rows: smallData.rows,
          labels: smallData.labels, origins: smallData.origins, folds: smallData.folds,
          protocolLabel: label, source: .synthetic, strips: [], notes: notes, drawName: drawName))
    }
    let first = try key(data: data())
    #expect(try key(data: data(title: "Other")) == first)
    #expect(try key(data: data(notes: ["A note."])) == first)
    #expect(try key(data: data(label: "worded anew", drawName: "by hand")) == first)
    #expect(try key(data: data(label: "worded anew")) != first)
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
        "classCount", "constants", "dataFingerprint", "drawPath", "fold", "numericVersion",
        "parents", "recipe", "seed", "task", "trainingShare", "variant", "variantVersion",
      ])
  }

  @Test("Everything that decides an ensemble changes its key, and what follows from it does not")
  func ensembles() throws {
    typealias Candidate = EnsembleWork.Candidate
    func member(
      _ key: String, name: String? = nil, parameters: Int = 1, multiplyAdds: Int = 1
    ) -> Candidate {
      Candidate(
        name: name ?? key, key: key, parameters: parameters, multiplyAdds: multiplyAdds)
    }
    func key(
      _ method: EnsembleMethod = .mean, task: String = "a", classes: Int = 2, seed: Int = 1,
      fold: Int = 0, members: [Candidate]? = nil
    ) throws -> String {
      Hash.sha256(
        try EnsembleWork(
          method: method, task: task, classCount: classes, seed: seed, fold: fold,
          candidates: members ?? [member("x"), member("y")]
        ).canonicalJSON())
    }
    let (x, y) = (member("x"), member("y"))
    let keys = [
      try key(), try key(.vote), try key(.logistic), try key(task: "b"), try key(classes: 3),
      try key(seed: 2), try key(fold: 1), try key(members: [x]), try key(members: [y, x]),
      try key(members: [x, member("z", name: "y")]), try key(members: [x, member("y", name: "z")]),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(try key() == keys[0])
    #expect(try key(members: [member("x", parameters: 2), y]) == keys[0])
    #expect(try key(members: [member("x", multiplyAdds: 2), y]) == keys[0])
  }

  @Test("The numeric version knows every variant's own file")
  func numericVersion() {
    for variant in ModelCatalogue.all {
      #expect(NumericVersion.variants["\(type(of: variant))"]?.count == 64, "\(variant.id)")
    }
    #expect(NumericVersion.shared.count == 64 && NumericVersion.ensembles.count == 64)
  }
}
