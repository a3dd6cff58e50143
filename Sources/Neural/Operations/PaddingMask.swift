/// Replaces the zeros behind a row's last non-zero sample by a marker.
struct PaddingMask: Operation {
  let input: Value
  let output: Value
  let marker: Float

  var inputs: [Value] { [input] }

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      let x = shard.value(input) + row * shard.stride(input)
      let y = shard.value(output) + row * shard.stride(output)
      var end = input.count
      while end > 0 && x[end - 1] == 0 { end -= 1 }
      y.update(from: x, count: end)
      (y + end).update(repeating: marker, count: input.count - end)
    }
  }

  /// Stands at the input of a network, where no gradient is wanted.
  func backward(_ shard: Shard, accumulating: UInt) {
    precondition(!shard.needsGradient(input), "the padding mask belongs at a network's input")
  }
}
