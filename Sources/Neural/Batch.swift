/// Rows that are computed together: indices into a larger array.
public struct Batch {
  private let inputs: UnsafeBufferPointer<Float>
  private let labels: UnsafeBufferPointer<UInt8>
  private let targets: UnsafeBufferPointer<Float>?
  private let indices: ArraySlice<Int>

  /// Names the rows of a batch.
  ///
  /// - Parameters:
  ///   - indices: The rows, in batch order.
  ///   - inputs: All rows, row-major; valid as long as the batch is used.
  ///   - labels: The class of every row; valid as long as the batch is used.
  ///   - targets: What a network should reproduce, as many numbers for every row, row-major; the
  ///     rows themselves by default. Valid as long as the batch is used.
  public init(
    _ indices: ArraySlice<Int>, of inputs: UnsafeBufferPointer<Float>,
    labels: UnsafeBufferPointer<UInt8>, targets: UnsafeBufferPointer<Float>? = nil
  ) {
    let targetCount = targets?.count ?? 0
    precondition(
      targetCount == 0 || !labels.isEmpty && targetCount % labels.count == 0,
      "\(targetCount) numbers are no targets for \(labels.count) rows")
    self.indices = indices
    self.inputs = inputs
    self.labels = labels
    self.targets = targets
  }

  /// The number of rows.
  public var count: Int { indices.count }

  /// The numbers of the row at a position of the batch.
  func row(_ position: Int, count: Int) -> UnsafePointer<Float> {
    let row = indices[indices.startIndex + position]
    precondition(
      (row + 1) * count <= inputs.count, "row \(row) of \(count) lies outside \(inputs.count)")
    guard let base = inputs.baseAddress else { preconditionFailure("an empty array has no rows") }
    return base + row * count
  }

  /// What the outputs of the row at a position are compared with.
  func target(_ position: Int, inputCount: Int) -> Target {
    let row = indices[indices.startIndex + position]
    let label = Int(labels[row])
    guard let targets else {
      return Target(
        label: label,
        values: UnsafeBufferPointer(start: self.row(position, count: inputCount), count: inputCount)
      )
    }
    let count = targets.count / labels.count
    return Target(
      label: label,
      values: UnsafeBufferPointer(rebasing: targets[row * count..<(row + 1) * count]))
  }
}

/// What a pass over some rows gave.
public struct BatchOutcome: Sendable, Equatable {
  /// Sum of the rows' losses.
  public var lossSum: Double = 0
  /// Rows whose class was right.
  public var rightCount = 0

  /// Nothing yet.
  public init() {}

  /// Adds another outcome.
  public mutating func add(_ other: BatchOutcome) {
    lossSum += other.lossSum
    rightCount += other.rightCount
  }
}

/// The shards of a batch: as many as micro-batches, at most four, each a range of its rows.
///
/// A function of the batch's size alone, so that threads do not take part in a result.
struct BatchShards: RandomAccessCollection {
  let rows: Int
  let endIndex: Int
  var startIndex: Int { 0 }

  init(rows: Int, microBatch: Int) {
    self.rows = rows
    endIndex = Swift.min(Network.maximumShards, (rows + microBatch - 1) / microBatch)
  }

  subscript(index: Int) -> Range<Int> {
    rows * index / endIndex..<rows * (index + 1) / endIndex
  }
}
