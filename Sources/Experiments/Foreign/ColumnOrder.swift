import Datasets

extension PredictionsFile {
  /// So many of the rows of a class are right on average where columns are in order.
  private static let fewestRight = 0.5
  /// By so much another order has to be better.
  private static let least = 0.3

  /// For each column the class that it seems to be of, where that is another one: exchanged columns
  /// answer wrongly in a way that no model does. `nil` where the order given is as likely.
  ///
  /// Classes count alike, so that a model that always gives the same answer is not taken for one
  /// whose columns are exchanged.
  var likelierOrder: [Int]? {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
    for (row, label) in labels.enumerated() {
      let start = row * classCount
      let column = (1..<classCount).reduce(0) {
        scores[start + $1] > scores[start + $0] ? $1 : $0
      }
      counts[label][column] += 1
    }
    let occurring = (0..<classCount).filter { counts[$0].contains { $0 > 0 } }
    func share(_ order: [Int]) -> Double {
      order.enumerated().reduce(0) { sum, place in
        let row = counts[place.element]
        let total = row.reduce(0, +)
        return total == 0 ? sum : sum + Double(row[place.offset]) / Double(total)
      } / Double(max(1, occurring.count))
    }
    let given = share(Array(0..<classCount))
    guard given < 1 - Self.least, let best = Self.exchanged(classCount, by: share) else {
      return nil
    }
    let most = share(best)
    return most >= Self.fewestRight && most >= given + Self.least ? best : nil
  }

  /// The best order that is found by exchanging two columns as long as that helps.
  private static func exchanged(_ count: Int, by share: ([Int]) -> Double) -> [Int]? {
    var order = Array(0..<count)
    while true {
      let next = (0..<count).flatMap { one in
        (0..<one).map { other in
          var next = order
          next.swapAt(one, other)
          return next
        }
      }.max { share($0) < share($1) }
      guard let next, share(next) > share(order) else { break }
      order = next
    }
    return order == Array(0..<count) ? nil : order
  }
}
