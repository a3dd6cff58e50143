public import Statistics

/// All metrics of a set of predictions as JSON: undefined ones are null, numbers have the shortest
/// digits that read back exactly.
public struct MetricsDocument: Encodable, Sendable {
  /// A metric, with its interval where one was asked for.
  private struct Estimate: Encodable {
    let value: Double?
    let interval: ConfidenceInterval?

    private enum Key: String, CodingKey {
      case value, low, high
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(value, forKey: .value)
      guard let interval else { return }
      try container.encode(interval.low, forKey: .low)
      try container.encode(interval.high, forKey: .high)
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private enum Key: String, CodingKey {
    case n, classes, metrics
    case perClass = "per_class"
  }

  private let metrics: ClassificationMetrics
  private let intervals: MetricIntervals?
  private let classes: [String]

  /// Describes metrics.
  ///
  /// - Parameters:
  ///   - classes: The symbol of each class; their numbers where there are none.
  ///   - intervals: The intervals of the metrics, if they are wanted.
  public init(
    _ metrics: ClassificationMetrics, classes: [String]? = nil, intervals: MetricIntervals? = nil
  ) {
    self.metrics = metrics
    self.intervals = intervals
    self.classes = classes ?? (0..<metrics.classCount).map(String.init)
  }

  /// The metrics of the whole, by the names of the file format.
  public static func names(classCount: Int) -> [(name: String, metric: Metric)] {
    let common: [(String, Metric)] = [
      ("accuracy", .accuracy), ("macro_f1", .macroF1), ("balanced_accuracy", .balancedAccuracy),
      ("cohen_kappa", .cohenKappa), ("mcc", .mcc), ("log_loss", .logLoss), ("brier", .brier),
      ("ece", .ece),
    ]
    return classCount == 2
      ? common + [("f1", .f1(1)), ("auroc", .auroc(1)), ("auprc", .auprc(1))]
      : common + [
        ("auroc_macro", .aurocMacro), ("auroc_weighted", .aurocWeighted),
        ("auprc_macro", .auprcMacro),
      ]
  }

  /// Writes the document.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(metrics.perClass.reduce(0) { $0 + $1.support }, forKey: .n)
    try container.encode(classes, forKey: .classes)
    var whole = container.nestedContainer(keyedBy: Name.self, forKey: .metrics)
    for (name, metric) in Self.names(classCount: metrics.classCount) {
      try whole.encode(estimate(metric), forKey: Name(name))
    }
    var list = container.nestedUnkeyedContainer(forKey: .perClass)
    for index in 0..<metrics.classCount {
      var row = list.nestedContainer(keyedBy: Name.self)
      try row.encode(classes[index], forKey: Name("class"))
      try row.encode(metrics.perClass[index].support, forKey: Name("support"))
      for (name, metric) in Self.classNames(index) {
        try row.encode(estimate(metric), forKey: Name(name))
      }
    }
  }

  private static func classNames(_ index: Int) -> [(String, Metric)] {
    [
      ("sensitivity", .sensitivity(index)), ("ppv", .ppv(index)),
      ("specificity", .specificity(index)), ("f1", .f1(index)), ("auroc", .auroc(index)),
      ("auprc", .auprc(index)),
    ]
  }

  private func estimate(_ metric: Metric) -> Estimate {
    Estimate(value: metrics[metric], interval: intervals?[metric])
  }
}
