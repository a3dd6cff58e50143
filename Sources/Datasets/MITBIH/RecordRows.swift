internal import ECG

/// The rows of one record of the MIT-BIH Arrhythmia Database.
struct RecordRows: Sendable {
  private(set) var rows: [Float] = []
  private(set) var labels: [UInt8] = []
  /// First sample of each row.
  private(set) var samples: [Int] = []
  /// A row of ``BeatContext`` for each row; empty where they were not asked for.
  private(set) var context: [Float] = []
  /// Name of the lead that the beats were cut from.
  let lead: String
  /// The excerpts of this record that are shown as figures.
  let strips: [ECGStrip]

  /// Which signal of a record is cut.
  enum Lead {
    /// The first one, as the published rows were cut.
    case first
    /// The modified limb lead II where the record has it, else the first one.
    case modifiedLimbLeadII
  }

  /// Reads a record and cuts its beats from one signal.
  init(
    directory: String, record: String, lead choice: Lead, hasContext: Bool = false
  ) throws(DatasetsError) {
    let (recording, list) = try Self.read(directory, record)
    let path = "\(directory)/\(record)"
    let leads = recording.header.signals.map(\.description)
    let index = choice == .first ? 0 : leads.firstIndex(of: "MLII") ?? 0
    guard recording.header.samplingFrequency == MITBIHDataset.samplingRate,
      recording.signals.indices.contains(index)
    else {
      throw .unexpectedRecord(path: "\(path).hea", problem: "the record has no signal at 360 Hz")
    }
    let signal = recording.signals[index]
    lead = leads[index]
    guard list.annotations.last.map({ $0.sample < signal.count }) ?? true else {
      throw .unexpectedRecord(
        path: "\(path).atr", problem: "the annotations go beyond the end of the signal")
    }
    let pieces = BeatCutting.pieces(list.annotations, recordLength: signal.count)
    rows.reserveCapacity(pieces.count * Dataset.rowLength)
    for piece in pieces {
      BeatCutting.appendRow(of: piece.samples, signal: signal, length: Dataset.rowLength, to: &rows)
      labels.append(piece.beatClass.rawValue)
      samples.append(piece.samples.lowerBound)
    }
    if hasContext { context = Self.context(of: pieces.count, list, signal) }
    strips = Self.stripStarts.filter { $0.record == record }.compactMap {
      Self.strip(recording, list, start: $0.second)
    }
  }

  /// The rows of the first so many beats beside their record.
  private static func context(
    of count: Int, _ list: AnnotationList, _ signal: [Int16]
  ) -> [Float] {
    let peaks = list.annotations.filter { BeatClass($0.code) != nil }.map(\.sample)
    let context = BeatContext(signal: signal, peaks: peaks)
    var rows: [Float] = []
    rows.reserveCapacity(count * BeatContext.rowLength)
    for beat in 0..<count { context.appendRow(of: beat, to: &rows) }
    return rows
  }

  private static func read(
    _ directory: String, _ record: String
  ) throws(DatasetsError) -> (Recording, AnnotationList) {
    do throws(ECGError) {
      return (
        try Recording.read(directory: directory, record: record),
        try AnnotationList.read("\(directory)/\(record).atr")
      )
    } catch {
      throw .recording(error)
    }
  }

  /// Ten seconds with ventricular bigeminy, and ten with normal, supraventricular, ventricular and
  /// fusion beats.
  private static let stripStarts = [(record: "119", second: 1485), (record: "208", second: 1070)]

  /// Ten seconds of the first signal in mV, or `nil` where the record does not reach so far or
  /// samples are missing.
  private static func strip(
    _ recording: Recording, _ list: AnnotationList, start second: Int
  ) -> ECGStrip? {
    let rate = recording.header.samplingFrequency
    let start = second * Int(rate)
    let range = start..<start + 10 * Int(rate)
    guard range.upperBound <= recording.signals[0].count else { return nil }
    let millivolts = recording.physical(signal: 0, range)
    guard millivolts.allSatisfy(\.isFinite) else { return nil }
    return ECGStrip(
      record: recording.header.name, lead: recording.header.signals[0].description,
      samplingRate: rate, start: Double(second), millivolts: millivolts,
      annotations: list.annotations.filter { range.contains($0.sample) }.map {
        ECGStrip.Annotation(time: Double($0.sample - start) / rate, symbol: $0.code.symbol)
      },
      attribution: "MIT-BIH Arrhythmia Database 1.0.0, PhysioNet, doi:10.13026/C2F305 (ODC-By 1.0)")
  }
}
