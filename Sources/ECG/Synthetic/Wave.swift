/// One Gaussian event of the dynamical model: a wave of the beat such as P or T.
///
/// McSharry et al. give events as angles; here they are seconds, and ``DynamicalModel`` turns them
/// into angles with the angular velocity of the moment, so that a QRS complex keeps its duration
/// when the heart rate changes. The two widths make T waves that rise slower than they fall.
struct Wave: Sendable {
  /// Seconds from the R peak to the peak of the wave, negative before it.
  var time: Double
  /// Standard deviation of the rising side, in seconds.
  var rise: Double
  /// Standard deviation of the falling side, in seconds.
  var fall: Double
  /// Height of the peak, in millivolts.
  var amplitude: Double

  /// A wave with two sides.
  init(_ amplitude: Double, at time: Double, rise: Double, fall: Double) {
    self.amplitude = amplitude
    self.time = time
    self.rise = rise
    self.fall = fall
  }

  /// A symmetric wave.
  init(_ amplitude: Double, at time: Double, width: Double) {
    self.init(amplitude, at: time, rise: width, fall: width)
  }

  /// The wave with another height.
  func scaled(by factor: Double) -> Wave {
    Wave(amplitude * factor, at: time, rise: rise, fall: fall)
  }

  /// The wave with all its times stretched.
  func stretched(by factor: Double) -> Wave {
    Wave(amplitude, at: time * factor, rise: rise * factor, fall: fall * factor)
  }

  /// The wave at another time.
  func moved(by seconds: Double) -> Wave {
    Wave(amplitude, at: time + seconds, rise: rise, fall: fall)
  }
}
