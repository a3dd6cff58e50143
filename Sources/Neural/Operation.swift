import Tensors

/// What a network computes between two pieces of memory: the compiled form of a layer.
///
/// Operations are values without state. They read and write the memory of a ``Shard``, for as
/// many rows as the shard holds at the time.
protocol Operation: Sendable {
  /// What it reads.
  var inputs: [Value] { get }
  /// What it writes; may share its storage with the input.
  var output: Value { get }
  /// The weights it uses.
  var parameters: [Parameter] { get }
  /// Multiply-adds of the forward pass, a row.
  var multiplyAdds: Int { get }
  /// Multiply-adds of a training step, a row, with or without a gradient of the inputs.
  func trainingMultiplyAdds(goesBack: Bool) -> Int
  /// Whether negative results become zero.
  var rectifies: Bool { get }
  /// Memory of its own, in floats a row.
  var scratch: Scratch { get }
  /// Weights in another layout, recomputed after each update: their number.
  var derivedCount: Int { get }
  /// Whether the backward pass needs the values of the inputs.
  var readsInputsBackward: Bool { get }
  /// Whether the backward pass reads the output, which then may not be changed in place; a
  /// rectifier's is needed anyway.
  var readsOutputBackward: Bool { get }
  /// Whether the output is rather computed again than kept from the forward pass.
  var isCheap: Bool { get }

  /// The same operation with a rectifier behind it, or `nil` where it cannot have one.
  func rectified() -> (any Operation)?
  /// Recomputes the derived weights.
  func derive(_ weights: DerivedWeights)
  /// Computes the output.
  func forward(_ shard: Shard)
  /// Adds to the gradients of weights, and writes or adds to the gradients of the inputs; bit `i`
  /// of `accumulating` says that input `i` holds a gradient already.
  func backward(_ shard: Shard, accumulating: UInt)
}

/// Memory of an operation's own, in floats a row.
struct Scratch {
  /// Used within the forward pass.
  var forward = 0
  /// Kept from the forward to the backward pass.
  var kept = 0
  /// Kept from the forward to the backward pass, independent of the number of rows.
  var keptFixed = 0
  /// Used within a pass, independent of the number of rows: one memory for all operations.
  var shared = 0
}

extension Operation {
  var parameters: [Parameter] { [] }
  var multiplyAdds: Int { 0 }
  func trainingMultiplyAdds(goesBack: Bool) -> Int { multiplyAdds * (goesBack ? 3 : 2) }
  var rectifies: Bool { false }
  var scratch: Scratch { Scratch() }
  var derivedCount: Int { 0 }
  var readsInputsBackward: Bool { true }
  var readsOutputBackward: Bool { true }
  var isCheap: Bool { multiplyAdds == 0 }
  func rectified() -> (any Operation)? { nil }
  func derive(_ weights: DerivedWeights) {}
}

/// The memory for ``Operation/derive(_:)``.
struct DerivedWeights {
  let kernels: Kernels
  let weights: UnsafePointer<Float>
  let derived: UnsafeMutablePointer<Float>

  subscript(_ parameter: Parameter) -> UnsafePointer<Float> { weights + parameter.offset }
}

/// An operation whose output depends on all rows of the batch: the shards meet before it.
///
/// Each shard gathers what it knows into its fixed memory, then one thread merges the shards in
/// order into the derived weights, which all shards read.
protocol SynchronizedOperation: Operation {
  /// Sums over the rows of a window, added to those of the shard's windows before it.
  func gather(_ shard: Shard)
  /// Joins the shards' sums; may change weights that are not trained.
  func merge(
    _ shards: ArraySlice<Shard>, weights: UnsafeMutablePointer<Float>, derived: DerivedMemory)
  /// The same before the backward pass.
  func gatherGradient(_ shard: Shard)
  /// Joins the shards' sums.
  func mergeGradient(_ shards: ArraySlice<Shard>, derived: DerivedMemory)
}

/// The derived weights of one operation.
typealias DerivedMemory = UnsafeMutablePointer<Float>
