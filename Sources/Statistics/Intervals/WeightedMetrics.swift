import Dispatch

extension Metric {
  /// Whether the metric rests on the F1 of one of some classes.
  func needsF1(of classes: [Int]) -> Bool {
    switch self {
    case .summary(.macroF1): !classes.isEmpty
    case .perClass(.f1, let index): classes.contains(index)
    case .summary, .perClass: false
    }
  }
}

extension Resampling {
  /// All metrics of some models under many weightings of their units; `[metrics, weightings]` for
  /// each model, not a number where a metric is undefined.
  ///
  /// - Parameter weights: The weight of each unit in a weighting.
  func metrics(
    of models: [Predictions], weightings: Int, workers: Int,
    _ weights: @Sendable (Int) -> [UInt16]
  ) -> [[Double]] {
    let metrics = models.map { Metric.all(classCount: $0.classCount) }
    let occurring = models.map { model in
      (0..<model.classCount).filter(Set(model.labels).contains)
    }
    return evaluate(
      weightings: weightings, workers: workers, width: metrics.map(\.count), weights
    ) { block, model in
      models[model].metrics(block).map { result in
        let absent = occurring[model].filter { result.confusion.supports[$0] == 0 }
        return metrics[model].map { $0.needsF1(of: absent) ? .nan : result[$0].value ?? .nan }
      }
    }
  }

  /// Some numbers for every weighting and every index of `width`; `[width[index], weightings]`, as
  /// whoever reads a number wants it from all of them.
  ///
  /// - Parameter statistic: The numbers of an index, for each weighting of a block.
  func evaluate(
    weightings: Int, workers: Int, width: [Int], _ weights: @Sendable (Int) -> [UInt16],
    _ statistic: @Sendable (_ block: DrawBlock, _ index: Int) -> [[Double]]
  ) -> [[Double]] {
    precondition(weightings >= 0 && workers > 0, "\(weightings) weightings by \(workers) workers")
    let rowWidth = width.reduce(0, +)
    let all = [Double](unsafeUninitializedCapacity: weightings * rowWidth) { buffer, count in
      buffer.initialize(repeating: .nan)
      // Each weighting writes its own places.
      nonisolated(unsafe) let buffer = buffer
      let starts = Array(stride(from: 0, to: weightings, by: DrawBlock.width))
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for place in stride(from: worker, to: starts.count, by: workers) {
          let first = starts[place]
          let block = DrawBlock(
            (first..<min(first + DrawBlock.width, weightings)).map(weights))
          var offset = 0
          for index in width.indices {
            let lanes = statistic(block, index)
            for column in 0..<width[index] {
              let place = (offset + column) * weightings + first
              for lane in lanes.indices { buffer[place + lane] = lanes[lane][column] }
            }
            offset += width[index]
          }
        }
      }
      count = weightings * rowWidth
    }
    var offset = 0
    return width.map { width in
      defer { offset += width }
      return Array(all[offset * weightings..<(offset + width) * weightings])
    }
  }
}
