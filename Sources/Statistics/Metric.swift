/// A metric by name: of all rows together, or of one class.
public enum Metric: Sendable, Hashable {
  /// A metric of all rows together.
  case summary(SummaryMetric)
  /// A metric of one class.
  case perClass(ClassMetric, Int)

  /// All metrics there are, in the order of tables.
  public static func all(classCount: Int) -> [Metric] {
    SummaryMetric.allCases.map(Metric.summary)
      + (0..<classCount).flatMap { index in
        ClassMetric.allCases.map { Metric.perClass($0, index) }
      }
  }
}

/// The metrics of all rows together; the raw values are the names in files.
public enum SummaryMetric: String, Sendable, Hashable, Codable, CaseIterable {
  /// The share of rows that were right.
  case accuracy
  /// The mean F1 of the classes.
  case macroF1 = "macro_f1"
  /// The mean sensitivity of the classes that occur.
  case balancedAccuracy = "balanced_accuracy"
  /// Agreement beyond chance.
  case cohenKappa = "cohen_kappa"
  /// The correlation of truth and prediction.
  case matthewsCorrelation = "mcc"
  /// The mean of −log p of the true class.
  case logLoss = "log_loss"
  /// The mean squared error of the probabilities.
  case brierScore = "brier"
  /// The mean area under the ROC curves.
  case aurocMacro = "auroc_macro"
  /// The same, weighted by the rows of each class.
  case aurocWeighted = "auroc_weighted"
  /// The mean average precision.
  case averagePrecisionMacro = "auprc_macro"
  /// The mean distance of confidence and accuracy.
  case expectedCalibrationError = "ece"

  /// Whether a smaller value is the better one.
  public var isLowerBetter: Bool {
    self == .logLoss || self == .brierScore || self == .expectedCalibrationError
  }
}

/// The metrics of one class; the raw values are the names in files.
public enum ClassMetric: String, Sendable, Hashable, Codable, CaseIterable {
  /// TP / (TP + FN).
  case sensitivity
  /// TP / (TP + FP).
  case positivePredictiveValue = "ppv"
  /// TN / (TN + FP).
  case specificity
  /// The harmonic mean of sensitivity and positive predictive value.
  case f1
  /// Area under the ROC curve of the class against the rest.
  case auroc
  /// Average precision of the class against the rest.
  case averagePrecision = "auprc"
}

extension ClassificationMetrics {
  /// The value of a metric.
  ///
  /// - Precondition: The class of a class metric exists.
  public subscript(metric: Metric) -> MetricValue {
    switch metric {
    case .summary(let metric): self[metric]
    case .perClass(let metric, let index): perClass[index][metric]
    }
  }

  /// The value of a metric of all rows together.
  public subscript(metric: SummaryMetric) -> MetricValue {
    switch metric {
    case .accuracy: accuracy
    case .macroF1: macroF1
    case .balancedAccuracy: balancedAccuracy
    case .cohenKappa: cohenKappa
    case .matthewsCorrelation: matthewsCorrelation
    case .logLoss: logLoss
    case .brierScore: brierScore
    case .aurocMacro: aurocMacro
    case .aurocWeighted: aurocWeighted
    case .averagePrecisionMacro: averagePrecisionMacro
    case .expectedCalibrationError: expectedCalibrationError
    }
  }
}

extension ClassMetrics {
  /// The value of a metric.
  public subscript(metric: ClassMetric) -> MetricValue {
    switch metric {
    case .sensitivity: sensitivity
    case .positivePredictiveValue: positivePredictiveValue
    case .specificity: specificity
    case .f1: f1
    case .auroc: auroc
    case .averagePrecision: averagePrecision
    }
  }
}
