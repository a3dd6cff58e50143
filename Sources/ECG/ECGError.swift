/// What can be wrong with a recording.
public enum ECGError: Error, Sendable, Equatable {
  /// The operating system would not give the file.
  case file(FileFailure)
  /// A header line does not follow the WFDB format.
  case malformedHeader(path: String, line: Int, problem: String)
  /// The file is well formed and uses something that this program does not read.
  case unsupported(path: String, feature: String)
  /// A signal file ends before the samples that the header promises, counted over its signals.
  case truncatedSignal(path: String, promised: Int, found: Int)
  /// The first sample of a signal is not the one in the header.
  case initialValueMismatch(path: String, signal: String, header: Int, found: Int)
  /// The sum of a signal's samples, modulo 65,536, is not the one in the header.
  case checksumMismatch(path: String, signal: String, header: Int, found: Int)
  /// An annotation file breaks off or contradicts itself.
  case malformedAnnotations(path: String, byte: Int, problem: String)
}

extension ECGError: CustomStringConvertible {
  /// One sentence that names the file and ends with the remedy.
  public var description: String {
    switch self {
    case .file(let failure):
      failure.description
    case .malformedHeader(let path, let line, let problem):
      "\(path), line \(line): \(problem); \(Self.download)"
    case .unsupported(let path, let feature):
      "\(path): \(feature) cannot be read; give a single-segment record in format 212 or 16"
    case .truncatedSignal(let path, let promised, let found):
      "\(path): the header promises \(promised) samples, the signal file holds \(found); "
        + Self.download
    case .initialValueMismatch(let path, let signal, let header, let found):
      "\(path): signal \(signal) begins with \(found) where the header says \(header); "
        + Self.download
    case .checksumMismatch(let path, let signal, let header, let found):
      "\(path): signal \(signal) has the checksum \(found) where the header says \(header); "
        + Self.download
    case .malformedAnnotations(let path, let byte, let problem):
      "\(path), byte \(byte): \(problem); \(Self.download)"
    }
  }

  private static let download = "download the file again"
}
