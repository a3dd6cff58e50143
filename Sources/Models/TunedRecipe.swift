import Neural

/// Our own settings, beside the published ones, so that architecture and training are not confused.
///
/// Chosen on validation rows of `mitbih` only. They stand here and not in the variants' files, since
/// a cell's key holds its whole recipe: choosing other ones makes no published result old.
extension Recipe {
  /// The tuned settings of a variant; `nil` where there are none, as for two classes, whose
  /// validation rows had no say.
  public static func tuned(_ variant: any ModelVariant, for task: ClassificationTask) -> Recipe? {
    guard !task.isBinary else { return nil }
    return switch variant.id {
    case "baseline": oneCycle()
    default: nil
    }
  }

  /// One cycle of the rate over a fixed number of epochs (doi:10.48550/arXiv.1708.07120), decoupled
  /// weight decay (doi:10.48550/arXiv.1711.05101), the moving average of the weights
  /// (doi:10.1137/0330046), softened labels (doi:10.1109/CVPR.2016.308) and rows that are changed a
  /// little each time.
  private static func oneCycle(learningRate: Double = 2e-3, epochs: Int = 60) -> Recipe {
    var recipe = Recipe(
      learningRate: learningRate, batchSize: 128, stoppingPatience: epochs,
      schedule: .oneCycle())
    recipe.name = tunedName
    recipe.algorithm = .adamW(weightDecay: 1e-2)
    recipe.averagingMomentum = 0.999
    recipe.labelSmoothing = 0.05
    recipe.augmentation = Augmentation(shift: 1, scaling: 0.05, warping: 0.05, noise: 0.01)
    recipe.maximumEpochs = epochs
    return recipe
  }
}
