public import ECG

/// What can be wrong with the data of a study.
public enum DatasetsError: Error, Sendable, Equatable {
  /// The operating system would not read or write the file.
  case file(FileFailure)
  /// A recording is missing, damaged or of another kind.
  case recording(ECGError)
  /// A record is well formed, but not the one of the database that its name says.
  case unexpectedRecord(path: String, problem: String)
  /// The recordings do not give the published beats: those found, for each class.
  case unexpectedBeats(directory: String, expected: [Int], found: [Int])
  /// A compressed file is damaged.
  case damagedCompression(path: String, problem: String)
  /// A line of a text file is not what the format asks for.
  case malformedText(path: String, line: Int, problem: String)
  /// A line of a predictions file is not what the format asks for.
  case malformedPredictions(path: String, line: Int, problem: String)
  /// A row of a predictions file names a subject where others do not, or the other way round.
  case missingSubject(path: String, place: String)
  /// A published file does not hold the published rows: those found, for each class.
  case unexpectedRows(path: String, expected: [Int], found: [Int])
  /// An array file (npy, npz) is damaged or of a kind that is not read.
  case malformedArray(path: String, problem: String)
  /// An npz file has no array of this name.
  case missingArray(path: String, name: String, present: [String])
  /// A file name whose ending names no format that can be written.
  case unknownFileFormat(path: String)
  /// A predictions file whose ending names no format that can be read.
  case unknownPredictionsFormat(path: String)
  /// A task that the program does not know.
  case unknownTask(String, known: [String])
  /// The folder holds nothing that the task could be loaded from; what was looked for.
  case noData(task: String, directory: String, lookedFor: [String])
  /// A record of the PTB Diagnostic ECG Database is well formed, but not as its name or list says.
  case unexpectedDiagnosticRecord(path: String, problem: String)
  /// A reason for admission that is not one of the PTB Diagnostic ECG Database.
  case unknownDiagnosis(path: String, line: Int, text: String)
  /// A folder of recordings lacks patients of a class: those found, healthy controls first, that
  /// have what was asked of them, and how many of each are needed.
  case missingPatients(
    task: String, directory: String, found: [Int], having: String, needed: Int, remedy: String)
  /// A file of a folder is not marked as synthetic, and would be replaced or marked.
  case notSynthetic(path: String)
  /// A split that should be one between people has some on both sides.
  case sharedSubjects(task: String, subjects: [String])
  /// The task cannot be loaded from this kind of source.
  case unsupportedSource(task: String, source: DataSource)
}

extension DatasetsError: CustomStringConvertible {
  /// One sentence that names the file and ends with the remedy.
  public var description: String {
    switch self {
    case .file(let failure):
      failure.description
    case .recording(let error):
      error.description
    case .unexpectedRecord(let path, let problem):
      "\(path): \(problem); download the MIT-BIH Arrhythmia Database 1.0.0 from "
        + "https://physionet.org/content/mitdb/1.0.0/"
    case .unexpectedBeats(let directory, let expected, let found):
      "\(directory): the records give \(Self.list(found)) beats a class, published are "
        + "\(Self.list(expected)); download the annotation files again"
    case .damagedCompression(let path, let problem):
      "\(path): the compressed data is damaged (\(problem)); download the file again"
    case .malformedText(let path, let line, let problem):
      "\(path), line \(line): \(problem); give the file as it was published"
    case .malformedPredictions(let path, let line, let problem):
      "\(path), line \(line): \(problem); write values with commas between them, in UTF-8, under the "
        + "header label,p0,p1,…[,subject] or label,score[,subject]"
    case .missingSubject(let path, let place):
      "\(path), \(place): some rows name a subject and others do not; name one in every row, or "
        + "leave the column out"
    case .unexpectedRows(let path, let expected, let found):
      "\(path): it holds \(Self.list(found)) rows a class, the published file holds "
        + "\(Self.list(expected)); download the file again"
    case .malformedArray(let path, let problem):
      "\(path): \(problem); write the file again with numpy.save or numpy.savez"
    case .missingArray(let path, let name, let present):
      "\(path): there is no \"\(name)\" among \(Self.names(present)); add it"
    case .unknownFileFormat(let path):
      "\(path): the ending names no format; use .npy or .csv"
    case .unknownPredictionsFormat(let path):
      "\(path): the ending names no format; use .csv, .csv.gz or .npz"
    case .unknownTask(let name, let known):
      "\"\(name)\" is no task; use one of \(known.joined(separator: ", "))"
    case .noData(let task, let directory, let lookedFor):
      "\(directory): nothing to load the task \(task) from; put there \(Self.names(lookedFor))"
    case .unexpectedDiagnosticRecord(let path, let problem):
      "\(path): \(problem); give the record as it is in the PTB Diagnostic ECG Database 1.0.0, "
        + "https://physionet.org/content/ptbdb/1.0.0/"
    case .unknownDiagnosis(let path, let line, let text):
      "\(path), line \(line): \(text.debugDescription) is no reason for admission of the PTB "
        + "Diagnostic ECG Database; give one as its headers have it, or n/a"
    case .missingPatients(let task, let folder, let found, let property, let needed, let put):
      "\(folder): " + Self.missing(task, found, property, needed) + "; put there \(put)"
    case .notSynthetic(let path):
      "\(path): there is a file that was not generated by this program; choose another folder"
    case .sharedSubjects(let task, let subjects):
      "\(task): \(subjects.joined(separator: ", ")) stand on both sides, so this is no inter-patient "
        + "split; leave their records out on one side"
    case .unsupportedSource(let task, let source):
      "the task \(task) cannot be loaded from \(source.phrase); choose another source"
    }
  }

  /// Why a part of the recordings is not enough.
  private static func missing(
    _ task: String, _ found: [Int], _ property: String, _ needed: Int
  ) -> String {
    let kinds = ["healthy controls", "patients with a heart disease"]
    let missing = zip(kinds, found).filter { $1 < needed }.map(\.0)
    let counts = zip(kinds, found).map { "\($0): \($1)" }.joined(separator: ", ")
    return "records of \(missing.joined(separator: " and of ")) are missing: the task \(task) "
      + "needs \(needed) people of each kind \(property), found are \(counts)"
  }

  private static func list(_ counts: [Int]) -> String {
    counts.map(String.init).joined(separator: "/")
  }

  private static func names(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: " or ")
  }
}

extension DatasetsError {
  /// Why a task cannot be run on a folder that simply lacks its data, as half a sentence; `nil` for
  /// everything else, above all for data that is damaged.
  public var gap: String? {
    switch self {
    case .noData(_, _, let lookedFor):
      "the data folder holds nothing to load it from (looked for "
        + "\(lookedFor.joined(separator: "; ")))"
    case .missingPatients(let task, _, let found, let property, let needed, _):
      Self.missing(task, found, property, needed)
    default: nil
    }
  }
}

extension DataSource {
  /// The source in words, for messages and captions.
  public var phrase: String {
    switch self {
    case .recordings: "raw recordings"
    case .publishedFiles: "the published comma-separated files"
    case .synthetic: "generated signals"
    }
  }
}

extension DatasetsError {
  /// Whether the disk is what failed: it is full, may hold no more, or answers with an error.
  public var isOfDisk: Bool {
    if case .file(let failure) = self { return failure.isOfDisk }
    return false
  }
}
