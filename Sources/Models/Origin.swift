/// Trained weights that a variant begins with.
public struct Origin: Sendable, Hashable, Codable {
  /// Where the weights were trained.
  public enum Place: String, Sendable, Hashable, Codable {
    /// On the same training rows.
    case sameRows
    /// On the study's first task with more than two classes.
    case sourceTask
  }

  /// The variant that was trained, with the same seed.
  public let variant: String
  /// Where it was trained.
  public let place: Place
  /// Paths of what is not taken over and starts as the seed makes it, for example a head.
  public let replaced: [String]

  /// Names the weights.
  public init(variant: String, place: Place, replaced: [String]) {
    self.variant = variant
    self.place = place
    self.replaced = replaced
  }
}
