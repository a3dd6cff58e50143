import Tensors

/// Probabilities made less or more sure by a single number T: pₖ^(1/T) / Σⱼ pⱼ^(1/T), which is the
/// softmax of a network's logits over T.
///
/// No row is predicted as another class than before, since the order of a row's classes stays. T
/// above 1 says that a model was too sure. Source: Guo et al. 2017, On calibration of modern neural
/// networks, arXiv:1706.04599, section 4.2.
public struct TemperatureScaling: Sendable, Equatable {
  /// The number T, above 0.
  public let temperature: Double

  /// Temperatures that are looked for: 1/256 to 256.
  private static let widest = 256.0
  /// Probabilities below this one, the smallest normal `Float`, count as it.
  private static let leastProbability = Double(Float.leastNormalMagnitude)
  private static let parts = 5

  /// Scales by a number.
  public init(temperature: Double) {
    precondition(temperature > 0 && temperature.isFinite, "a temperature of \(temperature)")
    self.temperature = temperature
  }

  /// The temperature with the least log loss on some rows; `nil` where no temperature within the
  /// bounds has it: without rows, where every row is answered rightly (the surer the better), and
  /// where answers say nothing.
  ///
  /// The loss is convex in 1/T; its derivative is followed by Newton's steps within a bracket.
  ///
  /// - Parameter probabilities: Row-major `[rows, classes]`.
  /// - Complexity: O(rows × classes) a step, some ten steps.
  public init?(fittedTo labels: [Int], probabilities: [Double], classCount: Int) {
    self.init(
      fittedTo: LogRatios(labels, probabilities, classCount, least: Self.leastProbability),
      startingAt: 1)
  }

  private init?(fittedTo rows: LogRatios, startingAt guess: Double) {
    var low = 1 / Self.widest
    var high = Self.widest
    guard rows.slope(low).first < 0, rows.slope(high).first > 0 else { return nil }
    var inverse = 1 / guess
    for _ in 0..<100 {
      let slope = rows.slope(inverse)
      if slope.first > 0 { high = inverse } else { low = inverse }
      let step = inverse - slope.first / slope.second
      let next = step > low && step < high ? step : (low + high) / 2
      // The error of a step of Newton's is about the square of its length.
      let isSettled = (next - inverse).magnitude <= 1e-8 * inverse
      inverse = next
      if isSettled { break }
    }
    temperature = 1 / inverse
  }

  /// The probabilities at this temperature, row-major as given.
  public func scaled(_ probabilities: [Double], classCount: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(probabilities.count)
    for start in stride(from: 0, to: probabilities.count, by: classCount) {
      let logs = probabilities[start..<start + classCount].map {
        Elementary.log(max($0, Self.leastProbability)) / temperature
      }
      let largest = logs.reduce(-Double.infinity, max)
      let weights = logs.map { Elementary.exp($0 - largest) }
      let sum = weights.reduce(0, +)
      result += weights.map { $0 / sum }
    }
    return result
  }

  /// Every fifth of the rows at the temperature that was fitted to the other four, so that what
  /// scaling is worth is not said by rows that chose it; `nil` where a fit has no temperature.
  ///
  /// - Parameter guess: A temperature from which the search begins, such as that of all rows.
  public static func crossFitted(
    labels: [Int], probabilities: [Double], classCount: Int, startingAt guess: Double = 1
  ) -> [Double]? {
    let ratios = LogRatios(labels, probabilities, classCount, least: leastProbability)
    var random = Philox(seed: 0, purpose: "temperature parts").stream()
    let shuffled = random.shuffled(Array(labels.indices))
    func columns(_ row: Int) -> ArraySlice<Double> {
      probabilities[row * classCount..<(row + 1) * classCount]
    }
    var result = probabilities
    for part in 0..<parts {
      let held = shuffled.indices.filter { $0 % parts == part }.map { shuffled[$0] }
      let fitting = shuffled.indices.filter { $0 % parts != part }.map { shuffled[$0] }
      guard
        let scaling = TemperatureScaling(fittedTo: ratios.only(fitting), startingAt: guess)
      else { return nil }
      let scaled = scaling.scaled(held.flatMap(columns), classCount: classCount)
      for (place, row) in held.enumerated() {
        for column in 0..<classCount {
          result[row * classCount + column] = scaled[place * classCount + column]
        }
      }
    }
    return result
  }
}

/// Of each row the logarithms of its probabilities over that of its own class.
private struct LogRatios {
  private let values: [Double]
  private let classCount: Int

  init(_ labels: [Int], _ probabilities: [Double], _ classCount: Int, least: Double) {
    self.classCount = classCount
    var values = probabilities.map { Elementary.log(max($0, least)) }
    for (row, label) in labels.enumerated() {
      let own = values[row * classCount + label]
      for column in row * classCount..<(row + 1) * classCount { values[column] -= own }
    }
    self.values = values
  }

  private init(values: [Double], classCount: Int) {
    self.values = values
    self.classCount = classCount
  }

  /// Those of some rows.
  func only(_ rows: [Int]) -> LogRatios {
    var chosen: [Double] = []
    chosen.reserveCapacity(rows.count * classCount)
    for row in rows { chosen += values[row * classCount..<(row + 1) * classCount] }
    return LogRatios(values: chosen, classCount: classCount)
  }

  /// First and second derivative of the summed log loss by 1/T.
  func slope(_ inverse: Double) -> (first: Double, second: Double) {
    var first = 0.0
    var second = 0.0
    for start in stride(from: 0, to: values.count, by: classCount) {
      var largest = 0.0
      for place in start..<start + classCount { largest = max(largest, values[place]) }
      var (sum, mean, square) = (0.0, 0.0, 0.0)
      for place in start..<start + classCount {
        let value = values[place]
        let weight = Elementary.exp(inverse * (value - largest))
        sum += weight
        mean += weight * value
        square += weight * value * value
      }
      mean /= sum
      first += mean
      second += square / sum - mean * mean
    }
    return (first, second)
  }
}
