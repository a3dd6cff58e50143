/// The value of a metric, or why it has none.
public enum MetricValue: Sendable, Equatable {
  /// The value.
  case defined(Double)
  /// Why there is no value, as the end of a sentence: `class 3 does not occur`.
  case undefined(String)

  /// The value, or `nil` where it is undefined.
  public var value: Double? {
    if case .defined(let value) = self { value } else { nil }
  }

  /// Why there is no value, or `nil` where there is one.
  public var reason: String? {
    if case .undefined(let reason) = self { reason } else { nil }
  }

  /// The quotient, or the reason where the denominator is 0.
  static func quotient(
    _ numerator: Double, _ denominator: Double, _ reason: @autoclosure () -> String
  ) -> MetricValue {
    denominator == 0 ? .undefined(reason()) : .defined(numerator / denominator)
  }

  /// The sum of the values times the weights, undefined where one of the values is.
  static func weightedSum(_ values: [MetricValue], _ weights: [Double]) -> MetricValue {
    var sum = 0.0
    for (value, weight) in zip(values, weights) {
      guard case .defined(let number) = value else { return value }
      sum += number * weight
    }
    return .defined(sum)
  }

  /// The mean of the values, undefined where one of them is.
  static func mean(_ values: [MetricValue]) -> MetricValue {
    weightedSum(
      values, [Double](repeating: 1 / Double(values.count), count: values.count))
  }
}
