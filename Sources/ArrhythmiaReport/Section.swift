public import Documents

/// A section of the report. A file in `Sections/` holds the type of its name; the report lists
/// them by itself.
public protocol Section: Sendable {
  /// Stable name.
  var id: Identifier { get }
  /// Its place: lower ranks first.
  var rank: Int { get }

  /// The section; `nil` where it has nothing to say.
  func section(for study: EvaluatedStudy) -> Document.Section?
}
