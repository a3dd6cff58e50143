import Tensors
import Testing

@testable import ECG

/// Samples at or above half the height of the peak near `sample`, without a gap, as seconds.
private func halfWidth(_ signal: [Double], near sample: Int) -> Double {
  let window = max(0, sample - 20)..<min(signal.count, sample + 20)
  guard let peak = window.max(by: { signal[$0].magnitude < signal[$1].magnitude }) else {
    return 0
  }
  let isAbove = { (index: Int) in signal[index] / signal[peak] >= 0.5 }
  let before = stride(from: peak, to: 0, by: -1).prefix { isAbove($0) }
  let after = stride(from: peak, to: signal.count, by: 1).prefix { isAbove($0) }
  return Double(before.count + after.count - 1) / DynamicalModel.samplingRate
}

/// Power of a signal at one frequency.
private func power(_ signal: [Float], at frequency: Double) -> Double {
  var real = 0.0
  var imaginary = 0.0
  for (index, value) in signal.enumerated() {
    let angle = 2 * Double.pi * frequency * Double(index) / SyntheticRecording.samplingRate
    real += Double(value) * Elementary.cos(angle)
    imaginary += Double(value) * Elementary.sin(angle)
  }
  return (real * real + imaginary * imaginary) / Double(signal.count)
}

@Suite("Dynamical model")
struct DynamicalModelTests {
  @Test("The height follows the exact solution of its equation")
  func exactSolution() {
    let wave = Wave(1, at: 0.25, rise: 0.05, fall: 0.03)
    let model = DynamicalModel(beats: [[wave], []], peaks: [0, 360])
    let heights = model.integrate { 0 }
    #expect(heights.count == 360)
    // z(t) = ∫ push(s) exp(s − t) ds by the trapezoidal rule with a hundredth of the step.
    let step = 1 / 36_000.0
    var integral = 0.0
    var index = 0
    var last = 0.0
    for sample in 0..<36_000 {
      let time = Double(sample) * step
      let distance = time - 0.25
      let width = distance < 0 ? 0.05 : 0.03
      let isNear = distance >= -0.25 && distance <= 0.15
      let push =
        isNear
        ? -distance / (width * width)
          * Elementary.exp(-distance * distance / (2 * width * width)) : 0
      if sample > 0 {
        integral = integral * Elementary.exp(-step) + step * (push + last) / 2
      }
      last = push
      if sample % 100 == 0 {
        // In mV: a hundredth of a microvolt or two, where the two sides of the wave meet.
        #expect((heights[index] - integral).magnitude < 2e-5, "sample \(index)")
        index += 1
      }
    }
  }

  @Test("Without events the height follows the baseline, slowly")
  func baseline() {
    let model = DynamicalModel(beats: [[], []], peaks: [0, 3600])
    let heights = model.integrate { 1 }
    #expect(heights[0] == 0)
    #expect((heights[360] - (1 - Elementary.exp(-1.0))).magnitude < 1e-9)
    #expect((heights[3599] - 1).magnitude < 1e-4)
  }

  @Test("A wave keeps its duration when the heart rate changes")
  func durations() {
    let wave = Wave(1, at: 0, width: 0.01)
    for interval in [200, 300, 400] {
      let model = DynamicalModel(beats: [[], [wave], []], peaks: [0, interval, 2 * interval])
      let width = halfWidth(model.integrate { 0 }, near: interval)
      #expect((0.018...0.028).contains(width), "\(width)")
    }
  }

  @Test("A wave beyond the next R peak is left out")
  func lateWave() {
    let wave = Wave(1, at: 2, width: 0.01)
    let model = DynamicalModel(beats: [[wave], []], peaks: [0, 100])
    #expect(model.integrate { 0 }.allSatisfy { $0 == 0 })
  }
}

@Suite("Synthetic recording")
struct SyntheticRecordingTests {
  static let subjects = 0..<12

  static func generator(_ subject: Int, seed: Int = 1) -> Philox {
    Philox(seed: seed, purpose: "test", path: "\(subject)")
  }

  static func recording(
    _ kinds: [SyntheticBeat], subject: Int, infarction: Double = 0
  ) -> SyntheticRecording {
    SyntheticRecording(kinds, infarction: infarction, generator: generator(subject))
  }

  /// The signal in millivolts, without noise of a mean.
  static func signal(_ recording: SyntheticRecording) -> [Double] {
    recording.millivolts(0..<recording.signal.count).map(Double.init)
  }

  @Test("Equal seeds give equal recordings, other seeds and subjects others")
  func determinism() {
    let kinds: [SyntheticBeat] = [.normal, .ventricularPremature, .normal, .paced]
    let first = SyntheticRecording(kinds, generator: Self.generator(1))
    #expect(first == SyntheticRecording(kinds, generator: Self.generator(1)))
    #expect(first != SyntheticRecording(kinds, generator: Self.generator(2)))
    #expect(first != SyntheticRecording(kinds, generator: Self.generator(1, seed: 2)))
  }

