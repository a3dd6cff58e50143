import Neural

/// The baseline network on the spectrum of a row: 94 bins, real and imaginary part as two channels.
///
/// Source: the published study. Input `[N, 187, 1]`, output logits; 254,981 parameters for five
/// classes. The published text has the padding marked before the transform; its code feeds the
/// row as it is, and so does this.
struct FourierCNN: ModelVariant {
  var id = "fourier-cnn"
  var title = "Fourier CNN"
  var rank = 20
  var source = "published study, convolutional network on the Fourier transform"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      RealFourierTransform()
      BaselineFeatures()
      DenseLayers([64, 64])
      Dense(task.outputs)
    }
  }
}
