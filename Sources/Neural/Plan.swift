/// A piece of memory that flows through a network, `[N, length, channels]`.
///
/// Several values may be views of one storage: a flattened tensor is the same numbers.
public struct Value: Sendable, Hashable {
  /// The storage that holds it.
  let storage: Int
  /// Samples.
  public let length: Int
  /// Channels of a sample.
  public let channels: Int

  /// Numbers in a row.
  public var count: Int { length * channels }
}

/// What is known of a piece of memory before any row is computed.
struct Storage: Sendable {
  let length: Int
  let channels: Int
  /// Zero samples around each row that a convolution reads.
  var halo = Halo()
  /// Zero samples around each row of the gradient.
  var gradientHalo = Halo()
  /// The value went through a rectifier: its gradient counts only where the value is above zero,
  /// and whoever writes the gradient applies that.
  var isRectified = false
  /// Used by more than the next operation: it may not be changed in place.
  var isShared = false
  /// Whether any trained weight stands before it.
  var needsGradient = false
  /// Whether something views it as one flat row.
  var isFlat = false

  /// Floats from one row of the batch to the next.
  var valueStride: Int { (length + halo.before + halo.after) * channels }
  /// Floats from one row of the gradient to the next.
  var gradientStride: Int { (length + gradientHalo.before + gradientHalo.after) * channels }
}

/// Zero samples before and after each row.
struct Halo: Sendable, Hashable {
  var before = 0
  var after = 0

  var isEmpty: Bool { before == 0 && after == 0 }

  mutating func cover(_ other: Halo) {
    before = max(before, other.before)
    after = max(after, other.after)
  }
}

/// An operation, and what already holds a gradient when its turn comes.
struct PlannedOperation: Sendable {
  let operation: any Operation
  /// Which of its inputs.
  let accumulating: UInt
  /// Whether its weights do: they are shared with an operation behind it.
  let sharesWeights: Bool
}

/// An operation before which all shards meet, and its place in the plan.
struct Meeting: Sendable {
  let index: Int
  let operation: any SynchronizedOperation
}

/// A network, laid out: operations in order, storages and parameters.
public struct Plan: Sendable {
  /// What the rows are fed into.
  public let input: Value
  /// The logits.
  public let output: Value
  /// Every parameter, in the order the layers declared them.
  public let parameters: [Parameter]
  /// Length of the weights, padding between parameters included.
  public let weightCount: Int
  let operations: [PlannedOperation]
  let storages: [Storage]
  let segments: Segments
  /// For each storage, the one that holds its gradient.
  let gradientOwners: [Int]
  /// Weights that an optimizer may have decay, see ``Parameter/decays``.
  let decayedRanges: [Range<Int>]
  /// Weights that are not trained although gradients flow through their operations.
  let frozenRanges: [Range<Int>]
  /// Rows that are computed together, so that they stay in the processor's caches.
  let microBatch: Int
  /// The most rows that are computed together. Measured with recurrent layers, whose tiles more rows
  /// would fill better: what is kept of all steps counts for more.
  static let largestMicroBatch = 16

  /// Lays out a network for rows of `length` samples and `channels` channels.
  ///
  /// - Parameters:
  ///   - frozen: Paths of what is not trained, for example `conv1`. Where nothing before it is
  ///     trained either, no gradient is computed; a batch normalisation uses its stored statistics.
  ///   - differentiableInput: Whether gradients go back to the rows themselves.
  public init(
    _ layer: some Layer, length: Int, channels: Int = 1, frozen: [String] = [],
    differentiableInput: Bool = false
  ) {
    var builder = PlanBuilder(
      length: length, channels: channels, frozen: frozen, differentiableInput: differentiableInput)
    let output = layer.build(&builder, builder.input)
    self = builder.finish(output)
  }

