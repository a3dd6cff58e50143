/// A result that others have published on the same data, to stand beside this program's own.
public struct PublishedResult: Sendable, Equatable {
  /// Who published it, as a short stable name.
  public let source: String
  /// Stable name of the task.
  public let task: String
  /// Stable name of the model; the name of this program's variant where it is the same network.
  public let model: String
  /// Share of right predictions, 0…1.
  public let accuracy: Double?
  /// Macro-F1 for several classes, F1 of the abnormal class for two, 0…1.
  public let f1: Double?
  /// Area under the ROC curve, 0…1.
  public let auroc: Double?
  /// Average precision, 0…1.
  public let auprc: Double?
  /// What a reader has to know about the figure; empty if nothing.
  public let note: String

  /// Whether the figure was reached on the same test rows and may stand in one picture.
  public var isComparable: Bool { !note.contains("not comparable") && model != "constant" }

  init(
    _ source: String, _ task: String, _ model: String, accuracy: Double? = nil, f1: Double? = nil,
    auroc: Double? = nil, auprc: Double? = nil, note: String = ""
  ) {
    self.source = source
    self.task = task
    self.model = model
    self.accuracy = accuracy
    self.f1 = f1
    self.auroc = auroc
    self.auprc = auprc
    self.note = note
  }
}

