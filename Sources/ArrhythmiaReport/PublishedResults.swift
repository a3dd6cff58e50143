/// A result that others have published, with what it may be compared with.
public struct PublishedResult: Sendable, Hashable {
  /// What stands between a published figure and one of this report.
  public enum Comparability: Sendable {
    /// Same rows, same split, same metrics.
    case same
    /// Something was chosen by its score on the test rows, which flatters it.
    case chosenOnTest
    /// Same rows and split, but its F1 is the mean over both classes.
    case otherF1
    /// Tested on other rows.
    case otherRows
    /// Split by record as in the literature; rows left out and classes differ between papers.
    case otherProtocol

    /// The restriction, for a table; empty where there is none.
    public var restriction: String {
      switch self {
      case .same: ""
      case .chosenOnTest: "chosen by its score on the test rows: flattered"
      case .otherF1: "its F1 is the mean over both classes: not comparable"
      case .otherRows: "other test rows: not comparable"
      case .otherProtocol: "rows left out and classes differ between papers"
      }
    }
  }

  /// Who published it, as a short stable name.
  public let source: String
  /// The task's stable name.
  public let task: String
  /// The model's stable name; that of the variant where the two are the same.
  public let model: String
  /// Share of test rows that are right.
  public let accuracy: Double?
  /// Macro-averaged F1, or F1 of the abnormal class for a binary task.
  public let f1: Double?
  /// Area under the receiver operating characteristic.
  public let auroc: Double?
  /// Average precision.
  public let auprc: Double?
  /// What it may be compared with.
  public let comparability: Comparability
  /// A remark on its origin; empty where there is none.
  public let note: String

  init(
    _ source: String, _ task: String, _ model: String, accuracy: Double?, f1: Double? = nil,
    auroc: Double? = nil, auprc: Double? = nil, _ comparability: Comparability = .same,
    note: String = ""
  ) {
    self.source = source
    self.task = task
    self.model = model
    self.accuracy = accuracy
    self.f1 = f1
    self.auroc = auroc
    self.auprc = auprc
    self.comparability = comparability
    self.note = note
  }

  /// Whether it was reached by a model on the same test rows and may stand in one picture.
  public var isComparable: Bool {
    model != "constant" && (comparability == .same || comparability == .chosenOnTest)
  }

  /// The result that a variant repeats on the same rows: that of the repeated study, or else of the
  /// work that the variant comes from.
  public static func repeated(task: String, variant: String) -> PublishedResult? {
    let same = all.filter {
      $0.task == task && $0.model == variant && $0.comparability == .same
    }
    return same.first { $0.source == "arrhythmia-detectron" } ?? same.first
  }

  /// Every published result on a task, in the order of the list.
  public static func results(task: String) -> [PublishedResult] {
    all.filter { $0.task == task }
  }

