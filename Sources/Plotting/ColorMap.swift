/// A perceptually uniform map from 0…1 to colours, for matrices.
public enum ColorMap {
  /// Viridis, dark violet at 0 to yellow at 1.
  ///
  /// Polynomials of degree 6 fitted by least squares to the 256 colours of viridis (S. van der
  /// Walt, N. Smith, E. Firing, 2015, CC0; matplotlib's `colormaps['viridis']`), coefficients
  /// rounded to four decimals; largest deviation of a component .017.
  public static func viridis(_ value: Double) -> Color {
    let t = min(max(value, 0), 1)
    func component(_ coefficients: [Double]) -> Double {
      min(max(coefficients.reversed().reduce(0) { $0 * t + $1 }, 0), 1)
    }
    return Color(
      red: component([0.2745, 0.1077, -0.3272, -4.5999, 6.2037, 4.7518, -5.4321]),
      green: component([0.0058, 1.3965, 0.2148, -5.7582, 14.154, -13.7494, 4.6416]),
      blue: component([0.3327, 1.3868, 0.092, -19.2918, 56.6563, -65.321, 26.2721]))
  }
}
