/// A piece of a recording that becomes one row.
public struct BeatPiece: Sendable, Equatable {
  /// Index of the beat among the annotations of its record.
  public let annotationIndex: Int
  /// The class of the beat.
  public let beatClass: BeatClass
  /// The samples of the piece, at the record's own sampling rate.
  public let samples: Range<Int>

  /// Creates a piece.
  public init(annotationIndex: Int, beatClass: BeatClass, samples: Range<Int>) {
    self.annotationIndex = annotationIndex
    self.beatClass = beatClass
    self.samples = samples
  }
}

/// The rule by which the published rows were cut from the MIT-BIH Arrhythmia Database.
///
/// The rows are described by Kachuee et al. 2018 (doi:10.1109/ICHI.2018.00092); the rule itself was
/// found by comparison with the published rows and gives each of 1,999 of them exactly.
public enum BeatCutting {
  /// Every third sample of 360 Hz is kept: 120 Hz, and not the 125 Hz of the description.
  public static let decimation = 3

  /// The pieces of a record: one for each beat but the last.
  ///
  /// A beat at sample s whose next two annotations, of any kind, stand at a and b gives the samples
  /// from s up to a + ⌊(b − a) / 5⌋, end excluded. Where there is no second annotation, b is the
  /// length of the record.
  ///
  /// - Parameters:
  ///   - annotations: All annotations of the record, in time order.
  ///   - recordLength: Samples of the record.
  public static func pieces(_ annotations: [Annotation], recordLength: Int) -> [BeatPiece] {
    let beats = annotations.indices.compactMap { index in
      BeatClass(annotations[index].code).map { (index, $0) }
    }
    return beats.dropLast().map { index, beatClass in
      let samples = samples(
        from: annotations[index].sample, next: annotations[index + 1].sample,
        second: index + 2 < annotations.count ? annotations[index + 2].sample : nil,
        recordLength: recordLength)
      return BeatPiece(annotationIndex: index, beatClass: beatClass, samples: samples)
    }
  }

  /// The samples of a beat: from its own annotation up to `next` + ⌊(`second` − `next`) / 5⌋.
  static func samples(
    from beat: Int, next: Int, second: Int?, recordLength: Int
  ) -> Range<Int> {
    let start = min(beat, recordLength)
    let end = min(next + max((second ?? recordLength) - next, 0) / 5, recordLength)
    return start..<max(start, end)
  }

  /// Appends the row of a piece's samples: every third sample, scaled to 0…1 by the piece's own
  /// minimum and maximum, cut or padded with zeros to `length`.
  ///
  /// The scaling looks at the whole piece, also at what is then cut off. The division is the
  /// correctly rounded quotient of two small whole numbers. A piece without any amplitude becomes
  /// zeros.
  ///
  /// - Parameter decimation: Of so many samples the first is kept; by default of three.
  /// - Precondition: The piece lies inside the signal.
  public static func appendRow(
    of samples: Range<Int>, signal: [Int16], decimation: Int = decimation, length: Int,
    to rows: inout [Float]
  ) {
    let kept = stride(from: samples.lowerBound, to: samples.upperBound, by: decimation)
    var low = Int16.max
    var high = Int16.min
    for index in kept {
      low = min(low, signal[index])
      high = max(high, signal[index])
    }
    guard low < high else {
      rows.append(contentsOf: repeatElement(0, count: length))
      return
    }
    let range = Float(Int(high) - Int(low))
    var count = 0
    for index in kept.prefix(length) {
      rows.append(Float(Int(signal[index]) - Int(low)) / range)
      count += 1
    }
    rows.append(contentsOf: repeatElement(0, count: length - count))
  }
}
