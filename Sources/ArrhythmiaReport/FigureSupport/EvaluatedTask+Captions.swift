internal import Datasets
internal import Experiments
internal import Plotting

extension EvaluatedTask {
  /// For captions: the data set, the split, and the count of test beats.
  var testDescription: String {
    "\(data.title), \(splitWords); n = \(NumberText.grouped(data.testCount)) test beats"
  }

  /// For captions: the symbols of the classes with their names.
  var classKey: String {
    data.classes.map { $0.symbol == $0.name ? $0.name : "\($0.symbol): \($0.name)" }
      .joined(separator: "; ")
  }

  /// For the provenance of a figure of predictions.
  var predictionSources: [Provenance.Source] {
    results.cells.map {
      Provenance.Source(
        name: "predictions of \($0.variant.id), seed \($0.seed)", hash: $0.predictionsHash)
    }
  }

  /// For the provenance of a figure of the data.
  var dataSources: [Provenance.Source] {
    [Provenance.Source(name: "data set \(data.id)", hash: data.fingerprint)]
  }
}

extension Array {
  /// The elements in groups of at most `count`.
  func pages(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map {
      Array(self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}
