extension Metric {
  /// Whether it follows from how often each class was predicted for rows of each class, so that no
  /// ranking of the rows is needed.
  var isCounted: Bool {
    switch self {
    case .summary(.accuracy), .summary(.macroF1), .perClass(.f1, _): true
    case .summary, .perClass: false
    }
  }

  /// The value of a counted metric, not a number where it is undefined or rests on the F1 of an
  /// absent class.
  fileprivate func value(of confusion: ConfusionMatrix, absent: [Int]) -> Double {
    let value: MetricValue =
      switch self {
      case .summary(.macroF1): confusion.macroF1()
      case .perClass(.f1, let index): confusion.f1(index)
      case .summary, .perClass: confusion.accuracy
      }
    return needsF1(of: absent) ? .nan : value.value ?? .nan
  }
}

extension Resampling {
  /// Some metrics of models under many weightings of their units, `[metrics, weightings]` for each
  /// model: the same numbers as among all metrics, much sooner where all of them are counted.
  ///
  /// - Parameters:
  ///   - chosen: The metrics; all where there are none.
  ///   - weights: The weight of each unit in a weighting.
  func metrics(
    _ chosen: [Metric], of models: [Predictions], weightings: Int, workers: Int,
    _ weights: @Sendable (Int) -> [UInt16]
  ) -> [(metrics: [Metric], values: [Double])] {
    guard !chosen.isEmpty, chosen.allSatisfy(\.isCounted) else {
      let values = metrics(of: models, weightings: weightings, workers: workers, weights)
      return zip(models, values).map { (Metric.all(classCount: $0.classCount), $1) }
    }
    let counted = models.map(UnitCounts.init)
    return evaluate(
      weightings: weightings, workers: workers, width: models.map { _ in chosen.count }, weights
    ) { block, model in
      counted[model].confusions(block).map { confusion in
        let absent = counted[model].occurring.filter { confusion.supports[$0] == 0 }
        return chosen.map { $0.value(of: confusion, absent: absent) }
      }
    }.map { (chosen, $0) }
  }
}

/// How many rows of each class a unit has that are predicted as each class.
struct UnitCounts: Sendable {
  private struct Entry {
    let unit: Int
    let cell: Int
    var count: Int32
  }

  /// The classes that rows have.
  let occurring: [Int]
  private let classCount: Int
  private let entries: [Entry]

  init(_ model: Predictions) {
    let classCount = model.classCount
    self.classCount = classCount
    occurring = (0..<classCount).filter(Set(model.labels).contains)
    let cells = classCount * classCount
    var places = [Int](repeating: -1, count: model.unitCount * cells)
    var entries: [Entry] = []
    for fact in model.facts {
      let cell = Int(fact.label) * classCount + Int(fact.predicted)
      let place = Int(fact.unit) * cells + cell
      if places[place] < 0 {
        places[place] = entries.count
        entries.append(Entry(unit: Int(fact.unit), cell: cell, count: fact.count))
      } else {
        entries[places[place]].count += fact.count
      }
    }
    self.entries = entries
  }

  /// The confusion matrix of every weighting of a block.
  func confusions(_ block: DrawBlock) -> [ConfusionMatrix] {
    var counts = [DrawBlock.Counts](repeating: .zero, count: classCount * classCount)
    for entry in entries {
      counts[entry.cell] &+= DrawBlock.weights(block.lanes[entry.unit], of: entry.count)
    }
    return block.draws.indices.map { lane in
      ConfusionMatrix(classCount: classCount, counts: counts.map { Int($0[lane]) })
    }
  }
}
