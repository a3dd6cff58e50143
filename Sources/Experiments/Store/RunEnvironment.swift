/// What a run was asked for with, beside what it was made from: measured, and no part of a result. Who
/// made a cell stands with the cell (``Maker``).
public struct RunEnvironment: Sendable, Codable, Equatable {
  /// The study file that a run was asked for with.
  public struct StudyFile: Sendable, Codable, Equatable {
    /// Its name, as it was given.
    public let path: String
    /// SHA-256 of its bytes.
    public let sha256: String

    /// Reads the file's hash.
    ///
    /// - Throws: `ExperimentsError.unusableInput` where there is no such file.
    public init(path: String) throws(ExperimentsError) {
      self.path = path
      sha256 = Hash.sha256(try InputFile.contents(of: path, kind: "a study file"))
    }
  }

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
  /// The study file; `nil` where there was none, or an earlier program made the run.
  public var studyFile: StudyFile?
  /// How many of the run's cells were made with it, the others being there before; 0 where all were,
  /// `nil` where an earlier program made the run.
  public var madeCells: Int?

  /// Creates a record.
  public init(
    program: String, commit: String?, sources: String, compiler: String, system: String,
    processor: String, cores: Int, instructionSet: String, drawing: [String: String],
    finished: String, studyFile: StudyFile? = nil
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
    self.studyFile = studyFile
  }
}
