import ArgumentParser
import Experiments
import Models
import Neural

/// `detectron models`: the variants and their sizes.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the model variants, or the parameters of one.",
    discussion: """
      EXAMPLES
        detectron models
        detectron models baseline
      """)

  @Argument(help: "A variant, to see its parameters.")
  var variant: String?

  private static let tasks = [
    ClassificationTask(id: "mitbih", classCount: 5), ClassificationTask(id: "ptb", classCount: 2),
  ]

  func run() throws {
    guard let variant else { return list() }
    guard let model = ModelCatalogue.variant(variant) else {
      throw ExperimentsError.unknownVariant(variant, known: ModelCatalogue.all.map(\.id))
    }
    for task in Self.tasks {
      let plan = model.plan(for: task)
      print("\(model.id)\t\(task.id)\t\(plan.parameterCount) parameters")
      for parameter in plan.parameters {
        let shape = parameter.shape.map(String.init).joined(separator: "×")
        print("\(parameter.path)\t\(shape)\t\(parameter.count)")
      }
    }
  }

  private func list() {
    print("id\ttask\tparameters\tmultiply-adds\tsource")
    for model in ModelCatalogue.all {
      for task in Self.tasks {
        let plan = model.plan(for: task)
        print(
          "\(model.id)\t\(task.id)\t\(plan.parameterCount)\t\(plan.multiplyAdds)\t\(model.source)")
      }
    }
  }
}
