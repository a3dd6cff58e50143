/// How near the nearest rows are, and what they say about the class.
public struct NeighbourFacts: Sendable, Codable, Equatable {
  /// Rows that have a nearest one.
  public let count: Int
  /// Euclidean distance to the nearest row at 0, 1, … 100 % of the rows; empty without rows.
  public let distances: [Float]
  /// Rows by their class and that of the nearest row, row-major: what the classifier by the nearest
  /// neighbour answers.
  public let confusion: [Int]
  /// Rows whose nearest one is of the same person; `nil` where nobody is named.
  public let samePersonCount: Int?

  /// The share of rows whose nearest one is of their class; `nil` without rows.
  public let accuracy: Double?

  /// The median distance; `nil` without rows.
  public var medianDistance: Float? { distances.isEmpty ? nil : distances[50] }

  init(_ rows: [Int], nearest: [NearestRows.Neighbour?], in data: Dataset) {
    let pairs = zip(rows, nearest).compactMap { row, neighbour in
      neighbour.map { (row: row, neighbour: $0) }
    }
    let classes = data.classes.count
    var confusion = [Int](repeating: 0, count: classes * classes)
    for (row, neighbour) in pairs {
      confusion[Int(data.labels[row]) * classes + Int(data.labels[neighbour.row])] += 1
    }
    let sorted = pairs.map { Float($0.neighbour.squaredDistance.squareRoot()) }.sorted()
    count = pairs.count
    distances =
      sorted.isEmpty
      ? [] : (0...100).map { RowSpread.quantile(Double($0) / 100, ofSorted: sorted) }
    self.confusion = confusion
    let right = data.classes.indices.reduce(0) { $0 + confusion[$1 * classes + $1] }
    accuracy = pairs.isEmpty ? nil : Double(right) / Double(pairs.count)
    samePersonCount = data.origins.map { origins in
      pairs.count { origins[$0.row].subject == origins[$0.neighbour.row].subject }
    }
  }
}
