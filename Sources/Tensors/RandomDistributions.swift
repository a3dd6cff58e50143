extension RandomStream {
  /// Two independent normal variates of mean 0 and standard deviation 1.
  ///
  /// Source: Box and Muller, A note on the generation of random normal deviates,
  /// doi:10.1214/aoms/1177706645. Always four words, whatever their values.
  public mutating func nextNormalPair() -> (Double, Double) {
    // One minus a number in 0..<1 is never 0.
    let radius = (-2 * Elementary.log(1 - nextUniform())).squareRoot()
    let angle = 2 * Double.pi * nextUniform()
    return (radius * Elementary.cos(angle), radius * Elementary.sin(angle))
  }

  /// A normal variate of mean 0 and standard deviation 1, from four words.
  public mutating func nextNormal() -> Double {
    let radius = (-2 * Elementary.log(1 - nextUniform())).squareRoot()
    return radius * Elementary.cos(2 * Double.pi * nextUniform())
  }

  /// A number in `range`, uniformly.
  public mutating func nextUniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * nextUniform()
  }
}
