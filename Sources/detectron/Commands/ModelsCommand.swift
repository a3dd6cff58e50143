import ArgumentParser
import Experiments
import Models
import Neural

/// `detectron models`: the variants and their sizes.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the model variants, or the layers of one.",
    discussion: """
      EXAMPLES
        detectron models
        detectron models baseline
      """)

  @Argument(help: "A variant, to see its layers.")
  var variant: String?

  private static let tasks = [
    ClassificationTask(id: "mitbih", classCount: 5), ClassificationTask(id: "ptb", classCount: 2),
  ]

  /// The tasks that a variant is shown for, as it is fed them.
  private func tasks(of model: any ModelVariant) -> [ClassificationTask] {
    let tasks =
      model is any ContextualVariant
      ? [ClassificationTask(id: "mitbih-inter", classCount: 5)] : Self.tasks
    return tasks.filter { model.applies(to: $0) }.map { model.fed($0) }
  }

  func run() throws {
    guard let variant else { return list() }
    guard let model = ModelCatalogue.variant(variant) else {
      throw ExperimentsError.unknownVariant(variant, known: ModelCatalogue.all.map(\.id))
    }
    print("\(model.title) (\(model.id)): \(model.source)")
    for task in tasks(of: model) { show(model, task) }
  }

  private func show(_ model: any ModelVariant, _ task: ClassificationTask) {
    let recipe = model.recipe(for: task)
    let plan = model.plan(for: task, frozen: recipe.frozen)
    print(
      """

      \(task.id): \(plan.parameterCount) parameters, \(plan.trainedParameterCount) of them trained; \
      \(plan.multiplyAdds) multiply-adds a row
      layer\tkind\toutput\tparameters\tmultiply-adds
      input\t\t\(plan.input.length)×\(plan.input.channels)\t0\t0
      """)
    for layer in plan.layers {
      let kind = layer.isRectified ? "\(layer.kind), ReLU" : layer.kind
      print(
        "\(layer.path)\t\(kind)\t\(layer.length)×\(layer.channels)\t\(layer.parameterCount)"
          + "\t\(layer.multiplyAdds)")
    }
  }

  private func list() {
    print("id\ttask\tparameters\tmultiply-adds\tsource")
    for model in ModelCatalogue.all {
      for task in tasks(of: model) {
        let plan = model.plan(for: task)
        print(
          "\(model.id)\t\(task.id)\t\(plan.parameterCount)\t\(plan.multiplyAdds)\t\(model.source)")
      }
    }
  }
}
