internal import Datasets
internal import Experiments
internal import Plotting

/// How near the nearest training row of a test row is: the more the curve of all people lies to
/// the left of that of other people, the more the split leaks.
struct NearestRowsFigure: Figure {
  let id = "nearest-rows"
  let title = "Nearest training rows"
  let placement = Placement.audit

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    guard let audit = task.results.audit else { return .pictures([]) }
    let curves = Self.curves(of: audit)
    guard !curves.isEmpty else {
      return .nothing(reason: "there are no rows to hold against others")
    }
    return .pictures([
      Picture(
        sheet: Sheet(width: .column, columns: 1, panels: [chart(curves)]),
        caption: caption(task, curves),
        data: FigureData([
          .texts("rows", curves.flatMap { curve in curve.distances.map { _ in curve.name } }),
          .numbers("share", curves.flatMap { $0.distances.indices.map { Double($0) / 100 } }),
          .samples("distance", curves.flatMap(\.distances)),
        ]), sources: task.dataSources)
    ])
  }

  private struct Curve {
    let name: String
    let distances: [Float]
  }

  private static func curves(of audit: DataAudit) -> [Curve] {
    let all: [(String, NeighbourFacts?)] = [
      ("test row, any training row", audit.nearest),
      ("test row, training row of another person", audit.nearestOfOthers),
      ("test row, other test row", audit.withinTest),
      ("training row, other training row", audit.withinTrain),
    ]
    return all.compactMap { name, facts in
      facts.flatMap { $0.distances.isEmpty ? nil : Curve(name: name, distances: $0.distances) }
    }
  }

  private func chart(_ curves: [Curve]) -> Chart {
    let largest = curves.flatMap { $0.distances.dropLast() }.max() ?? 1
    return Chart(
      x: Axis("distance to the nearest row", LinearScale(covering: [0, Double(largest)])),
      y: Axis("share of rows", LinearScale(0...1)), height: .ratio(0.75)
    ) {
      for (index, curve) in curves.enumerated() {
        // The farthest row of all would leave the others a small corner.
        Line(
          x: curve.distances.dropLast().map(Double.init), y: (0..<100).map { Double($0) / 100 },
          ink: .series(index), label: curve.name)
      }
    }
  }

  private func caption(_ task: EvaluatedTask, _ curves: [Curve]) -> String {
    "Euclidean distance from a row to the nearest of others, itself excepted, over all samples; "
      + "\(task.testDescription). Training rows are as many as test rows, evenly spread. The "
      + "farthest hundredth is not drawn."
  }
}
