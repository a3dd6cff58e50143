import Neural

/// Two bidirectional gated recurrent layers, one over the states of the other.
///
/// Published for the same rows with accuracy .9879; unit: Cho et al., doi:10.3115/v1/D14-1179.
/// Input `[N, 187, 1]`, output logits.
struct BiGRU: ModelVariant {
  var id = "bigru"
  var title = "Bidirectional GRU"
  var rank = 62
  var source = "two bidirectional GRU layers, as published elsewhere for the same rows"
  /// Channels of each direction's state in the first layer; the second has twice as many.
  var units = 64

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      Bidirectional(GRU(units, returnsSequences: true))
      Dropout(0.2)
      Bidirectional(GRU(2 * units))
      Dropout(0.2)
      DenseLayers([64, 16, 8])
      Dense(task.outputs)
    }
  }

  /// The study's common settings: the source names none.
  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe()
    recipe.name = Recipe.ownName
    return recipe
  }

  var atDemonstrationSize: any ModelVariant {
    BiGRU(title: "Bidirectional GRU (16 and 32 units)", units: 16)
  }
}
