import Tensors

/// A person who does not exist: the shapes, rhythm and disturbances that all beats of one recording
/// share.
///
/// Amplitudes and intervals are drawn around those of lead II in textbooks (P 0.05–0.2 mV and
/// 80–110 ms long, PR 120–200 ms, QRS 70–100 ms, QT about 400 ms at 60 beats a minute; wide
/// complexes beyond 120 ms). A Gaussian event looks about four to five standard deviations long.
struct SyntheticSubject {
  /// Waves of a sinus beat, in the order P, Q, R, S, T and, where there is one, the ST segment.
  private(set) var sinus: [Wave]
  /// Waves of the sinus beat under left bundle branch block.
  let blocked: [Wave]
  /// Waves of the ventricular focus.
  let ventricular: [Wave]
  /// Waves of a paced beat.
  let paced: [Wave]
  /// How far the P wave of atrial premature beats deviates: its factor and its shift in seconds.
  let ectopicP: (factor: Double, shift: Double)
  /// Height and time, in mV and seconds, of the P wave that runs back after a premature beat.
  let retrogradeP: Wave
  /// How much an atrial premature beat is widened on its late side.
  let aberrancy: Double
  /// Part of the interval after which premature beats come, atrial and ventricular.
  let prematurity: (atrial: Double, ventricular: Double)
  /// The rhythm.
  let rhythm: SyntheticRhythm
  /// The disturbances.
  let noise: SyntheticNoise

  /// Draws a subject; equal generators give equal subjects.
  init(_ generator: Philox) {
    var random = generator.stream(0)
    func draw(_ range: ClosedRange<Double>) -> Double { random.nextUniform(in: range) }
    let r = draw(0.7...1.6)
    let qrs = draw(0.0095...0.0135)
    let t = draw(0.12...0.42)
    let tTime = draw(0.27...0.33)
    let q = draw(0.02...0.12)
    let s = draw(0.05...0.45)
    sinus = [
      Wave(draw(0.06...0.18), at: -draw(0.14...0.19), width: draw(0.018...0.027)),
      Wave(-q, at: -2.6 * qrs, width: 0.8 * qrs),
      Wave(r, at: 0, width: qrs),
      Wave(-s, at: 2.7 * qrs, width: draw(0.85...1.2) * qrs),
      Wave(t, at: tTime, rise: draw(0.045...0.062), fall: draw(0.028...0.04)),
      Wave(draw(-0.02...0.06), at: 0.14, width: 0.045),
    ]
    blocked = Self.blocked(sinus, r: r, random: &random)
    ventricular = Self.ventricular(r: r, random: &random)
    paced = Self.paced(r: r, random: &random)
    ectopicP = (random.nextUniform(in: -0.9...0.4), random.nextUniform(in: 0...0.05))
    retrogradeP = Wave(
      -random.nextUniform(in: 0.04...0.14), at: random.nextUniform(in: 0.1...0.15), width: 0.018)
    aberrancy = random.nextUniform(in: 1.2...2.2)
    prematurity = (random.nextUniform(in: 0.58...0.82), random.nextUniform(in: 0.52...0.78))
    rhythm = SyntheticRhythm(&random)
    noise = SyntheticNoise(&random)
  }

  /// The same subject after a myocardial infarction of the given extent, 0…1: deep and wide Q wave,
  /// lower R wave, raised ST segment, inverted T wave.
  func infarcted(extent: Double, _ generator: Philox) -> SyntheticSubject {
    var random = generator.stream(1)
    func draw(_ range: ClosedRange<Double>) -> Double {
      1 + extent * (random.nextUniform(in: range) - 1)
    }
    var subject = self
    let r = sinus[2].amplitude
    subject.sinus[1].amplitude -= extent * random.nextUniform(in: 0.15...0.5) * r
    subject.sinus[1].rise *= draw(1.2...1.9)
    subject.sinus[1].fall *= draw(1.2...1.6)
    subject.sinus[1].time *= draw(1.1...1.3)
    subject.sinus[2].amplitude *= draw(0.4...0.85)
    subject.sinus[4].amplitude *= draw(-1.3...0.1)
    subject.sinus[5].amplitude += extent * random.nextUniform(in: 0.08...0.3)
    return subject
  }

  /// Slow conduction: a broad, slurred R wave of two humps, no Q wave, and the T wave against it.
  private static func blocked(
    _ sinus: [Wave], r: Double, random: inout RandomStream
  ) -> [Wave] {
    func draw(_ range: ClosedRange<Double>) -> Double { random.nextUniform(in: range) }
    let height = draw(0.7...0.95) * r
    return [
      sinus[0],
      Wave(height, at: 0, width: draw(0.017...0.021)),
      Wave(draw(0.6...0.9) * height, at: draw(0.042...0.055), width: draw(0.018...0.024)),
      Wave(-draw(0.15...0.35) * height, at: draw(0.3...0.34), rise: 0.065, fall: 0.045),
      Wave(-draw(0.02...0.1), at: 0.15, width: 0.045),
    ]
  }

  /// An ectopic focus: one broad main wave up or down, a smaller one after it, no P wave, the T wave
  /// against the main wave.
  private static func ventricular(r: Double, random: inout RandomStream) -> [Wave] {
    func draw(_ range: ClosedRange<Double>) -> Double { random.nextUniform(in: range) }
    let sign: Double = draw(0...1) < 0.7 ? 1 : -1
    let height = sign * draw(0.9...1.7) * r
    let width = draw(0.024...0.036)
    return [
      Wave(-draw(0...0.25) * height, at: -2.6 * width, width: 0.8 * width),
      Wave(height, at: 0, rise: width, fall: draw(0.8...1.3) * width),
      Wave(-draw(0.1...0.6) * height, at: 2.9 * width, width: draw(0.9...1.3) * width),
      Wave(-draw(0.2...0.45) * height, at: draw(0.28...0.34), rise: 0.07, fall: 0.05),
    ]
  }

  /// Stimulation of the right ventricle: a spike of a few milliseconds, then a broad main wave.
  private static func paced(r: Double, random: inout RandomStream) -> [Wave] {
    func draw(_ range: ClosedRange<Double>) -> Double { random.nextUniform(in: range) }
    let sign: Double = draw(0...1) < 0.5 ? 1 : -1
    let height = sign * draw(0.7...1.3) * r
    let width = draw(0.022...0.032)
    return [
      Wave(draw(0.3...0.9), at: -2.4 * width, width: 0.003),
      Wave(height, at: 0, rise: width, fall: draw(1...1.4) * width),
      Wave(-draw(0.05...0.3) * height, at: 3 * width, width: width),
      Wave(-draw(0.2...0.45) * height, at: draw(0.29...0.34), rise: 0.07, fall: 0.05),
    ]
  }
}
