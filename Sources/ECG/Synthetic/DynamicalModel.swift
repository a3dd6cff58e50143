import Tensors

/// The dynamical model of an electrocardiogram: a point that runs around a limit cycle and is pushed
/// up and down by Gaussian events on its way.
///
/// Source: McSharry et al., A dynamical model for generating synthetic electrocardiogram signals,
/// doi:10.1109/TBME.2003.808805. On the limit cycle, the unit circle, the phase obeys θ′ = ω with
/// ω = 2π / RR constant between two R peaks, and the height, in millivolts,
/// `z′ = −Σ a Δθ exp(−Δθ² / 2b²) − (z − z₀)`. The motion starts on the cycle, so the equations of
/// the plane are solved exactly by the phase, and only z is integrated, by the classical
/// Runge–Kutta rule of fourth order with the sampling interval as step.
struct DynamicalModel {
  /// Samples a second.
  static let samplingRate = 360.0

  /// The waves of each beat; the first beat starts the recording and the last one ends it.
  let beats: [[Wave]]
  /// The sample of each R peak, rising, from 0.
  let peaks: [Int]

  /// The heights at the samples from 0 up to, but without, the last R peak, in millivolts.
  ///
  /// - Parameter baseline: z₀, asked once for every half step in order of time.
  func integrate(baseline: () -> Double) -> [Double] {
    var heights: [Double] = []
    heights.reserveCapacity(peaks.last ?? 0)
    var height = 0.0
    var restingHeight = baseline()
    let step = 1 / Self.samplingRate
    for beat in peaks.indices.dropLast() {
      let push = forcing(after: beat)
      for sample in 0..<peaks[beat + 1] - peaks[beat] {
        heights.append(height)
        let (start, middle, end) = (push[2 * sample], push[2 * sample + 1], push[2 * sample + 2])
        let middleResting = baseline()
        let endResting = baseline()
        let first = start - (height - restingHeight)
        let second = middle - (height + 0.5 * step * first - middleResting)
        let third = middle - (height + 0.5 * step * second - middleResting)
        let fourth = end - (height + step * third - endResting)
        height += step / 6 * (first + 2 * second + 2 * third + fourth)
        restingHeight = endResting
      }
    }
    return heights
  }

  /// The push of the events, in mV/s, at every half step from one R peak to the next.
  private func forcing(after beat: Int) -> [Double] {
    let halfSteps = 2 * (peaks[beat + 1] - peaks[beat])
    let angleStep = 2 * Double.pi / Double(halfSteps)
    let velocity = angleStep * 2 * Self.samplingRate
    var push = [Double](repeating: 0, count: halfSteps + 1)
    func add(_ waves: [Wave], turns: Double) {
      for wave in waves {
        let angle = 2 * Double.pi * turns + velocity * wave.time
        // Five standard deviations from its peak an event is below 4·10⁻⁶ of its height.
        let first = (angle - 5 * velocity * wave.rise) / angleStep
        let last = (angle + 5 * velocity * wave.fall) / angleStep
        // Empty where the wave lies beyond the next R peak, as that of a very early beat may.
        let start = max(0, Int(first.rounded(.up)))
        let end = min(halfSteps, Int(last.rounded(.down)))
        for index in stride(from: start, through: end, by: 1) {
          let distance = Double(index) * angleStep - angle
          let width = velocity * (distance < 0 ? wave.rise : wave.fall)
          let ratio = distance / width
          push[index] -=
            wave.amplitude * velocity * ratio / width * Elementary.exp(-0.5 * ratio * ratio)
        }
      }
    }
    add(beats[beat], turns: 0)
    add(beats[beat + 1], turns: 1)
    return push
  }
}
