import Tensors

/// What disturbs a recording: the baseline that moves with breathing and electrodes, muscle
/// activity, and the mains.
struct SyntheticNoise {
  /// Frequency of the mains, in hertz.
  static let mainsFrequency = 50.0
  /// Height of the movement with breathing, in millivolts.
  let breathingWander: Double
  /// Height of the slower movement, in millivolts, and its frequency, in hertz.
  let slowWander: (amplitude: Double, frequency: Double)
  /// Standard deviation of the muscle noise, in millivolts.
  let muscle: Double
  /// Height of the hum of the mains, in millivolts.
  let hum: Double
  /// Phases of the three sines, in radians.
  let phases: [Double]

  /// Draws the disturbances of one recording.
  init(_ random: inout RandomStream) {
    breathingWander = random.nextUniform(in: 0.04...0.2)
    slowWander = (random.nextUniform(in: 0...0.25), random.nextUniform(in: 0.03...0.1))
    // Few recordings are bad: the square favours small values.
    let strength = random.nextUniform()
    muscle = 0.006 + 0.035 * strength * strength
    hum = random.nextUniform(in: 0.003...0.02)
    phases = (0..<3).map { _ in random.nextUniform(in: 0...2 * Double.pi) }
  }

  /// Adds muscle noise and hum to a signal, in millivolts.
  func disturb(_ signal: inout [Double], random: inout RandomStream) {
    var mains = Oscillator(
      amplitude: hum, frequency: Self.mainsFrequency, samplingRate: DynamicalModel.samplingRate,
      phase: phases[2])
    // White noise less two fifths of the value before: more power in the upper half of the band,
    // as in surface electromyograms. The divisor restores the standard deviation.
    let scale = muscle / (1 + 0.4 * 0.4).squareRoot()
    var previous = random.nextNormal()
    var index = 0
    while index < signal.count {
      let (first, second) = random.nextNormalPair()
      signal[index] += scale * (first - 0.4 * previous) + mains.next()
      if index + 1 < signal.count {
        signal[index + 1] += scale * (second - 0.4 * first) + mains.next()
      }
      previous = second
      index += 2
    }
  }
}
