internal import Documents
internal import Statistics

/// A score by which variants are compared.
public enum Score: String, Sendable, CaseIterable {
  /// The share of rows that are right.
  case accuracy
  /// Macro-F1 for several classes, F1 of the second of two.
  case f1
  /// Area under the ROC curve: the mean over several classes, that of the second of two.
  case auroc
  /// Average precision, likewise.
  case auprc

  func metric(isBinary: Bool) -> Metric {
    switch self {
    case .accuracy: .summary(.accuracy)
    case .f1: isBinary ? .perClass(.f1, 1) : .summary(.macroF1)
    case .auroc: isBinary ? .perClass(.auroc, 1) : .summary(.aurocMacro)
    case .auprc:
      isBinary ? .perClass(.averagePrecision, 1) : .summary(.averagePrecisionMacro)
    }
  }

  func title(isBinary: Bool) -> String {
    switch self {
    case .accuracy: "Accuracy"
    case .f1: isBinary ? "F1" : "Macro-F1"
    case .auroc: isBinary ? "AUROC" : "Macro-AUROC"
    case .auprc: isBinary ? "AUPRC" : "Macro-AUPRC"
    }
  }

  /// Whether it is printed as percent; areas are not.
  var isShare: Bool { self == .accuracy || self == .f1 }

  func number(_ value: Double?) -> Number { isShare ? .percent(value) : .area(value) }

  func published(_ result: PublishedResult) -> Double? {
    switch self {
    case .accuracy: result.accuracy
    case .f1: result.f1
    case .auroc: result.auroc
    case .auprc: result.auprc
    }
  }
}

extension EvaluatedTask {
  func metric(_ score: Score) -> Metric { score.metric(isBinary: isBinary) }

  func title(of score: Score) -> String { score.title(isBinary: isBinary) }

  /// Title of the F1 score within a sentence.
  var nameOfF1: String { isBinary ? "F1" : "macro-F1" }

  func estimate(_ score: Score, of variant: EvaluatedVariant) -> ScoreEstimate {
    variant.estimate(of: metric(score))
  }
}
