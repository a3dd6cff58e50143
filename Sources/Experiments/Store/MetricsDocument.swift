public import Statistics

/// All metrics of a set of predictions as JSON: undefined ones are null, numbers have the shortest
/// digits that read back exactly.
public struct MetricsDocument: Encodable, Sendable {
  /// A metric, with its interval where one was asked for.
  private struct Estimate: Encodable {
    let value: Double?
    let hasInterval: Bool
    let interval: BootstrapInterval?

    private enum Key: String, CodingKey {
      case value, low, high
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(value, forKey: .value)
      guard hasInterval else { return }
      try container.encode(interval?.low, forKey: .low)
      try container.encode(interval?.high, forKey: .high)
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

  /// The metrics.
  public let metrics: ClassificationMetrics
  /// The symbol of each class.
  public let classes: [String]
  private let makeInterval: (@Sendable (Metric) -> BootstrapInterval?)?

  /// Describes metrics; classes without symbols are numbered.
  ///
  /// - Parameter interval: The interval of a metric, if intervals are wanted.
  public init(
    _ metrics: ClassificationMetrics, classes: [String]? = nil,
    interval: (@Sendable (Metric) -> BootstrapInterval?)? = nil
  ) {
    self.metrics = metrics
    makeInterval = interval
    self.classes = classes ?? metrics.perClass.indices.map { "\($0)" }
  }

  /// The metrics of all rows together, by their names in files: two classes have the areas and F1
  /// of the second, more classes their means.
  public var summaryMetrics: [(name: String, metric: Metric)] {
    let areas: Set<SummaryMetric> = [.aurocMacro, .aurocWeighted, .averagePrecisionMacro]
    let isBinary = metrics.perClass.count == 2
    let common = SummaryMetric.allCases.filter { !isBinary || !areas.contains($0) }
    let second: [ClassMetric] = isBinary ? [.f1, .auroc, .averagePrecision] : []
    return common.map { ($0.rawValue, .summary($0)) }
      + second.map { ($0.rawValue, .perClass($0, 1)) }
  }

  /// Writes the document.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(metrics.perClass.reduce(0) { $0 + $1.support }, forKey: .n)
    try container.encode(classes, forKey: .classes)
    var whole = container.nestedContainer(keyedBy: Name.self, forKey: .metrics)
    for (name, metric) in summaryMetrics {
      try whole.encode(estimate(metric), forKey: Name(name))
    }
    var list = container.nestedUnkeyedContainer(forKey: .perClass)
    for index in metrics.perClass.indices {
      var row = list.nestedContainer(keyedBy: Name.self)
      try row.encode(classes[index], forKey: Name("class"))
      try row.encode(metrics.perClass[index].support, forKey: Name("support"))
      for metric in ClassMetric.allCases {
        try row.encode(estimate(.perClass(metric, index)), forKey: Name(metric.rawValue))
      }
    }
  }

  private func estimate(_ metric: Metric) -> Estimate {
    Estimate(
      value: metrics[metric].value, hasInterval: makeInterval != nil, interval: interval(metric))
  }

  /// The interval of a metric; `nil` where the metric or its interval is undefined, or none wanted.
  func interval(_ metric: Metric) -> BootstrapInterval? {
    metrics[metric].value == nil ? nil : makeInterval?(metric)
  }
}
