/// What a run was made with, beside what it was made from: measured or asked for once, when cells
/// were trained, and no part of a result.
public struct RunEnvironment: Sendable, Codable, Equatable {
  /// Version of the program.
  public let program: String
  /// Commit that the program was built from, with `+` where sources had been changed; `nil` where it
  /// was not built in a repository.
  public let commit: String?
  /// SHA-256 over the sources that the program was built from.
  public let sources: String
  /// The compiler, as it names itself.
  public let compiler: String
  /// Kind and release of the operating system.
  public let system: String
  /// The processor, as the system names it.
  public let processor: String
  /// Processors that work could be done on.
  public let cores: Int
  /// The kernels' instruction set.
  public let instructionSet: String
  /// Versions of the libraries that draw, and sizes of the font files, by name.
  public let drawing: [String: String]
  /// When the run ended, in universal time.
  public let finished: String

  /// Creates a record.
  public init(
    program: String, commit: String?, sources: String, compiler: String, system: String,
    processor: String, cores: Int, instructionSet: String, drawing: [String: String],
    finished: String
  ) {
    self.program = program
    self.commit = commit
    self.sources = sources
    self.compiler = compiler
    self.system = system
    self.processor = processor
    self.cores = cores
    self.instructionSet = instructionSet
    self.drawing = drawing
    self.finished = finished
  }
}