  /// Every published result that the report compares with, as collected from the sources.
  public static let all: [PublishedResult] = [
    // The study that this report repeats: one unseeded run a model.
    .init(
      "arrhythmia-detectron", "mitbih", "baseline", accuracy: 0.98415, f1: 0.91205,
      note: "re-run of the baseline network"),
    .init("arrhythmia-detectron", "mitbih", "vanilla-mlp", accuracy: 0.97944, f1: 0.89074),
    .init("arrhythmia-detectron", "mitbih", "vanilla-cnn", accuracy: 0.97300, f1: 0.86172),
    .init("arrhythmia-detectron", "mitbih", "vanilla-rnn", accuracy: 0.96081, f1: 0.80797),
    .init("arrhythmia-detectron", "mitbih", "fourier-cnn", accuracy: 0.92856, f1: 0.71434),
    .init("arrhythmia-detectron", "mitbih", "bilstm", accuracy: 0.98369, f1: 0.90745),
    .init(
      "arrhythmia-detectron", "mitbih", "resnet", accuracy: 0.98863, f1: 0.93226, note: "depth 398"),
    .init(
      "arrhythmia-detectron", "mitbih", "dilated-cnn-bilstm", accuracy: 0.98561, f1: 0.91520,
      note: "focal loss"),
    .init(
      "arrhythmia-detectron", "mitbih", "ensemble-mean-2", accuracy: 0.98954, f1: 0.93598,
      .chosenOnTest, note: "members ranked on the test set"),
    .init(
      "arrhythmia-detectron", "mitbih", "ensemble-logistic-7", accuracy: 0.98954, f1: 0.93730,
      .chosenOnTest, note: "members ranked on the test set"),
    .init(
      "arrhythmia-detectron", "mitbih", "ensemble-logistic-all", accuracy: 0.98945, f1: 0.93631),
    .init(
      "arrhythmia-detectron", "ptb", "baseline", accuracy: 0.97939, f1: 0.98582, auroc: 0.99636,
      auprc: 0.99808, note: "re-run of the baseline network"),
    .init(
      "arrhythmia-detectron", "ptb", "vanilla-mlp", accuracy: 0.97321, f1: 0.98139, auroc: 0.99019,
      auprc: 0.99481),
    .init(
      "arrhythmia-detectron", "ptb", "vanilla-cnn", accuracy: 0.98111, f1: 0.98699, auroc: 0.99831,
      auprc: 0.99935),
    .init(
      "arrhythmia-detectron", "ptb", "vanilla-rnn", accuracy: 0.91378, f1: 0.93988, auroc: 0.96318,
      auprc: 0.98285),
    .init(
      "arrhythmia-detectron", "ptb", "fourier-cnn", accuracy: 0.98592, f1: 0.99027, auroc: 0.99599,
      auprc: 0.99700),
    .init(
      "arrhythmia-detectron", "ptb", "bilstm", accuracy: 0.86912, f1: 0.90935, auroc: 0.93368,
      auprc: 0.97268),
    .init(
      "arrhythmia-detectron", "ptb", "resnet", accuracy: 0.99141, f1: 0.99407, auroc: 0.99865,
      auprc: 0.99931, note: "depth 101"),
    .init(
      "arrhythmia-detectron", "ptb", "dilated-cnn-bilstm", accuracy: 0.99141, f1: 0.99405,
      auroc: 0.99629, auprc: 0.99623),
    .init(
      "arrhythmia-detectron", "ptb", "transfer-frozen", accuracy: 0.96874, f1: 0.97796,
      auroc: 0.99576, auprc: 0.99810),
    .init(
      "arrhythmia-detectron", "ptb", "transfer-resnet", accuracy: 0.99588, f1: 0.99714,
      auroc: 0.99938, auprc: 0.99970),
    .init(
      "arrhythmia-detectron", "ptb", "ensemble-mean-8", accuracy: 0.99760, f1: 0.99834,
      auroc: 0.99957, auprc: 0.99981, .chosenOnTest, note: "members ranked by test AUPRC"),
    .init(
      "arrhythmia-detectron", "ptb", "ensemble-logistic-all", accuracy: 0.99416, f1: 0.99597,
      auroc: 0.99967, auprc: 0.99986),
    // The author of the baseline network.
    .init(
      "cvxtz-baseline", "mitbih", "baseline", accuracy: 0.985, f1: 0.915,
      note: "the baseline's own figure"),
    .init("cvxtz-baseline", "ptb", "baseline", accuracy: 0.983, f1: 0.988, note: "from scratch"),
    .init(
      "cvxtz-baseline", "ptb", "transfer-frozen", accuracy: 0.956, f1: 0.969,
      note: "convolutions frozen"),
    .init(
      "cvxtz-baseline", "ptb", "transfer-full", accuracy: 0.992, f1: 0.994,
      note: "all layers updated"),
    // The authors of the data set: Kachuee et al. 2018, doi:10.1109/ICHI.2018.00092.
    .init(
      "kachuee-2018", "mitbih", "kachuee", accuracy: 0.934, .otherRows,
      note: "balanced test of its own; not comparable"),
    .init(
      "kachuee-2018", "ptb", "kachuee", accuracy: 0.959, f1: 0.951, .otherRows, note: "second hand"),
    // Public repositories on the same data.
    .init(
      "gozsoy", "mitbih", "autoencoder", accuracy: 0.938, note: "gradient boosting on the latent"),
    .init(
      "gozsoy", "ptb", "autoencoder", accuracy: 0.879, auroc: 0.938, auprc: 0.975,
      note: "gradient boosting on the latent; from the repository's log "
        + "(its table repeats another model's row)"),
    .init("gozsoy", "ptb", "ensemble-logistic-all", accuracy: 0.997, auroc: 1.0, auprc: 1.0),
    .init(
      "bberabi", "mitbih", "inception-small", accuracy: 0.98863,
      note: "3 modules with the kernels in series"),
    .init("nkdnnlr", "mitbih", "bigru", accuracy: 0.9879),
    // ECGTransForm, 2024.
    .init(
      "ecgtransform-2024", "mitbih", "ecgtransform", accuracy: 0.9887, f1: 0.9426,
      note: "3 seeds; accuracy recomputed from its recalls (its table says .9935)"),
    .init(
      "ecgtransform-2024", "ptb", "ecgtransform", accuracy: 0.9951, f1: 0.9941, .otherF1,
      note: "macro-F1 for ptb; accuracy recomputed from its recalls"),
    // A constant answer, computed from the class counts.
    .init("majority-class", "mitbih", "constant", accuracy: 0.82761),
    .init("majority-class", "ptb", "constant", accuracy: 0.72209, auroc: 0.5, auprc: 0.7221),
    // The split by record: IRANet, RA-CNN, Mondéjar et al., Garcia et al., De Chazal et al.
    .init(
      "iranet-2023", "mitbih-inter", "iranet", accuracy: 0.9548, .otherProtocol,
      note: "DS1/DS2; F1 S .7474, V .9005, F .4954; second hand"),
    .init(
      "ra-cnn-2022", "mitbih-inter", "ra-cnn", accuracy: 0.985, .otherProtocol,
      note: "DS1/DS2; F1 S .828, V .917"),
    .init(
      "mondejar-2019", "mitbih-inter", "svm-ensemble", accuracy: 0.945, .otherProtocol,
      note: "DS1/DS2; mean sensitivity .703, j-kappa .773"),
    .init(
      "garcia-2017", "mitbih-inter", "temporal-vcg", accuracy: 0.924, .otherProtocol,
      note: "DS1/DS2; three classes N S V; S Se .62 P .53, V Se .873 P .594"),
    .init(
      "de-chazal-2004", "mitbih-inter", "lda", accuracy: 0.862, .otherProtocol,
      note: "DS1/DS2; mean sensitivity .832, j-kappa .612; as quoted by " + "mondejar-2019"),
  ]
}
