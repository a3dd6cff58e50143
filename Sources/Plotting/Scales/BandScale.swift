/// Named categories in bands of equal width; the value of a category is its index from 0, which
/// stands in the middle of its band, `index ± 0.5` at its edges.
public struct BandScale: Scale, Equatable {
  /// The names, in order along the axis.
  public let categories: [String]

  /// Creates a scale.
  public init(_ categories: [String]) { self.categories = categories }

  /// The place of an index, `nil` if it is not finite or there are no categories.
  public func fraction(_ value: Double) -> Double? {
    let fraction = (value + 0.5) / Double(categories.count)
    return fraction.isFinite ? fraction : nil
  }

  /// Every category.
  public func ticks(about count: Int) -> [Tick] {
    categories.enumerated().map { Tick(Double($0.offset), $0.element) }
  }
}
