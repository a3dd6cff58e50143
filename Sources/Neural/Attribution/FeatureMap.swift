/// Where the samples of a value lie among those of a row: sample `t` at `first + step · t`.
struct TimeAxis: Equatable {
  var first = 0.0
  var step = 1.0

  /// Behind windows of so many samples, a stride apart.
  func windowed(reach: Int, stride: Int, before: Int) -> TimeAxis {
    TimeAxis(
      first: first + step * (Double(reach) / 2 - Double(before)), step: step * Double(stride))
  }
}

/// The last features of a network whose samples still follow each other in time: what its last
/// convolution along the row puts out, rectified, normalised and added up as it is before it is
/// pooled, read by a recurrent or dense layer, or mixed by attention.
struct FeatureMap {
  /// What is known once the operation ran: later ones read the map, none change it.
  let operation: Int
  /// The features; of a convolution into a maximum, which keeps none, that maximum.
  let value: Value
  /// Samples of the map.
  let length: Int
  let axis: TimeAxis

  /// The map of a network; `nil` for one without a convolution along time.
  init?(of plan: Plan) {
    let operations = plan.operations.map(\.operation)
    var axes: [Value: TimeAxis] = [plan.input: TimeAxis()]
    var found: FeatureMap?
    for (index, operation) in operations.enumerated() {
      guard let axis = Self.axis(behind: operation, axes) else { continue }
      if operation.output.length > 1 { axes[operation.output] = axis }
      switch operation {
      case let peak as PeakConvolution:
        found = FeatureMap(
          operation: index, value: peak.output, length: peak.convolution.output.length, axis: axis)
      case is Convolution where operation.output.length > 1:
        found = FeatureMap(
          operation: index, value: operation.output, length: operation.output.length, axis: axis)
      default:
        if let map = found, Self.keepsSamples(operation), operation.inputs.contains(map.value) {
          found = FeatureMap(
            operation: index, value: operation.output, length: map.length, axis: map.axis)
        }
      }
    }
    guard let found else { return nil }
    self = found
  }

  private init(operation: Int, value: Value, length: Int, axis: TimeAxis) {
    self.operation = operation
    self.value = value
    self.length = length
    self.axis = axis
  }

  /// Whether an operation computes each sample from the same one of its inputs.
  private static func keepsSamples(_ operation: any Operation) -> Bool {
    switch operation {
    case is FrozenNormalization, is Rectifying, is ParametricRectifying, is Activating, is Dropping,
      is Summation, is SampleNormalization:
      true
    default: false
    }
  }

  /// Where the samples behind an operation lie; `nil` where they are no samples in time.
  private static func axis(
    behind operation: any Operation, _ axes: [Value: TimeAxis]
  ) -> TimeAxis? {
    guard let axis = operation.inputs.first.flatMap({ axes[$0] }) else { return nil }
    switch operation {
    case let convolution as Convolution: return axis.behind(convolution.correlation)
    case let peak as PeakConvolution: return axis.behind(peak.convolution.correlation)
    case let pooling as MaxPooling:
      return axis.windowed(
        reach: pooling.window - 1, stride: pooling.stride, before: pooling.before)
    case is Scaling, is PaddingMask: return axis
    case is Summation:
      return operation.inputs.allSatisfy { axes[$0] != nil } ? axis : nil
    default: return keepsSamples(operation) ? axis : nil
    }
  }
}

extension TimeAxis {
  fileprivate func behind(_ correlation: Correlation) -> TimeAxis {
    windowed(
      reach: (correlation.taps - 1) * correlation.dilation, stride: correlation.stride,
      before: correlation.padding)
  }
}