  @Test("Every beat asked for is annotated, in order, inside the signal")
  func annotations() {
    for subject in Self.subjects {
      let kinds = (0..<70).map { SyntheticBeat.allCases[$0 % SyntheticBeat.allCases.count] }
      let recording = Self.recording(kinds, subject: subject)
      #expect(recording.beats.map(\.kind) == kinds)
      for (beat, next) in zip(recording.beats, recording.beats.dropFirst()) {
        #expect(next.sample - beat.sample > 60)
      }
      #expect(recording.beats.allSatisfy { recording.signal.indices.contains($0.sample) })
    }
  }

  @Test("The R peak is the highest point of a sinus beat and stands at the annotation")
  func peaks() {
    for subject in Self.subjects {
      let recording = Self.recording(.init(repeating: .normal, count: 20), subject: subject)
      for (beat, next) in zip(recording.beats, recording.beats.dropFirst()) {
        let start = max(0, beat.sample - 3)
        let end = beat.sample + (next.sample - beat.sample) * 3 / 4
        let peak = (start..<end).max { recording.signal[$0] < recording.signal[$1] }
        #expect(peak.map { ($0 - beat.sample).magnitude <= 3 } == true)
      }
    }
  }

  @Test("Ventricular beats are wider than sinus beats, and early, with a pause behind them")
  func ventricular() {
    for subject in Self.subjects {
      let kinds = (0..<48).map { $0 % 4 == 2 ? SyntheticBeat.ventricularPremature : .normal }
      let recording = Self.recording(kinds, subject: subject)
      let signal = Self.signal(recording)
      func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
      let beats = recording.beats
      let widths = beats.map { halfWidth(signal, near: $0.sample) }
      let wide = beats.indices.filter { beats[$0].kind == .ventricularPremature }
      let narrow = beats.indices.filter { beats[$0].kind == .normal }
      #expect(mean(wide.map { widths[$0] }) > 1.5 * mean(narrow.map { widths[$0] }))
      for index in wide where index + 1 < beats.count {
        let before = beats[index].sample - beats[index - 1].sample
        let after = beats[index + 1].sample - beats[index].sample
        #expect(Double(before) < 0.9 * Double(after))
      }
    }
  }

  @Test("An infarction raises the ST segment or turns the T wave over")
  func infarction() {
    for subject in Self.subjects {
      let healthy = SyntheticSubject(Self.generator(subject))
      let ill = healthy.infarcted(extent: 1, Self.generator(subject))
      #expect(ill.sinus[1].amplitude < healthy.sinus[1].amplitude)
      #expect(ill.sinus[2].amplitude < healthy.sinus[2].amplitude)
      #expect(ill.sinus[4].amplitude < 0.2 * healthy.sinus[4].amplitude)
      #expect(ill.sinus[5].amplitude > healthy.sinus[5].amplitude)
    }
  }

  @Test("The hum of the mains is a line at 50 Hz in the spectrum")
  func mains() {
    for subject in 0..<4 {
      let recording = Self.recording(.init(repeating: .normal, count: 60), subject: subject)
      let signal = recording.millivolts(0..<recording.signal.count)
      let beside = [46.3, 47.6, 52.4, 53.7].map { power(signal, at: $0) }
      #expect(power(signal, at: 50) > 10 * (beside.max() ?? 0))
    }
  }

  @Test("Rows lie in 0…1, reach both ends, and are padded with zeros")
  func rows() {
    let kinds = (0..<41).map { SyntheticBeat.allCases[$0 % SyntheticBeat.allCases.count] }
    let recording = Self.recording(kinds, subject: 3)
    for beat in 0..<40 {
      var row: [Float] = []
      recording.appendRow(of: beat, length: 187, to: &row)
      #expect(row.count == 187)
      #expect(row.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(row.contains(0) && row.contains(1))
      let beats = recording.beats
      let second = beat + 2 < 41 ? beats[beat + 2].sample : recording.signal.count
      let end = beats[beat + 1].sample + (second - beats[beat + 1].sample) / 5
      let length = (end - beats[beat].sample + 2) / 3
      #expect(row.dropFirst(length).allSatisfy { $0 == 0 })
      #expect(length >= 187 || row[..<length].contains { $0 > 0 })
    }
  }

  @Test("The oscillator is the sine for a quarter of an hour")
  func oscillator() {
    var oscillator = Oscillator(amplitude: 2, frequency: 50, samplingRate: 360, phase: 0.3)
    for sample in 0..<324_000 {
      let value = oscillator.next()
      if sample % 1000 == 0 {
        let angle = 2 * Double.pi * 50 / 360 * Double(sample) + 0.3
        #expect((value - 2 * Elementary.sin(angle)).magnitude < 1e-8)
      }
    }
  }
}
