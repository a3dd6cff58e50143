/// The rule by which beats are cut from recordings of the PTB Diagnostic ECG Database, which has no
/// annotations: from each R peak of a window of 10 s, a piece of 1.2 median intervals.
///
/// Source: Kachuee et al. 2018, doi:10.1109/ICHI.2018.00092: windows scaled to 0…1, R peaks are
/// local maxima of at least 0.9. What that leaves open was settled by comparison with 200 published
/// rows and with recordings that hold three of them:
///
/// - The 125 Hz are every eighth sample of 1000 Hz, unfiltered: each published row is made of
///   quotients of whole numbers, and three are found in the recordings that way.
/// - The median of an even number of intervals is the upper one of the middle two, the length of a
///   piece is rounded down, and a piece is scaled once more, to 0…1, by itself.
/// - A piece that would leave its window is left out: no published row breaks off before the next R
///   peak.
///
/// Two things are not settled. A third published row begins at a peak that does not reach 0.9 where
/// the lead wanders, so the published windows or their scaling differ; and no published row is
/// longer than 176 samples, while windows with missed R peaks give longer pieces here.
///
/// One step is added: of local maxima less than 200 ms apart, the refractory period of Pan and
/// Tompkins 1985 (doi:10.1109/TBME.1985.325532), only the highest is an R peak. Without it, noise
/// on a broad wave gives "beats" of a few samples, which the published rows do not have.
public enum PeakCutting {
  /// Samples a second of a recording that the rule is for.
  public static let samplingRate = 1000.0
  /// Of so many samples the first is kept.
  public static let decimation = 8
  /// Samples of a window, 10 s.
  public static let windowLength = 10_000
  /// Kept samples from one R peak to the next, at least.
  static let refractoryPeriod = 25

  /// The pieces of a recording, in time order; each begins with an R peak.
  ///
  /// Windows follow each other from the first sample; what is left at the end is not used. A window
  /// with fewer than two R peaks gives no pieces, nor does one with a missing sample.
  ///
  /// - Parameters:
  ///   - signal: The samples, 1000 a second.
  ///   - invalid: The value that stands for a missing sample.
  /// - Complexity: O(*n* + *p*²) for *p* local maxima in a window.
  public static func pieces(of signal: [Int16], invalid: Int16) -> [Range<Int>] {
    stride(from: 0, through: signal.count - windowLength, by: windowLength).flatMap { start in
      let window = stride(from: start, to: start + windowLength, by: decimation).map { signal[$0] }
      guard !window.contains(invalid) else { return [Range<Int>]() }
      return pieces(ofWindow: window).map {
        start + decimation * $0.lowerBound..<start + decimation * $0.upperBound
      }
    }
  }

  /// The pieces of a window, in kept samples.
  static func pieces(ofWindow window: [Int16]) -> [Range<Int>] {
    let peaks = peaks(ofWindow: window)
    let intervals = zip(peaks, peaks.dropFirst()).map { $1 - $0 }.sorted()
    guard !intervals.isEmpty else { return [] }
    let length = 6 * intervals[intervals.count / 2] / 5
    return peaks.map { $0..<$0 + length }.filter { $0.upperBound <= window.count }
  }

  /// The R peaks of a window, in time order.
  private static func peaks(ofWindow window: [Int16]) -> [Int] {
    guard let low = window.min().map(Int.init), let high = window.max().map(Int.init) else {
      return []
    }
    let candidates = localMaxima(of: window).filter {
      10 * (Int(window[$0]) - low) >= 9 * (high - low)
    }
    var peaks: [Int] = []
    for peak in candidates.sorted(by: { (window[$1], $0) < (window[$0], $1) })
    where peaks.allSatisfy({ abs($0 - peak) >= refractoryPeriod }) {
      peaks.append(peak)
    }
    return peaks.sorted()
  }

  /// The samples, or first samples of equal ones, that are higher than what is before and behind.
  private static func localMaxima(of window: [Int16]) -> [Int] {
    var maxima: [Int] = []
    var top: Int?
    for index in window.indices.dropFirst() {
      if window[index] > window[index - 1] {
        top = index
      } else if window[index] < window[index - 1], let rise = top {
        maxima.append(rise)
        top = nil
      }
    }
    return maxima
  }
}