  init(
    input: Value, output: Value, parameters: [Parameter], weightCount: Int,
    operations: [PlannedOperation], storages: [Storage]
  ) {
    self.input = input
    self.output = output
    self.parameters = parameters
    self.weightCount = weightCount
    self.operations = operations
    let sharing = GradientSharing(
      operations.map(\.operation), storages: storages, input: input.storage)
    gradientOwners = sharing.owners
    self.storages = sharing.padded(storages)
    segments = Segments(
      operations.map(\.operation), gradientOwners: gradientOwners, input: input.storage)
    decayedRanges = parameters.filter(\.decays).map(\.range)
    frozenRanges = operations.map(\.operation).filter { storages[$0.output.storage].needsGradient }
      .flatMap(\.parameters).filter { !$0.isTrained }.map(\.range)
    let largest = storages.map(\.valueStride).max() ?? 1
    microBatch =
      segments.ranges.count == 1
      ? Self.largestMicroBatch : max(2, min(Self.largestMicroBatch, Self.windowCount / largest))
  }

  /// Floats of a network's largest value in a window, where shards meet: what a walk keeps goes to
  /// memory and back, and a walk's own values have to stay in the second cache meanwhile. Measured
  /// with the 398 layers deep network: 2 rows of 48 KiB are 1.5 times as fast as 16.
  private static let windowCount = 1 << 15

  /// Elements of all parameters.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Elements of the parameters that gradients move.
  public var trainedParameterCount: Int {
    parameters.reduce(0) { $0 + ($1.isTrained ? $1.count : 0) }
  }

  /// The operations before which all shards meet.
  var meetings: [Meeting] {
    operations.enumerated().compactMap { index, planned in
      (planned.operation as? any SynchronizedOperation).map { Meeting(index: index, operation: $0) }
    }
  }

  /// Multiply-adds of the forward pass, a row.
  public var multiplyAdds: Int { operations.reduce(0) { $0 + $1.operation.multiplyAdds } }

  /// Multiply-adds of a training step, a row: each product forward, for its weights (or its second
  /// factor) and, where a gradient goes further back, for its input; sparse gradients are counted
  /// as if they were dense.
  public var trainingMultiplyAdds: Int {
    operations.map(\.operation).reduce(0) { sum, operation in
      let goesBack = operation.inputs.contains { storages[$0.storage].needsGradient }
      return sum + operation.trainingMultiplyAdds(goesBack: goesBack)
    }
  }
}

/// Collects what layers add to a network.
public struct PlanBuilder: Sendable {
  /// What the rows are fed into.
  public let input: Value
  private var storages: [Storage] = []
  private var operations: [any Operation] = []
  private var parameters: [Parameter] = []
  private var weightCount = 0
  private var layerCounts: [String: Int] = [:]
  private var maskCounts: [String: Int] = [:]
  /// What the paths of shared layers begin with.
  private var scope = ""
  private let frozen: [String]

  init(length: Int, channels: Int, frozen: [String], differentiableInput: Bool) {
    self.frozen = frozen
    storages = [Storage(length: length, channels: channels)]
    storages[0].needsGradient = differentiableInput
    input = Value(storage: 0, length: length, channels: channels)
  }

  /// A name that no other layer has: `conv`, then `conv1`, `conv2`, … in order of appearance.
  mutating func uniqueName(_ kind: String) -> String {
    layerCounts[kind, default: 0] += 1
    return "\(scope)\(kind)\(layerCounts[kind, default: 0])"
  }

  /// A name for random draws that no other layer has, not even the same shared one elsewhere.
  mutating func uniqueMaskName(_ kind: String) -> String {
    maskCounts[kind, default: 0] += 1
    return "\(kind)\(maskCounts[kind, default: 0])"
  }

  /// Adds layers whose paths begin with the name and are counted from 1 each time.
  mutating func withScope(
    _ name: String, _ body: (inout PlanBuilder) -> Value
  ) -> Value {
    let outer = (scope, layerCounts)
    (scope, layerCounts) = ("\(scope)\(name).", [:])
    let output = body(&self)
    (scope, layerCounts) = outer
    return output
  }

  /// Adds a parameter, or finds that of the same shared layer.
  mutating func parameter(
    _ path: String, _ shape: [Int], _ initializer: Initializer, isTrained: Bool = true
  ) -> Parameter {
    if let shared = parameters.first(where: { $0.path == path }) {
      precondition(
        shared.shape == shape, "\(path) has the shape \(shared.shape), and elsewhere \(shape)")
      return shared
    }
    let parameter = Parameter(
      path: path, shape: shape, initializer: initializer, offset: weightCount,
      isTrained: isTrained && !isFrozen(path))
    parameters.append(parameter)
    // Each parameter starts on a cache line and may be read a vector beyond its end.
    weightCount += (parameter.count + 31) / 16 * 16
    return parameter
  }

