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
    case .unsupportedSource(let task, let source):
      "the task \(task) cannot be loaded from \(source.phrase); choose another source"
    }
  }

  private static func list(_ counts: [Int]) -> String {
    counts.map(String.init).joined(separator: "/")
  }

  private static func names(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: " or ")
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
