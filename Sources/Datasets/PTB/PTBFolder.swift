internal import ECG

/// What a folder holds of the PTB Diagnostic ECG Database, from the headers alone.
struct PTBFolder {
  /// Records of the database.
  static let recordCount = 549
  /// Patients of the database.
  static let patientCount = 290

  let path: String
  /// The records with a diagnosis, by patient and name.
  let records: [PTBRecord]
  /// All records, also those without a diagnosis.
  let allCount: Int
  /// All patients.
  let allPatientCount: Int

  /// Reads the headers in the folders `patientNNN`.
  ///
  /// - Throws: `DatasetsError` if a folder or header cannot be read or is malformed.
  init(path: String) throws(DatasetsError) {
    self.path = path
    var records: [PTBRecord] = []
    var allCount = 0
    let patients = try FolderListing.names(in: path).filter(Self.isPatient)
    for patient in patients {
      for file in try FolderListing.names(in: "\(path)/\(patient)") where file.hasSuffix(".hea") {
        let name = "\(patient)/\(file.dropLast(4))"
        allCount += 1
        guard let reason = try Self.reason("\(path)/\(name).hea") else { continue }
        records.append(
          PTBRecord(name: name, patient: patient, reason: reason, diagnosis: Diagnosis(reason)))
      }
    }
    self.records = records
    self.allCount = allCount
    allPatientCount = patients.count
  }

  /// Whether a folder's name is that of a patient's.
  static func isPatient(_ name: String) -> Bool {
    let digits = name.dropFirst("patient".count).utf8
    return name.hasPrefix("patient") && digits.count == 3
      && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func reason(_ path: String) throws(DatasetsError) -> String? {
    do throws(ECGError) {
      return Diagnosis.reason(in: try RecordHeader.read(path).comments)
    } catch {
      throw .recording(error)
    }
  }

  /// Whether all records of the database are there.
  var isComplete: Bool { allCount == Self.recordCount }

  /// Patients of each class.
  var patientCounts: [Int] {
    [Diagnosis.normal, .abnormal].map { diagnosis in
      Set(records.filter { $0.diagnosis == diagnosis }.map(\.patient)).count
    }
  }

  /// Whether there are enough patients of each class to learn from, to validate and to test.
  var isUsable: Bool { patientCounts.allSatisfy { $0 >= SubjectFolds.fewest } }

  /// What a reader has to know of a part of the database.
  var note: String {
    "The records are a part of the database: \(allCount) of \(Self.recordCount), of "
      + "\(allPatientCount) of \(Self.patientCount) patients."
  }

  /// The error for a part that lacks patients of a class.
  ///
  /// - Parameters:
  ///   - found: Patients of each class.
  ///   - property: What was asked of them, for example `with beats`.
  func missingPatients(
    _ found: [Int]? = nil, having property: String = "with a diagnosis"
  ) -> DatasetsError {
    .missingPatients(
      task: "ptb", directory: path, found: found ?? patientCounts, having: property,
      needed: SubjectFolds.fewest,
      remedy: "all \(Self.recordCount) records of https://physionet.org/content/ptbdb/1.0.0/, or "
        + "ptbdb_normal.csv and ptbdb_abnormal.csv beside the folder")
  }
}
