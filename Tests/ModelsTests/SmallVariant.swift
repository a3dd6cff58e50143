import Neural
import Tensors
import Testing

@testable import Models

/// A variant at a size that is trained in a moment: rows as short as its layers allow, few units.
struct SmallVariant {
  let plan: Plan
  let task: ClassificationTask
  let recipe: Recipe

  init(_ id: String, classCount: Int) throws {
    var variant = try #require(ModelCatalogue.variant(id))
    switch variant {
    case is ResNet: variant = ResNet(units: [2, 2])
    case is ResNet101: variant = ResNet101(units: 2)
    case is TransferResNet: variant = TransferResNet(units: 2)
    case is Inception: variant = Inception(filters: 4)
    default: break
    }
    // A variant that is not named gets the study's rows.
    let lengths = [
      "baseline": 80, "vanilla-mlp": 24, "vanilla-cnn": 64, "vanilla-rnn": 24, "fourier-cnn": 160,
      "bilstm": 24, "dilated-cnn-bilstm": 100, "transformer": 33, "resnet": 24, "resnet-101": 24,
      "inception": 24, "bigru": 24, "ecgtransform": 28, "kachuee": 136, "transfer-frozen": 80,
      "transfer-gradual": 80, "transfer-resnet": 24, "beat-rhythm": 152,
    ]
    task = ClassificationTask(id: "test", classCount: classCount, rowLength: lengths[id] ?? 187)
    plan = variant.plan(for: task)
    recipe = variant.recipe(for: task)
  }

  /// Rows that end with zeros, as those of the study do, row-major.
  func rows(_ count: Int, _ random: inout RandomStream) -> [Float] {
    (0..<count).flatMap { row in
      (0..<task.rowLength).map { sample in
        sample < task.rowLength - row % 5 ? Float(random.nextUniform()) : 0
      }
    }
  }
}
