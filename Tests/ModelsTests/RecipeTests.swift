import Foundation
import Neural
import Tensors
import Testing

@testable import Models

@Suite("Recipes")
struct RecipeTests {
  private var elaborate: Recipe {
    var recipe = Recipe(learningRate: 3e-4, schedule: .cosine(warmUpSteps: 100, finalFactor: 0.01))
    recipe.name = "tuned"
    recipe.objective = .focal(gamma: 1.5)
    recipe.classWeighting = .perClass(weights: [1, 2.5])
    recipe.algorithm = .sgd(momentum: 0.9, nesterov: true)
    recipe.clipping = .globalNorm(limit: 1)
    recipe.frozen = ["conv1", "conv2.kernel"]
    recipe.keptEpoch = .last
    recipe.earlierStages = [.init(frozen: ["conv1"], epochs: 2)]
    recipe.augmentation = Augmentation(shift: 2, scaling: 0.1, warping: 0.2, noise: 0.01)
    return recipe
  }

  @Test("A recipe survives writing and reading")
  func roundTrip() throws {
    for recipe in [Recipe(), elaborate] {
      #expect(try Recipe(json: recipe.json()) == recipe)
    }
  }

  private func changed(_ old: String, _ new: String) throws -> [UInt8] {
    let text = String(decoding: try elaborate.json(), as: UTF8.self)
    #expect(text.contains(old))
    return Array(text.replacingOccurrences(of: old, with: new).utf8)
  }

  @Test("Fields that are unknown or missing, at any depth, are named")
  func strictFields() throws {
    #expect(throws: ModelsError.unknownField("patience")) {
      try Recipe(json: changed("\"batchSize\"", "\"patience\" : 1, \"batchSize\""))
    }
    #expect(throws: ModelsError.unknownField("schedule.cosine.restarts")) {
      try Recipe(json: changed("\"warmUpSteps\"", "\"restarts\" : 1, \"warmUpSteps\""))
    }
    #expect(throws: ModelsError.missingField("batchSize")) {
      try Recipe(json: changed("\"batchSize\" : 32,", ""))
    }
    #expect(throws: ModelsError.missingField("schedule.cosine.warmUpSteps")) {
      try Recipe(json: changed(",\n      \"warmUpSteps\" : 100", ""))
    }
  }

  @Test("Values of another type, of an unknown kind or out of range are refused")
  func strictValues() throws {
    for (old, new) in [
      ("\"batchSize\" : 32", "\"batchSize\" : \"32\""), ("\"sgd\"", "\"lion\""),
      ("\"last\"", "\"first\""), ("\"batchSize\" : 32", "\"batchSize\" : 0"),
      ("\"warmUpSteps\" : 100", "\"warmUpSteps\" : -1"),
      ("\"labelSmoothing\" : 0", "\"labelSmoothing\" : 1"),
      ("\"validationShare\" : 0.1", "\"validationShare\" : 0"),
      ("\"gamma\" : 1.5", "\"gamma\" : -1"), ("\"limit\" : 1", "\"limit\" : 0"),
      ("\"momentum\" : 0.9", "\"momentum\" : 1"), ("2.5", "-2.5"),
      ("\"learningRate\" : 0.0003", "\"learningRate\" : 0"), ("}\n", "} x\n"),
      ("\"epochs\" : 2", "\"epochs\" : 0"),
      ("\"epochs\" : 2", "\"epochs\" : 9223372036854775807"),
      ("\"maximumEpochs\" : 1000", "\"maximumEpochs\" : 9223372036854775807"),
      ("\"batchSize\" : 32", "\"batchSize\" : 65537"), ("\"shift\" : 2", "\"shift\" : 40"),
      ("\"scaling\" : 0.1", "\"scaling\" : -1"), ("\"warping\" : 0.2", "\"warping\" : 0.5"),
      ("\"noise\" : 0.01", "\"noise\" : 1"),
    ] {
      let text = try changed(old, new)
      #expect(throws: ModelsError.self, "\(new)") { try Recipe(json: text) }
    }
  }

  @Test("A damaged recipe is an error that ends with a remedy, never a crash")
  func damaged() throws {
    let whole = try elaborate.json()
    var random = Philox(seed: 1, purpose: "fuzz").stream()
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0...random.nextIndex(below: 3) {
        bytes[random.nextIndex(below: bytes.count)] = UInt8(truncatingIfNeeded: random.nextWord())
      }
      do throws(ModelsError) {
        let recipe = try Recipe(json: bytes)
        try recipe.check()
      } catch {
        #expect(error.description.contains(";"))
      }
    }
  }

  @Test("Tuned settings can be trained with, and carry the name that the report prints")
  func tuned() throws {
    let tuned = ModelCatalogue.all.compactMap {
      Recipe.tuned($0, for: ClassificationTask(id: "many", classCount: 5))
    }
    #expect(!tuned.isEmpty)
    for recipe in tuned {
      try recipe.check()
      #expect(recipe.name == Recipe.tunedName)
    }
  }

  @Test("The engine gets the loss that the task and the recipe ask for")
  func losses() throws {
    let (many, two) = (
      ClassificationTask(id: "many", classCount: 5), ClassificationTask(id: "two", classCount: 2)
    )
    var recipe = Recipe()
    #expect(recipe.loss(for: many) is SoftmaxCrossEntropy)
    #expect(recipe.loss(for: two) is SigmoidCrossEntropy)
    recipe.objective = .focal(gamma: 2)
    #expect(recipe.loss(for: many) is SoftmaxFocal)
    #expect(recipe.loss(for: two) is SigmoidFocal)
    recipe.classWeighting = .balanced
    #expect(
      try recipe.trainingLoss(for: two, rowsPerClass: [3, 1]) is ClassWeighted<SigmoidFocal>)
    #expect(recipe.optimizer is Adam)
  }
}
