/// The list `diagnosis.csv` of the excerpts of 10 s: record, patient, name of the record in the
/// database, reason for admission.
struct DiagnosisList {
  /// One line of the list.
  struct Entry: Equatable {
    let record: String
    let patient: String
    /// The reason as written, `nil` for `n/a`.
    let reason: String?
    /// The class, `nil` for `n/a`.
    let diagnosis: Diagnosis?
  }

  private static let header = "record,patient,ptbdb_record,reason_for_admission"

  /// The lines, in the order of the file.
  private(set) var entries: [Entry] = []

  /// Reads a list.
  ///
  /// - Throws: `DatasetsError` if the file cannot be read, a line has another form, a record stands
  ///   twice, or a reason is neither one of the database's nor `n/a`.
  init(path: String) throws(DatasetsError) {
    var names: Set<String> = []
    try LineReader.forEachLine(of: path) { (text, line) throws(DatasetsError) in
      func malformed(_ problem: String) -> DatasetsError {
        .malformedText(path: path, line: line, problem: problem)
      }
      let text = String(decoding: text, as: UTF8.self)
      guard line > 1 else {
        guard text == Self.header else { throw malformed("the header is not \(Self.header)") }
        return
      }
      let fields = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 4 else { throw malformed("\(fields.count) columns are not 4") }
      // A name with a folder in it could lead out of the list's own.
      guard fields[..<3].allSatisfy(Self.isName) else { throw malformed("a name is no file name") }
      guard names.insert(fields[0]).inserted else {
        throw malformed("the record \(fields[0]) stands there twice")
      }
      entries.append(try Self.entry(fields, path: path, line: line))
    }
    guard !entries.isEmpty else {
      throw .malformedText(path: path, line: 1, problem: "it lists no records")
    }
  }

  private static func entry(
    _ fields: [String], path: String, line: Int
  ) throws(DatasetsError) -> Entry {
    let reason = Diagnosis.given(fields[3])
    let diagnosis = reason.flatMap(Diagnosis.init(known:))
    guard !fields[3].isEmpty, (reason == nil) == (diagnosis == nil) else {
      throw .unknownDiagnosis(path: path, line: line, text: fields[3])
    }
    return Entry(record: fields[0], patient: fields[1], reason: reason, diagnosis: diagnosis)
  }

  /// Whether a text is letters, digits, `_` and `-` only.
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
