/// What can go wrong while a figure is drawn.
public enum PlottingError: Error, Equatable, Sendable {
  /// DejaVu Sans was found in none of the folders that were looked at.
  case typeFaceMissing(folders: [String])
  /// A font file is present but the font library would not take it.
  case typeFaceUnreadable(file: String)
  /// A picture has more pixels on a side than the drawing library can hold, or none.
  case impossibleSize(width: Double, height: Double, limit: Int)
  /// The drawing library reported an error.
  case drawing(operation: String, status: String)
  /// The drawing library returned bytes that are not of the promised format.
  case malformedOutput(format: String, expected: String)
}

extension PlottingError: CustomStringConvertible {
  /// The message for a reader: what happened and what to do.
  public var description: String {
    switch self {
    case .typeFaceMissing(let folders):
      "the type face DejaVu Sans is in none of \(folders.joined(separator: ", ")); "
        + "install the package fonts-dejavu-core"
    case .typeFaceUnreadable(let file):
      "\(file): the font library cannot read this font; reinstall the package fonts-dejavu-core"
    case .impossibleSize(let width, let height, let limit):
      "a picture of \(NumberText.shortest(width)) × \(NumberText.shortest(height)) pixels cannot "
        + "be drawn, a side may have 1 to \(limit); draw fewer panels in one figure"
    case .drawing(let operation, let status):
      "the drawing library failed to \(operation): \(status); "
        + "check the installed libcairo2 and libpango-1.0"
    case .malformedOutput(let format, let expected):
      "the drawing library wrote \(format) without \(expected); "
        + "check the installed libcairo2"
    }
  }
}
