internal import Datasets
internal import Experiments
internal import Plotting

/// The finished cells of one variant: one for each seed.
struct VariantResults {
  let facts: VariantFacts
  let cells: [CellResult]
}

extension TaskResults {
  /// The cells by variant, in study order, once their predictions are known to fit the task.
  func variants() throws(ReportError) -> [VariantResults] {
    for cell in cells { try check(cell) }
    return cells.reduce(into: []) { (groups: inout [[CellResult]], cell) in
      if groups.last?.first?.variant.id == cell.variant.id {
        groups[groups.count - 1].append(cell)
      } else {
        groups.append([cell])
      }
    }.compactMap { group in
      group.first.map { VariantResults(facts: $0.variant, cells: group) }
    }
  }

  var isBinary: Bool { data.classes.count == 2 }

  /// The seeds of the variant that has the fewest.
  var seedCount: Int {
    let counts = cells.reduce(into: [:]) { $0[$1.variant.id, default: 0] += 1 }
    return counts.values.min() ?? 0
  }

  /// For captions: the data set, the split, and the count of test beats.
  var testDescription: String {
    "\(data.title), \(data.protocolLabel); n = \(NumberText.grouped(data.testCount)) test beats"
  }

  /// For captions: the symbols of the classes with their names.
  var classKey: String {
    data.classes.map { $0.symbol == $0.name ? $0.name : "\($0.symbol): \($0.name)" }
      .joined(separator: "; ")
  }

  /// For the provenance of a figure of predictions.
  var predictionSources: [Provenance.Source] {
    cells.map {
      Provenance.Source(
        name: "predictions of \($0.variant.id), seed \($0.seed)", hash: $0.predictionsHash)
    }
  }

  /// For the provenance of a figure of the data.
  var dataSources: [Provenance.Source] {
    [Provenance.Source(name: "data set \(data.id)", hash: data.fingerprint)]
  }

  private func check(_ cell: CellResult) throws(ReportError) {
    let classes = data.classes.count
    let problem: String? =
      if cell.labels.isEmpty {
        "no test rows"
      } else if cell.probabilities.count != cell.labels.count * classes {
        "\(cell.probabilities.count) probabilities for \(cell.labels.count) rows of \(classes)"
      } else if !cell.labels.allSatisfy({ (0..<classes).contains($0) }) {
        "a label outside 0…\(classes - 1)"
      } else if !cell.probabilities.allSatisfy(\.isFinite) {
        "a probability that is not finite"
      } else if cell.labels != cells[0].labels {
        "other test labels than the first cell's"
      } else {
        nil
      }
    if let problem {
      throw .inconsistentPredictions(task: data.id, cell: cell.key, problem: problem)
    }
  }
}

extension CellResult {
  /// The most probable class of each row; the lowest index where several are.
  func predictions(classes: Int) -> [Int] {
    labels.indices.map { row in
      let scores = probabilities[row * classes..<(row + 1) * classes]
      return scores.indices.reduce(scores.startIndex) { scores[$1] > scores[$0] ? $1 : $0 }
        - scores.startIndex
    }
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
