import Tensors

/// A sine wave, sample by sample, by the rotation of a vector: four multiplications a value.
struct Oscillator {
  private var cosine: Double
  private var sine: Double
  private let cosineStep: Double
  private let sineStep: Double

  /// A sine wave of the given height that starts at `phase` radians.
  init(amplitude: Double, frequency: Double, samplingRate: Double, phase: Double) {
    cosine = amplitude * Elementary.cos(phase)
    sine = amplitude * Elementary.sin(phase)
    let angle = 2 * Double.pi * frequency / samplingRate
    cosineStep = Elementary.cos(angle)
    sineStep = Elementary.sin(angle)
  }

  /// The next value.
  mutating func next() -> Double {
    let value = sine
    sine = value * cosineStep + cosine * sineStep
    cosine = cosine * cosineStep - value * sineStep
    return value
  }
}
