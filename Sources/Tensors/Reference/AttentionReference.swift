extension Reference {
  /// The geometry of self-attention.
  public struct AttentionShape: Sendable {
    /// Rows of the batch.
    public var batch: Int
    /// Samples of a row: each asks, and each is asked.
    public var length: Int
    /// Attention distributions of each sample.
    public var heads: Int
    /// Channels of a head's queries, keys and values.
    public var width: Int

    /// Creates the geometry.
    public init(batch: Int, length: Int, heads: Int, width: Int) {
      self.batch = batch
      self.length = length
      self.heads = heads
      self.width = width
    }

    /// Where a number of the input stands: `part` is 0 for queries, 1 for keys, 2 for values.
    fileprivate func input(_ row: Int, _ sample: Int, part: Int, head: Int, _ channel: Int) -> Int {
      (((row * length + sample) * 3 + part) * heads + head) * width + channel
    }

    /// Where a number of the output stands.
    fileprivate func output(_ row: Int, _ sample: Int, head: Int, _ channel: Int) -> Int {
      ((row * length + sample) * heads + head) * width + channel
    }

    /// Where the weight that a query gives a key stands, in `[N, keys, heads, queries]`.
    public func weight(_ row: Int, key: Int, head: Int, query: Int) -> Int {
      ((row * length + key) * heads + head) * length + query
    }

    /// The number of weights.
    public var weightCount: Int { batch * length * heads * length }
  }

  /// `softmax(Q Kᵀ / √d) V` in each head: `[N, L, 3 · heads · d]` to `[N, L, heads · d]`.
  ///
  /// - Parameter factors: What each weight is multiplied with after the softmax, in
  ///   `[N, keys, heads, queries]`: 0 or `1 / (1 − rate)` under dropout.
  public static func attention<Scalar: ReferenceScalar>(
    _ x: [Scalar], factors: [Scalar]? = nil, shape: AttentionShape
  ) -> [Scalar] {
    let weights = attentionWeights(x, shape: shape)
    var y = [Scalar](repeating: 0, count: x.count / 3)
    forEachPair(shape) { row, head, query, key in
      let index = shape.weight(row, key: key, head: head, query: query)
      let weight = weights[index] * (factors?[index] ?? 1)
      for c in 0..<shape.width {
        y[shape.output(row, query, head: head, c)] +=
          weight * x[shape.input(row, key, part: 2, head: head, c)]
      }
    }
    return y
  }

  /// The gradient of ``attention(_:factors:shape:)`` with respect to its input.
  public static func attentionGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], factors: [Scalar]? = nil, outputGradient: [Scalar], shape: AttentionShape
  ) -> [Scalar] {
    let weights = attentionWeights(x, shape: shape)
    var dx = [Scalar](repeating: 0, count: x.count)
    var weightGradients = weights.map { _ in Scalar(0) }
    forEachPair(shape) { row, head, query, key in
      let index = shape.weight(row, key: key, head: head, query: query)
      let factor = factors?[index] ?? 1
      for c in 0..<shape.width {
        let gradient = outputGradient[shape.output(row, query, head: head, c)]
        let value = shape.input(row, key, part: 2, head: head, c)
        dx[value] += weights[index] * factor * gradient
        weightGradients[index] += x[value] * factor * gradient
      }
    }
    let scale = 1 / Scalar(shape.width).squareRoot()
    forEachPair(shape) { row, head, query, key in
      let mean = (0..<shape.length).reduce(Scalar(0)) { sum, other in
        let index = shape.weight(row, key: other, head: head, query: query)
        return sum + weights[index] * weightGradients[index]
      }
      let index = shape.weight(row, key: key, head: head, query: query)
      let gradient = scale * weights[index] * (weightGradients[index] - mean)
      for c in 0..<shape.width {
        let asking = shape.input(row, query, part: 0, head: head, c)
        let asked = shape.input(row, key, part: 1, head: head, c)
        dx[asking] += gradient * x[asked]
        dx[asked] += gradient * x[asking]
      }
    }
    return dx
  }

  /// `softmax(Q Kᵀ / √d)`, in `[N, keys, heads, queries]`.
  private static func attentionWeights<Scalar: ReferenceScalar>(
    _ x: [Scalar], shape: AttentionShape
  ) -> [Scalar] {
    var scores = [Scalar](repeating: 0, count: shape.weightCount)
    let scale = 1 / Scalar(shape.width).squareRoot()
    forEachPair(shape) { row, head, query, key in
      for c in 0..<shape.width {
        scores[shape.weight(row, key: key, head: head, query: query)] +=
          scale * x[shape.input(row, query, part: 0, head: head, c)]
          * x[shape.input(row, key, part: 1, head: head, c)]
      }
    }
    for row in 0..<shape.batch {
      for head in 0..<shape.heads {
        for query in 0..<shape.length {
          let places = (0..<shape.length).map {
            shape.weight(row, key: $0, head: head, query: query)
          }
          for (place, weight) in zip(places, distribution(places.map { scores[$0] })) {
            scores[place] = weight
          }
        }
      }
    }
    return scores
  }

  private static func distribution<Scalar: ReferenceScalar>(_ scores: [Scalar]) -> [Scalar] {
    let largest = scores.reduce(scores[0]) { Swift.max($0, $1) }
    let powers = scores.map { Scalar.exponential($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private static func forEachPair(
    _ shape: AttentionShape, _ body: (_ row: Int, _ head: Int, _ query: Int, _ key: Int) -> Void
  ) {
    for row in 0..<shape.batch {
      for head in 0..<shape.heads {
        for query in 0..<shape.length {
          for key in 0..<shape.length { body(row, head, query, key) }
        }
      }
    }
  }
}
