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

  /// For the provenance of a figure of predictions of some variants.
  func sources(of variants: [EvaluatedVariant]) -> [Provenance.Source] {
    variants.flatMap { variant in
      let share =
        variant.trainingShare < 1 ? ", \(percent(variant.trainingShare)) of the training rows" : ""
      return variant.cells.map {
        Provenance.Source(
          name: "predictions of \(name(of: variant)), seed \($0.result.seed)\(share)",
          hash: $0.result.predictionsHash)
      }
    }
  }

  /// For the provenance of what shows autoencoders, which have no predictions.
  var autoencoderSources: [Provenance.Source] {
    results.reconstructions.map {
      Provenance.Source(name: "cell of \(title(of: $0)), seed \($0.seed)", hash: $0.key)
    }
  }

  /// Data and every finished cell of the task.
  var allSources: [Provenance.Source] {
    dataSources + sources(of: variants + partialVariants) + autoencoderSources
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

  /// The elements on as few sheets of so many rows and columns as there can be; all rows but the
  /// last are full, and the first sheets have fewer rows where not all have as many.
  func sheets(rows: Int, columns: Int) -> [[Element]] {
    pages(of: columns).sheets(of: rows).map { $0.flatMap(\.self) }
  }

  /// The elements on as few sheets of at most `count` as there can be, as evenly as there can be,
  /// so that no last sheet is left with one panel.
  func sheets(of count: Int) -> [[Element]] {
    let sheets = (self.count + count - 1) / count
    return (0..<sheets).map { sheet in
      Array(self[sheet * self.count / sheets..<(sheet + 1) * self.count / sheets])
    }
  }
}
