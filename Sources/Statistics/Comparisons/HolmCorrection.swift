/// p-values of a family of comparisons, corrected so that the chance of one false claim among all of
/// them stays below the level. Holm 1979, <https://www.jstor.org/stable/4615733>.
public enum HolmCorrection {
  /// The corrected p-values, in the order given; what has no p-value is no part of the family.
  public static func adjusted(_ pValues: [Double?]) -> [Double?] {
    let order = pValues.indices.filter { pValues[$0] != nil }
      .sorted { (pValues[$0] ?? 1, $0) < (pValues[$1] ?? 1, $1) }
    var adjusted = [Double?](repeating: nil, count: pValues.count)
    var largest = 0.0
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - place) * (pValues[index] ?? 1)))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// What the smallest p-value of a test can become at best in a family of so many.
  public static func smallest(_ pValue: Double, comparisons: Int) -> Double {
    min(1, Double(comparisons) * pValue)
  }
}
