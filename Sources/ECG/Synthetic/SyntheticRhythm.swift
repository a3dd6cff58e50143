import Tensors

/// The intervals between beats.
///
/// McSharry et al. draw the whole series from a spectrum with two humps. Here the humps are two
/// tones, drawn beat by beat: one at 0.1 Hz (Mayer waves) and one at the frequency of breathing,
/// and a white rest.
struct SyntheticRhythm {
  /// Mean interval, in seconds.
  let meanInterval: Double
  /// Frequency of breathing, in hertz.
  let breathing: Double
  private let mayerPart: Double
  private let breathingPart: Double
  private let irregularity: Double
  private let phases: (Double, Double)

  /// Draws a rhythm.
  init(_ random: inout RandomStream) {
    meanInterval = random.nextUniform(in: 0.62...1.02)
    breathing = random.nextUniform(in: 0.2...0.3)
    mayerPart = random.nextUniform(in: 0.01...0.035)
    breathingPart = random.nextUniform(in: 0.01...0.04)
    irregularity = random.nextUniform(in: 0.005...0.02)
    phases = (
      random.nextUniform(in: 0...2 * Double.pi), random.nextUniform(in: 0...2 * Double.pi)
    )
  }

  /// The interval, in seconds, that a beat at a time is followed by when nothing disturbs it.
  func interval(at time: Double, random: inout RandomStream) -> Double {
    let mayer = mayerPart * Elementary.sin(2 * Double.pi * 0.1 * time + phases.0)
    let breath = breathingPart * Elementary.sin(2 * Double.pi * breathing * time + phases.1)
    return meanInterval * (1 + mayer + breath + irregularity * random.nextNormal())
  }
}
