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
    data: Dataset = smallData
  ) throws -> String {
    try CellDescription(variant: variant, recipe: recipe, seed: seed, data: data).key()
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
    let changes: [(inout Recipe) -> Void] = [
      { $0.name = "tuned" }, { $0.learningRate = 1e-4 }, { $0.batchSize = 64 },
      { $0.maximumEpochs = 7 }, { $0.stoppingPatience = 7 }, { $0.rateReduction = nil },
      { $0.rateReduction = .init(factor: 0.5) }, { $0.rateReduction = .init(patience: 4) },
      { $0.validationShare = 0.2 },
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
        "name", "learningRate", "batchSize", "maximumEpochs", "stoppingPatience", "rateReduction",
        "validationShare",
      ])
  }

  @Test("The numeric version knows every variant's own file")
  func numericVersion() {
    for variant in ModelCatalogue.all {
      #expect(NumericVersion.variants["\(type(of: variant))"]?.count == 64, "\(variant.id)")
    }
    #expect(NumericVersion.shared.count == 64)
  }
}
