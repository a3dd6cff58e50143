extension RandomStream {
  /// A normal variate of mean 0 and standard deviation 1.
  ///
  /// The cosine branch of Box and Muller, doi:10.1214/aoms/1177706645: two uniform numbers a
  /// variate, so the number of words drawn is always four and never depends on their values.
  public mutating func nextNormal() -> Double {
    // One minus a number in 0..<1 is never 0.
    let radius = (-2 * Elementary.log(1 - nextUniform())).squareRoot()
    return radius * Elementary.cos(2 * Double.pi * nextUniform())
  }

  /// A number in `range`, uniformly.
  public mutating func nextUniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * nextUniform()
  }
}
