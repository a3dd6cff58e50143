public import Tensors

/// A generated recording of one lead, with annotated beats; without clinical meaning.
public struct SyntheticRecording: Sendable, Equatable {
  /// An annotated beat.
  public struct Beat: Sendable, Equatable {
    /// The annotated sample, counted from 0.
    public let sample: Int
    /// What kind of beat it is.
    public let kind: SyntheticBeat
  }

  /// Samples a second.
  public static let samplingRate = DynamicalModel.samplingRate
  /// Units of the signal in a millivolt, as in the MIT-BIH Arrhythmia Database.
  public static let gain = 200.0

  /// The samples, in units of 1/200 mV.
  public let signal: [Int16]
  /// The annotated beats, in time order.
  public let beats: [Beat]

  /// The samples of a range, in millivolts.
  public func millivolts(_ range: Range<Int>) -> [Float] {
    signal[range].map { Float(Double($0) / Self.gain) }
  }

  /// A recording with the given beats in order.
  ///
  /// - Parameters:
  ///   - kinds: The kinds of the annotated beats; one sinus beat that is not annotated stands
  ///     behind them.
  ///   - infarction: Extent of a myocardial infarction, 0 (none)…1, which changes the sinus beats.
  ///   - generator: Decides subject, rhythm and noise: equal generators give equal recordings.
  public init(_ kinds: [SyntheticBeat], infarction: Double = 0, generator: Philox) {
    let healthy = SyntheticSubject(generator)
    let subject =
      infarction > 0 ? healthy.infarcted(extent: infarction, generator) : healthy
    let (peaks, waves) = Self.beats(kinds + [.normal], subject, generator)
    var signal = Self.clean(DynamicalModel(beats: waves, peaks: peaks), subject)
    var random = generator.stream(3)
    subject.noise.disturb(&signal, random: &random)
    self.signal = signal.map { Int16(max(-2047, min(2047, ($0 * Self.gain).rounded()))) }
    beats = zip(kinds, peaks.dropFirst()).map { kind, peak in
      let offset = subject.annotationOffset(of: kind) * Self.samplingRate
      // Annotators do not hit the peak exactly.
      let jitter = random.nextIndex(below: 3) - 1
      return Beat(sample: peak + Int(offset.rounded()) + jitter, kind: kind)
    }
  }

  /// R peaks and waves; a beat without waves at sample 0 comes before those asked for.
  private static func beats(
    _ kinds: [SyntheticBeat], _ subject: SyntheticSubject, _ generator: Philox
  ) -> (peaks: [Int], waves: [[Wave]]) {
    var random = generator.stream(2)
    var peaks = [0]
    var waves: [[Wave]] = [[]]
    var previous = SyntheticBeat.normal
    var pause = 1.0
    for kind in kinds {
      let sinus = subject.rhythm.interval(
        at: Double(peaks[peaks.count - 1]) / samplingRate, random: &random)
      let part = subject.part(kind, after: previous, pause: pause, random: &random)
      let interval = max(0.3, sinus * part)
      // A ventricular beat leaves the sinus rhythm alone: the two intervals around it are two
      // normal ones. An atrial one resets it after a short delay.
      pause = kind == .ventricularPremature ? 2 - part : 1.08
      previous = kind
      peaks.append(peaks[peaks.count - 1] + Int((interval * samplingRate).rounded()))
      waves.append(subject.waves(of: kind, interval: interval, random: &random))
    }
    return (peaks, waves)
  }

  private static func clean(_ model: DynamicalModel, _ subject: SyntheticSubject) -> [Double] {
    let noise = subject.noise
    func wander(_ amplitude: Double, _ frequency: Double, _ phase: Double) -> Oscillator {
      Oscillator(
        amplitude: amplitude, frequency: frequency, samplingRate: 2 * samplingRate, phase: phase)
    }
    var breathing = wander(noise.breathingWander, subject.rhythm.breathing, noise.phases[0])
    var slow = wander(noise.slowWander.amplitude, noise.slowWander.frequency, noise.phases[1])
    return model.integrate { breathing.next() + slow.next() }
  }
}

extension SyntheticSubject {
  /// The part of the undisturbed interval after which a beat comes.
  fileprivate func part(
    _ beat: SyntheticBeat, after previous: SyntheticBeat, pause: Double,
    random: inout RandomStream
  ) -> Double {
    let spread = 1 + 0.05 * random.nextNormal()
    switch beat {
    case .atrialPremature: return prematurity.atrial * spread
    case .ventricularPremature: return prematurity.ventricular * spread
    case .fusion: return 0.94 * (1 + 0.2 * (spread - 1))
    default: return previous.isPremature ? pause : 1
    }
  }
}
