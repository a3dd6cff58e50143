internal import ECG

/// The tasks `ptb` and `ptb-10s` from recordings: beats of healthy controls and of patients, cut
/// from lead II by ``PeakCutting`` and split by patient.
///
/// Database: Bousseljot, Kreiseler and Schnabel 1995; PhysioNet, doi:10.13026/C28C71, ODC-By 1.0.
enum PTBDataset {
  static let classes = [
    ClassLabel(symbol: "normal", name: "healthy controls"),
    ClassLabel(symbol: "abnormal", name: "patients with a heart disease"),
  ]

  /// Samples a second of the rows.
  static let rowSamplingRate = PeakCutting.samplingRate / Double(PeakCutting.decimation)

  private static let attribution =
    "PTB Diagnostic ECG Database 1.0.0, PhysioNet, doi:10.13026/C28C71 (ODC-By 1.0)"

  /// The task `ptb`: all records of a folder that have a diagnosis, a fifth of the patients for the
  /// test.
  ///
  /// - Throws: `DatasetsError` if a record is damaged, or too few patients of a class have beats.
  static func build(_ folder: PTBFolder) throws(DatasetsError) -> Dataset {
    let beats = try PTBBeats(folder.path, folder.records, attribution: attribution)
    let split = try beats.folds(task: "ptb") { patients in
      folder.missingPatients(patients, having: "with beats")
    }[0]
    return Dataset(
      id: "ptb", title: "PTB diagnostic", classes: classes, rows: beats.rows,
      labels: beats.labels, origins: beats.origins, split: split,
      protocolLabel: "split by patient", source: .recordings, rowSamplingRate: rowSamplingRate,
      strips: beats.strips,
      notes: (folder.isComplete ? [] : [folder.note])
        + beats.notes(folder.records, noun: "records"))
  }

  /// The task `ptb-10s`: the excerpts that `diagnosis.csv` lists with a diagnosis, in five folds.
  ///
  /// - Throws: `DatasetsError` if the list or a record is damaged or names an unknown diagnosis, or
  ///   too few patients of a class have beats.
  static func buildExcerpts(directory: String) throws(DatasetsError) -> Dataset {
    let list = try DiagnosisList(path: "\(directory)/diagnosis.csv")
    let records = list.entries.compactMap { entry in
      entry.diagnosis.flatMap { diagnosis in
        entry.reason.map {
          PTBRecord(
            name: entry.record, patient: entry.patient, reason: $0, diagnosis: diagnosis)
        }
      }
    }
    let beats = try PTBBeats(
      directory, records, attribution: attribution + "; first 10 s, to 0.001 mV")
    let folds = try beats.folds(task: "ptb-10s") { patients in
      .missingPatients(
        task: "ptb-10s", directory: directory, found: patients, having: "with beats",
        needed: SubjectFolds.fewest, remedy: "the excerpts of more patients")
    }
    return Dataset(
      id: "ptb-10s", title: "PTB diagnostic, 10 s", classes: classes, rows: beats.rows,
      labels: beats.labels, origins: beats.origins, folds: folds,
      protocolLabel:
        "\(records.count) excerpts of 10 s, \(folds.count) folds by patient, stratified",
      source: .recordings, rowSamplingRate: rowSamplingRate, strips: beats.strips,
      notes: beats.notes(records, noun: "excerpts"))
  }
}

/// The rows of several records, in their order.
private struct PTBBeats {
  private(set) var rows: [Float] = []
  private(set) var labels: [UInt8] = []
  private(set) var origins: [BeatOrigin] = []
  /// The first record of each class whose first 10 s gave rows.
  private(set) var strips: [ECGStrip] = []

  /// Reads the records.
  ///
  /// - Throws: `DatasetsError` if one is missing or damaged, or a patient is of both classes.
  init(
    _ directory: String, _ records: [PTBRecord], attribution: String
  ) throws(DatasetsError) {
    try Self.checkPatients(records, directory)
    var shown: [ECGStrip?] = [nil, nil]
    try RecordReading.inOrder(records.count) { (index) throws(DatasetsError) in
      try PTBRecordRows(directory: directory, record: records[index], attribution: attribution)
    } take: { index, part in
      let record = records[index]
      rows += part.rows
      labels += part.samples.map { _ in record.diagnosis.rawValue }
      origins += part.samples.map {
        BeatOrigin(record: record.name, subject: record.patient, sample: $0)
      }
      let place = Int(record.diagnosis.rawValue)
      shown[place] = shown[place] ?? part.strip
    }
    strips = shown.compactMap(\.self)
  }

  private static func checkPatients(
    _ records: [PTBRecord], _ directory: String
  ) throws(DatasetsError) {
    var diagnoses: [String: Diagnosis] = [:]
    for record in records {
      guard diagnoses[record.patient, default: record.diagnosis] == record.diagnosis else {
        throw .unexpectedDiagnosticRecord(
          path: "\(directory)/\(record.name).hea",
          problem: "\(record.patient) is a healthy control in one record and not in another")
      }
      diagnoses[record.patient] = record.diagnosis
    }
  }

  /// Five folds by patient.
  ///
  /// - Parameter missing: The error for too few patients, given how many of each class have beats.
  func folds(
    task: String, missing: ([Int]) -> DatasetsError
  ) throws(DatasetsError) -> [Split] {
    let folds = SubjectFolds(
      labels: labels, subjects: origins.map(\.subject), classCount: PTBDataset.classes.count)
    guard folds.subjectCounts.allSatisfy({ $0 >= SubjectFolds.fewest }) else {
      throw missing(folds.subjectCounts)
    }
    return folds.splits(5, task: task)
  }

  /// Says how many records and patients give no beats, if any.
  ///
  /// - Parameter noun: What a record is called.
  func notes(_ records: [PTBRecord], noun: String) -> [String] {
    let all = (Set(records.map(\.name)).count, Set(records.map(\.patient)).count)
    let used = (Set(origins.map(\.record)).count, Set(origins.map(\.subject)).count)
    guard used.0 < all.0 else { return [] }
    return [
      "Of the \(all.0) \(noun) of \(all.1) people, \(used.0) \(noun) of \(used.1) people give "
        + "beats; the others have no 10 s in which two R peaks of lead II reach nine tenths of its "
        + "range and a beat ends."
    ]
  }
}
