import Models
import Neural
import Testing

@testable import Experiments

@Suite("Settings and names of recipes in words") struct TrainingSettingsTests {
  @Test("The published and our own settings read as they are")
  func recipes() {
    let published = TrainingSettings(Recipe())
    #expect(published.objective == "cross-entropy" && published.optimizer == "Adam")
    #expect(published.schedule == "× 0.1 after 3 epochs without gain")
    #expect(published.weightDecay == 0 && published.augmentation.isEmpty)
    #expect(published.remarks.isEmpty)
    var own = Recipe(schedule: .oneCycle())
    own.algorithm = .adamW(weightDecay: 1e-2)
    own.averagingMomentum = 0.999
    own.augmentation = Augmentation(shift: 1, scaling: 0.05, warping: 0.05, noise: 0.01)
    let tuned = TrainingSettings(own)
    #expect(tuned.optimizer == "AdamW" && tuned.weightDecay == 0.01)
    #expect(tuned.schedule == "one cycle" && tuned.averagingMomentum == 0.999)
    #expect(
      tuned.augmentation == "shift ±1 sample, height ±0.05, length ±0.05, noise 0.01")
  }

  @Test("What is frozen, staged, weighted, limited or kept otherwise is a remark")
  func remarks() {
    var recipe = Recipe()
    recipe.objective = .focal(gamma: 2)
    recipe.classWeighting = .balanced
    recipe.earlierStages = [
      Recipe.Stage(frozen: ["conv1", "conv2"], epochs: 2),
      Recipe.Stage(frozen: ["conv1"], epochs: 1),
    ]
    recipe.frozen = ["conv1"]
    recipe.clipping = .globalNorm(limit: 1)
    recipe.keptEpoch = .last
    let settings = TrainingSettings(recipe)
    #expect(settings.objective == "focal loss, γ = 2.0, classes balanced")
    #expect(
      settings.remarks == [
        "first 2 epochs with conv1 to conv2 frozen, then 1 epoch with conv1 frozen",
        "conv1 frozen", "gradients limited to a norm of 1.0", "last epoch kept",
      ])
  }

  @Test("A bound on the epochs is no part of a recipe's kind")
  func names() {
    #expect(RecipeName("published, at most 2 epochs").isPublished)
    #expect(RecipeName("tuned, at most 1 epoch").kind == "tuned")
    #expect(RecipeName("own").kind == "own" && !RecipeName("own").isPublished)
  }

  @Test("A transfer names the variant whose weights it begins with, on its task only")
  func origins() {
    func origin(_ id: String, _ classes: Int) -> String? {
      VariantFacts(id: id, title: "", source: "", parameters: 1, multiplyAdds: 1)
        .transferOrigin(task: "ptb", classCount: classes)
    }
    #expect(origin("transfer-frozen", 2) == "baseline")
    #expect(origin("transfer-resnet", 2) == "resnet")
    #expect(origin("autoencoder-mlp", 2) == nil && origin("unknown", 2) == nil)
  }
}
