/// What a figure was made from; written into every file of it.
public struct Provenance: Sendable, Equatable {
  /// A stored result that the figure shows.
  public struct Source: Sendable, Equatable {
    /// What it is, for example `predictions of vanilla-cnn, seed 1`.
    public let name: String
    /// SHA-256 in lower-case hexadecimal.
    public let hash: String

    /// Creates a source.
    public init(name: String, hash: String) {
      self.name = name
      self.hash = hash
    }
  }

  /// The program named in the files.
  public static let creator = "detectron"
  /// The date named in the files; a figure does not depend on when it was drawn.
  static let date = "2000-01-01T00:00:00Z"

  /// Title of the figure.
  public let title: String
  /// The figure's caption or another description.
  public let subject: String
  /// SHA-256 over the study and its cells.
  public let runID: String
  /// The stored results that the figure shows.
  public let sources: [Source]

  /// Creates the provenance of a figure.
  public init(title: String, subject: String, runID: String, sources: [Source]) {
    self.title = title
    self.subject = subject
    self.runID = runID
    self.sources = sources
  }

  /// Title, run and sources, one a line: the head of every text.
  public var head: [String] { ["title: \(title)"] + lines }

  /// Run and sources, one a line.
  public var lines: [String] { ["run: \(runID)"] + sources.map { "\($0.name): \($0.hash)" } }

  /// Run and sources in one line.
  public var keywords: String { lines.joined(separator: "; ") }
}
