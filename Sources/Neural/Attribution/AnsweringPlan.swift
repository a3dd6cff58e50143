extension Plan {
  /// The same network as it answers after its training: nothing is dropped, and gradients go back
  /// through the mark of the padding.
  ///
  /// - Parameter open: A value that is rectified, whose gradient is then that of its numbers as they
  ///   are, also where they are zero.
  func answering(open: Value? = nil) -> Plan {
    var storages = storages
    if let open { storages[open.storage].isRectified = false }
    return Plan(
      input: input, output: output, parameters: parameters, weightCount: weightCount,
      operations: operations.map { planned in
        PlannedOperation(
          operation: planned.operation.answering, accumulating: planned.accumulating,
          sharesWeights: planned.sharesWeights)
      }, storages: storages)
  }
}

extension Operation {
  /// The operation outside of training, with a backward pass.
  fileprivate var answering: any Operation {
    switch self {
    case let dropping as Dropping:
      Dropping(input: dropping.input, output: dropping.output, rate: 0, path: dropping.path)
    case let attention as Attention:
      Attention(
        input: attention.input, output: attention.output, heads: attention.heads,
        width: attention.width, dropoutRate: 0, path: attention.path)
    case let mask as PaddingMask: TransparentPaddingMask(mask: mask)
    default: self
    }
  }
}

/// A padding mask that lets the gradients of a beat's samples pass; the mark itself is constant.
private struct TransparentPaddingMask: Operation {
  let mask: PaddingMask

  var inputs: [Value] { mask.inputs }
  var output: Value { mask.output }

  func forward(_ shard: Shard) { mask.forward(shard) }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(mask.input) else { return }
    precondition(accumulating & 1 == 0, "the padding mask is the only reader of a network's input")
    for row in 0..<shard.rows {
      let x = shard.value(mask.input) + row * shard.stride(mask.input)
      let dy = shard.gradient(output) + row * shard.gradientStride(output)
      let dx = shard.gradient(mask.input) + row * shard.gradientStride(mask.input)
      var end = mask.input.count
      while end > 0 && x[end - 1] == 0 { end -= 1 }
      dx.update(from: dy, count: end)
      (dx + end).update(repeating: 0, count: mask.input.count - end)
    }
  }
}
