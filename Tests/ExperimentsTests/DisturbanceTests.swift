import Testing

@testable import Experiments

@Suite("Noise on beats")
struct DisturbanceTests {
  private let beat = (0..<130).map { Float(($0 * 37) % 100) / 100 }

  private func noise(_ disturbance: Disturbance, _ decibels: Double, row: Int = 5) -> [Double] {
    let noisy = disturbance.disturb(
      beat, row: row, decibels: decibels, samplingRate: 120)
    return zip(noisy, beat).map { Double($0) - Double($1) }
  }

  private func meanSquare(_ values: some Sequence<Double>, _ count: Int) -> Double {
    values.reduce(0) { $0 + $1 * $1 } / Double(count)
  }

  @Test(
    "The ratio of powers is the one asked for, over the beat",
    arguments: Disturbance.allCases)
  func ratio(_ disturbance: Disturbance) {
    let samples = beat.map(Double.init)
    let mean = samples.reduce(0, +) / 130
    let power = meanSquare(samples.map { $0 - mean }, 130)
    for (decibels, expected) in [(20.0, 100.0), (0, 1), (-6, 0.251188643150958)] {
      let noise = noise(disturbance, decibels)
      #expect((power / meanSquare(noise, 130) / expected - 1).magnitude < 1e-4)
    }
  }

  @Test("Every ratio has the same noise, every row another", arguments: Disturbance.allCases)
  func shapes(_ disturbance: Disturbance) {
    let (loud, quiet) = (noise(disturbance, 0), noise(disturbance, 20))
    #expect(zip(loud, quiet).allSatisfy { ($0 - 10 * $1).magnitude < 1e-5 })
    let other = noise(disturbance, 0, row: 6)
    #expect(zip(loud, other).contains { ($0 - $1).magnitude > 0.1 })
    #expect(noise(disturbance, 0) == loud)
  }

  @Test("Wander is slow, muscle noise fast, hum a sine of 50 Hz")
  func spectra() {
    func roughness(_ disturbance: Disturbance) -> Double {
      let values = disturbance.shape(row: 1, count: 1200, samplingRate: 120)
      let differences = zip(values, values.dropFirst()).map { $1 - $0 }
      return meanSquare(differences, 1199) / meanSquare(values, 1200)
    }
    // The mean square of differences over that of values is 2 − 2 cos(2πf / 120) for a sine.
    #expect(roughness(.baselineWander) < 0.001)
    #expect((roughness(.mainsHum) - 3.732).magnitude < 0.05)
    // White noise has 2; less two fifths of the value before, 2 · 1.56 / 1.16.
    #expect((roughness(.muscleNoise) - 2.69).magnitude < 0.25)
  }

  @Test("A beat without power, or without samples, stays as it is")
  func flat() {
    let flat = [Float](repeating: 0.5, count: 187)
    for disturbance in Disturbance.allCases {
      #expect(disturbance.disturb(flat, row: 1, decibels: 0, samplingRate: 120) == flat)
      #expect(disturbance.disturb([], row: 1, decibels: 0, samplingRate: 120).isEmpty)
    }
  }
}