extension PublishedResult {
  /// Every published result that the report compares with.
  public static let all: [PublishedResult] = [
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "baseline", accuracy: 0.98415, f1: 0.91205,
      note: "re-run of the baseline network"),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "vanilla-mlp", accuracy: 0.97944, f1: 0.89074),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "vanilla-cnn", accuracy: 0.97300, f1: 0.86172),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "vanilla-rnn", accuracy: 0.96081, f1: 0.80797),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "fourier-cnn", accuracy: 0.92856, f1: 0.71434),
    PublishedResult("arrhythmia-detectron", "mitbih", "bilstm", accuracy: 0.98369, f1: 0.90745),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "resnet", accuracy: 0.98863, f1: 0.93226, note: "depth 398"),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "dilated-cnn-bilstm", accuracy: 0.98561, f1: 0.91520,
      note: "focal loss"),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "ensemble-mean-2", accuracy: 0.98954, f1: 0.93598,
      note: "members ranked on the test set"),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "ensemble-logistic-7", accuracy: 0.98954, f1: 0.93730,
      note: "members ranked on the test set"),
    PublishedResult(
      "arrhythmia-detectron", "mitbih", "ensemble-logistic-all", accuracy: 0.98945, f1: 0.93631),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "baseline", accuracy: 0.97939, f1: 0.98582, auroc: 0.99636,
      auprc: 0.99808, note: "re-run of the baseline network"),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "vanilla-mlp", accuracy: 0.97321, f1: 0.98139, auroc: 0.99019,
      auprc: 0.99481),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "vanilla-cnn", accuracy: 0.98111, f1: 0.98699, auroc: 0.99831,
      auprc: 0.99935),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "vanilla-rnn", accuracy: 0.91378, f1: 0.93988, auroc: 0.96318,
      auprc: 0.98285),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "fourier-cnn", accuracy: 0.98592, f1: 0.99027, auroc: 0.99599,
      auprc: 0.99700),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "bilstm", accuracy: 0.86912, f1: 0.90935, auroc: 0.93368,
      auprc: 0.97268),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "resnet", accuracy: 0.99141, f1: 0.99407, auroc: 0.99865,
      auprc: 0.99931, note: "depth 101"),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "dilated-cnn-bilstm", accuracy: 0.99141, f1: 0.99405,
      auroc: 0.99629, auprc: 0.99623),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "transfer-frozen", accuracy: 0.96874, f1: 0.97796,
      auroc: 0.99576, auprc: 0.99810),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "transfer-resnet", accuracy: 0.99588, f1: 0.99714,
      auroc: 0.99938, auprc: 0.99970),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "ensemble-mean-8", accuracy: 0.99760, f1: 0.99834,
      auroc: 0.99957, auprc: 0.99981, note: "members ranked by test AUPRC"),
    PublishedResult(
      "arrhythmia-detectron", "ptb", "ensemble-logistic-all", accuracy: 0.99416, f1: 0.99597,
      auroc: 0.99967, auprc: 0.99986),
    PublishedResult(
      "cvxtz-baseline", "mitbih", "baseline", accuracy: 0.985, f1: 0.915,
      note: "the baseline's own figure"),
    PublishedResult(
      "cvxtz-baseline", "ptb", "baseline", accuracy: 0.983, f1: 0.988, note: "from scratch"),
    PublishedResult(
      "cvxtz-baseline", "ptb", "transfer-frozen", accuracy: 0.956, f1: 0.969,
      note: "convolutions frozen"),
    PublishedResult(
      "cvxtz-baseline", "ptb", "transfer-full", accuracy: 0.992, f1: 0.994,
      note: "all layers updated"),
    PublishedResult(
      "kachuee-2018", "mitbih", "kachuee", accuracy: 0.934,
      note: "balanced test of its own; not comparable"),
    PublishedResult(
      "kachuee-2018", "ptb", "kachuee", accuracy: 0.959, f1: 0.951, note: "second hand"),
    PublishedResult(
      "gozsoy", "mitbih", "autoencoder", accuracy: 0.938, note: "gradient boosting on the latent"),
    PublishedResult(
      "gozsoy", "ptb", "autoencoder", accuracy: 0.879, auroc: 0.938, auprc: 0.975,
      note:
        "gradient boosting on the latent; from the repository's log (its table repeats another model's row)"
    ),
    PublishedResult(
      "gozsoy", "ptb", "ensemble-logistic-all", accuracy: 0.997, auroc: 1.0, auprc: 1.0),
    PublishedResult(
      "bberabi", "mitbih", "inception-small", accuracy: 0.98863,
      note: "3 modules with the kernels in series"),
    PublishedResult("nkdnnlr", "mitbih", "bigru", accuracy: 0.9879),
    PublishedResult(
      "ecgtransform-2024", "mitbih", "ecgtransform", accuracy: 0.9887, f1: 0.9426,
      note: "3 seeds; accuracy recomputed from its recalls (its table says .9935)"),
    PublishedResult(
      "ecgtransform-2024", "ptb", "ecgtransform", accuracy: 0.9951, f1: 0.9941,
      note: "macro-F1 for ptb; accuracy recomputed from its recalls"),
    PublishedResult("majority-class", "mitbih", "constant", accuracy: 0.82761),
    PublishedResult(
      "majority-class", "ptb", "constant", accuracy: 0.72209, auroc: 0.5, auprc: 0.7221),
    PublishedResult(
      "iranet-2023", "mitbih-inter", "iranet", accuracy: 0.9548,
      note: "DS1/DS2; F1 S .7474, V .9005, F .4954; second hand"),
    PublishedResult(
      "ra-cnn-2022", "mitbih-inter", "ra-cnn", accuracy: 0.985, note: "DS1/DS2; F1 S .828, V .917"),
    PublishedResult(
      "mondejar-2019", "mitbih-inter", "svm-ensemble", accuracy: 0.945,
      note: "DS1/DS2; mean sensitivity .703, j-kappa .773"),
    PublishedResult(
      "garcia-2017", "mitbih-inter", "temporal-vcg", accuracy: 0.924,
      note: "DS1/DS2; three classes N S V; S Se .62 P .53, V Se .873 P .594"),
    PublishedResult(
      "de-chazal-2004", "mitbih-inter", "lda", accuracy: 0.862,
      note: "DS1/DS2; mean sensitivity .832, j-kappa .612; as quoted by mondejar-2019"),
  ]
}
