internal import ECG

/// The beats of one record beside the record itself: rows for networks that are fed more than a
/// beat.
///
/// A row has two halves of 192 numbers. The first holds 96 samples of two channels, interleaved:
/// the beat from 0.33 s before its peak to 0.47 s after it, less its own median and over the
/// record's amplitude, and the same less the record's median beat. The second begins with the
/// numbers of ``RhythmFeatures`` and the size of that difference over seven stretches of the beat;
/// zeros follow.
///
/// Amplitude, median beat and typical intervals are those of the whole record, test records too, as
/// a recording that is evaluated when it has ended allows. They need the places of the beats, which
/// are those of the annotations, and never a class.
struct BeatContext {
  /// Samples of a beat, every third of 360 Hz.
  static let length = 96
  /// Samples before the peak.
  static let lead = 40
  /// Numbers of a row.
  static let rowLength = 4 * length

  /// Where the stretches of a beat end, in samples: two of rest, P wave, QRS complex, its end, T
  /// wave, rest.
  static let stretches = [14, 26, 36, 44, 56, 76, length]

  /// All beats of the record, normalised, `[beats, 96]`.
  private let beats: [Float]
  /// The median of all beats at each sample.
  private let median: [Float]
  private let rhythm: RhythmFeatures

  /// Looks at a record.
  ///
  /// - Parameters:
  ///   - signal: The samples, at 360 Hz.
  ///   - peaks: The sample of each beat, in time order.
  init(signal: [Int16], peaks: [Int]) {
    var beats = peaks.flatMap { Self.beat(at: $0, in: signal) }
    let amplitude = Self.amplitude(of: beats)
    for index in beats.indices { beats[index] /= amplitude }
    self.beats = beats
    median = (0..<Self.length).map { sample in
      Self.median(stride(from: sample, to: beats.count, by: Self.length).map { beats[$0] })
    }
    rhythm = RhythmFeatures(peaks: peaks, samplingRate: MITBIHDataset.samplingRate)
  }

  /// Appends the row of a beat, by its place in the record.
  func appendRow(of beat: Int, to rows: inout [Float]) {
    let samples = beats[beat * Self.length..<(beat + 1) * Self.length]
    let differences = zip(samples, median).map { $0 - $1 }
    for (value, difference) in zip(samples, differences) { rows += [value, difference] }
    let numbers = rhythm.numbers(of: beat) + Self.sizes(of: differences)
    rows += numbers
    rows.append(contentsOf: repeatElement(0, count: Self.rowLength / 2 - numbers.count))
  }

  /// The samples of the beat of a row.
  static func beat(of row: [Float]) -> [Float] { (0..<length).map { row[2 * $0] } }

  /// The row of the same beat with other samples.
  static func row(_ row: [Float], withBeat samples: [Float]) -> [Float] {
    let level = median(samples)
    var changed = row
    var differences: [Float] = []
    for (sample, value) in samples.enumerated() {
      let change = value - level - row[2 * sample]
      changed[2 * sample] = value - level
      changed[2 * sample + 1] += change
      differences.append(changed[2 * sample + 1])
    }
    let first = rowLength / 2 + RhythmFeatures.names.count
    let sizes = sizes(of: differences)
    changed.replaceSubrange(first..<first + sizes.count, with: sizes)
    return changed
  }

  /// The root mean square of each stretch.
  private static func sizes(of differences: [Float]) -> [Float] {
    zip([0] + stretches, stretches).map { start, end in
      let sum = differences[start..<end].reduce(0) { $0 + $1 * $1 }
      return (sum / Float(end - start)).squareRoot()
    }
  }

  /// The samples around a peak less their median; at its ends the signal is held.
  private static func beat(at peak: Int, in signal: [Int16]) -> [Float] {
    guard let last = signal.indices.last else { return [Float](repeating: 0, count: length) }
    let samples = (0..<length).map { sample in
      Float(signal[min(max(0, peak + (sample - lead) * BeatCutting.decimation), last)])
    }
    let level = median(samples)
    return samples.map { $0 - level }
  }

  /// The median over the beats of the range of their samples; 1 where that is 0.
  private static func amplitude(of beats: [Float]) -> Float {
    let ranges = stride(from: 0, to: beats.count, by: length).map { first in
      let beat = beats[first..<first + length]
      return (beat.max() ?? 0) - (beat.min() ?? 0)
    }
    let amplitude = median(ranges)
    return amplitude > 0 ? amplitude : 1
  }

  private static func median(_ values: [Float]) -> Float {
    RowSpread.quantile(0.5, ofSorted: values.sorted())
  }
}
