import Tensors

/// What disturbs recordings in practice, as noise that is added to a beat.
public enum Disturbance: String, Sendable, Codable, CaseIterable {
  /// The baseline moves slowly, with breathing and electrodes: four sines between 0.05 and 0.5 Hz
  /// with random phases and heights.
  case baselineWander = "baseline-wander"
  /// Muscle activity: white noise less two fifths of the value before, more of it in the upper half
  /// of the band, as in surface electromyograms and in the generated recordings.
  case muscleNoise = "muscle-noise"
  /// Hum of the mains: a sine of 50 Hz with a random phase.
  case mainsHum = "mains-hum"

  /// Frequency of the mains, in hertz.
  private static let mainsFrequency = 50.0

  /// The noise of a row, of no particular height; the same for every network and ratio.
  ///
  /// - Parameters:
  ///   - row: Number of the row in its data set.
  ///   - count: Samples.
  ///   - samplingRate: Samples a second.
  func shape(row: Int, count: Int, samplingRate: Double) -> [Double] {
    var random = Philox(seed: 0, purpose: "disturbance", path: rawValue).stream(UInt32(row))
    switch self {
    case .baselineWander:
      let waves = (0..<4).map { _ in Wave(frequency: 0.05...0.5, height: 0.5...1, &random) }
      return (0..<count).map { sample in
        waves.reduce(0) { $0 + $1.value(at: Double(sample) / samplingRate) }
      }
    case .muscleNoise:
      var before = random.nextNormal()
      return (0..<count).map { _ in
        let next = random.nextNormal()
        defer { before = next }
        return next - 0.4 * before
      }
    case .mainsHum:
      let frequency = Self.mainsFrequency...Self.mainsFrequency
      let wave = Wave(frequency: frequency, height: 1...1, &random)
      return (0..<count).map { wave.value(at: Double($0) / samplingRate) }
    }
  }

  /// A beat with noise at a signal-to-noise ratio.
  ///
  /// The signal's power is the mean square of the samples about their mean, the noise's its mean
  /// square; the beat is neither scaled nor cut off again. One without any power stays as it is.
  ///
  /// - Parameters:
  ///   - beat: The samples of a row without its padding.
  ///   - row: Number of the row in its data set.
  ///   - decibels: Ten times the decimal logarithm of the ratio of the powers.
  func disturb(
    _ beat: [Float], row: Int, decibels: Double, samplingRate: Double
  ) -> [Float] {
    guard !beat.isEmpty else { return beat }
    let samples = beat.map(Double.init)
    let count = Double(beat.count)
    let mean = samples.reduce(0, +) / count
    let power = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let noise = shape(row: row, count: beat.count, samplingRate: samplingRate)
    let noisePower = noise.reduce(0) { $0 + $1 * $1 } / count
    guard power > 0, noisePower > 0 else { return beat }
    let scale = (power / noisePower / Elementary.pow(10, decibels / 10)).squareRoot()
    return zip(samples, noise).map { Float($0 + scale * $1) }
  }
}

/// A sine with a random frequency, height and phase.
private struct Wave {
  let frequency: Double
  let height: Double
  let phase: Double

  init(
    frequency: ClosedRange<Double>, height: ClosedRange<Double>, _ random: inout RandomStream
  ) {
    self.frequency = random.nextUniform(in: frequency)
    self.height = random.nextUniform(in: height)
    phase = random.nextUniform(in: 0...2 * Double.pi)
  }

  func value(at seconds: Double) -> Double {
    height * Elementary.sin(2 * Double.pi * frequency * seconds + phase)
  }
}