  /// Whether what is at or below the path is not trained.
  func isFrozen(_ path: String) -> Bool { ParameterSelection.contains(frozen, path) }

  /// Has the network keep a parameter with its last dimension first.
  mutating func storeTransposed(_ parameter: Parameter) -> Parameter {
    var transposed = parameter
    transposed.isTransposed = true
    parameters = parameters.map { $0.path == parameter.path ? transposed : $0 }
    return transposed
  }

  /// Adds memory for `[N, length, channels]`.
  mutating func value(length: Int, channels: Int) -> Value {
    precondition(length > 0 && channels > 0, "an output of \(length) × \(channels) is empty")
    storages.append(Storage(length: length, channels: channels))
    return Value(storage: storages.count - 1, length: length, channels: channels)
  }

  /// Adds an operation; its output was made by ``value(length:channels:)`` or is its input.
  mutating func append(_ operation: any Operation) {
    let trained = operation.parameters.contains(where: \.isTrained)
    if trained || operation.inputs.contains(where: { storages[$0.storage].needsGradient }) {
      storages[operation.output.storage].needsGradient = true
    }
    operations.append(operation)
  }

  /// The last operation, if nothing but the caller can have seen its output.
  func producer(of value: Value) -> (any Operation)? {
    guard let last = operations.last, last.output == value, !storages[value.storage].isShared
    else { return nil }
    return last
  }

  /// Puts another operation, with its own output, in the place of the last one.
  mutating func replaceLast(with operation: any Operation) {
    operations.removeLast()
    append(operation)
  }

  /// Says that a value is used again later, so that it is not changed in place.
  mutating func share(_ value: Value) {
    storages[value.storage].isShared = true
  }

  /// Asks for zero samples around each row of a value.
  mutating func requireHalo(_ halo: Halo, around value: Value) {
    guard !halo.isEmpty else { return }
    precondition(!storages[value.storage].isFlat, "a flattened tensor cannot be padded")
    storages[value.storage].halo.cover(halo)
  }

  /// Asks for zero samples around each row of a value's gradient.
  mutating func requireGradientHalo(_ halo: Halo, around value: Value) {
    guard !halo.isEmpty else { return }
    precondition(!storages[value.storage].isFlat, "a flattened tensor cannot be padded")
    storages[value.storage].gradientHalo.cover(halo)
  }

  /// Notes that a value went through a rectifier.
  mutating func markRectified(_ value: Value) {
    storages[value.storage].isRectified = true
  }

  /// Whether a gradient with respect to the value is wanted.
  func needsGradient(_ value: Value) -> Bool { storages[value.storage].needsGradient }

  /// Whether zero samples stand around a value's rows or those of its gradient.
  func isPadded(_ value: Value) -> Bool {
    let storage = storages[value.storage]
    return !storage.halo.isEmpty || !storage.gradientHalo.isEmpty
  }

  /// The same numbers as one sample of all channels.
  mutating func flattened(_ value: Value) -> Value {
    precondition(!isPadded(value), "a padded tensor cannot be flattened in place")
    storages[value.storage].isFlat = true
    return Value(storage: value.storage, length: 1, channels: value.count)
  }

  /// The finished plan.
  consuming func finish(_ output: Value) -> Plan {
    var written: Set<Int> = []
    var weighted: Set<Int> = []
    var planned: [PlannedOperation] = []
    for operation in operations.reversed() {
      var accumulating: UInt = 0
      for (index, value) in operation.inputs.enumerated()
      where value.storage != operation.output.storage {
        if !written.insert(value.storage).inserted { accumulating |= 1 << index }
      }
      let isFirstUse = operation.parameters.reduce(true) {
        weighted.insert($1.offset).inserted && $0
      }
      planned.append(
        PlannedOperation(
          operation: operation, accumulating: accumulating, sharesWeights: !isFirstUse))
    }
    return Plan(
      input: input, output: output, parameters: parameters, weightCount: weightCount,
      operations: planned.reversed(), storages: storages)
  }
}
