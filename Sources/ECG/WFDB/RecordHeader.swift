/// The header of a single-segment WFDB record.
///
/// Format and defaults: header(5) of the WFDB Applications Guide,
/// <https://physionet.org/physiotools/wag/header-5.htm>.
public struct RecordHeader: Sendable, Equatable {
  /// The record's name.
  public let name: String
  /// Frames a second, in Hz; 250 where the header does not say.
  public let samplingFrequency: Double
  /// Counter ticks a second, in Hz; the sampling frequency where the header does not say.
  public let counterFrequency: Double
  /// Counter value of the first sample.
  public let baseCounter: Double
  /// Frames in the record, or `nil` where the header does not say.
  public let sampleCount: Int?
  /// Time of day of the first sample, as written.
  public let baseTime: String?
  /// Date of the first sample, as written (day/month/year).
  public let baseDate: String?
  /// The signals, in the order of their lines.
  public let signals: [SignalSpecification]
  /// The comment lines, without `#` and surrounding blanks.
  public let comments: [String]
}

/// One signal line of a WFDB header.
public struct SignalSpecification: Sendable, Equatable {
  /// Gain that is assumed where a header gives none, in units of the converter per millivolt
  /// (`WFDB_DEFGAIN` of the WFDB library).
  public static let defaultGain = 200.0

  /// Name of the signal file.
  public let fileName: String
  /// Storage format, for example 212.
  public let format: Int
  /// Samples of this signal in a frame.
  public let samplesPerFrame: Int
  /// Frames by which this signal lags in its file.
  public let skew: Int
  /// Bytes before the first sample in the signal file.
  public let byteOffset: Int
  /// Units of the converter per physical unit.
  public let gain: Double
  /// Whether the header gives a gain; otherwise `gain` is the default.
  public let isCalibrated: Bool
  /// Converter value of zero physical units.
  public let baseline: Int
  /// Physical unit, for example `mV`.
  public let units: String
  /// Resolution of the converter, in bits.
  public let resolution: Int
  /// Converter value at the middle of its range.
  public let adcZero: Int
  /// First sample, or `nil` where the header does not say.
  public let initialValue: Int?
  /// Sum of all samples modulo 65,536, as written, or `nil` where the header does not say.
  public let checksum: Int?
  /// Block size, for special files only.
  public let blockSize: Int
  /// Name of the lead or signal, for example `MLII`.
  public let description: String
}
