internal import ECG

/// A record of the PTB Diagnostic ECG Database that has a diagnosis.
struct PTBRecord: Sendable, Equatable {
  /// Name below the folder, without an ending, for example `patient001/s0010_re`.
  let name: String
  let patient: String
  /// The reason for admission.
  let reason: String
  let diagnosis: Diagnosis
}

/// The rows of one record, cut from lead II.
struct PTBRecordRows: Sendable {
  private(set) var rows: [Float] = []
  /// First sample of each row.
  private(set) var samples: [Int] = []
  /// The first 10 s of the lead, if they gave rows.
  let strip: ECGStrip?

  /// Reads a record of a folder.
  ///
  /// - Throws: `DatasetsError` if the record is missing or damaged, has no lead II at 1000 Hz, or
  ///   another reason for admission than is known of it.
  init(directory: String, record: PTBRecord, attribution: String) throws(DatasetsError) {
    let recording = try Self.read(directory, record.name)
    let path = "\(directory)/\(record.name).hea"
    let reason = Diagnosis.reason(in: recording.header.comments)
    guard reason == record.reason else {
      throw .unexpectedDiagnosticRecord(
        path: path,
        problem: "the reason for admission is \(reason ?? "missing"), not \(record.reason)")
    }
    let lead = recording.header.signals.firstIndex { $0.description.lowercased() == "ii" }
    guard let lead, recording.header.samplingFrequency == PeakCutting.samplingRate,
      recording.header.signals[lead].samplesPerFrame == 1,
      let format = SignalFormat(rawValue: recording.header.signals[lead].format)
    else {
      throw .unexpectedDiagnosticRecord(path: path, problem: "there is no lead ii at 1000 Hz")
    }
    let signal = recording.signals[lead]
    for piece in PeakCutting.pieces(of: signal, invalid: format.invalidSample) {
      BeatCutting.appendRow(
        of: piece, signal: signal, decimation: PeakCutting.decimation,
        length: Dataset.rowLength, to: &rows)
      samples.append(piece.lowerBound)
    }
    let isShown = samples.first.map { $0 < PeakCutting.windowLength } ?? false
    strip = isShown ? Self.strip(recording, lead, record, attribution) : nil
  }

  private static func read(
    _ directory: String, _ name: String
  ) throws(DatasetsError) -> Recording {
    let parts = name.split(separator: "/").map(String.init)
    let folder = ([directory] + parts.dropLast()).joined(separator: "/")
    do throws(ECGError) {
      return try Recording.read(directory: folder, record: parts.last ?? name)
    } catch {
      throw .recording(error)
    }
  }

  /// The first 10 s of the lead, every second sample: 500 Hz are enough for paper.
  private static func strip(
    _ recording: Recording, _ lead: Int, _ record: PTBRecord, _ attribution: String
  ) -> ECGStrip {
    let millivolts = recording.physical(signal: lead, 0..<PeakCutting.windowLength)
    return ECGStrip(
      record: record.name, lead: "II", samplingRate: PeakCutting.samplingRate / 2, start: 0,
      millivolts: stride(from: 0, to: millivolts.count, by: 2).map { millivolts[$0] },
      annotations: [], attribution: attribution,
      finding: "\(PTBDataset.classes[Int(record.diagnosis.rawValue)].symbol): \(record.reason)")
  }
}
