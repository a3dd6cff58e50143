import Models

/// A recipe's name as it stands in results, taken apart: `tuned, at most 20 epochs` is the recipe
/// `tuned` with a bound on its epochs.
public struct RecipeName: Sendable, Hashable {
  /// The name of the settings that a variant was published with.
  public static let published = Recipe.publishedName

  /// The whole name.
  public let text: String
  /// The name without the bound.
  public let kind: String

  /// Takes a name apart.
  public init(_ text: String) {
    self.text = text
    kind = text.firstRange(of: ", at most ").map { String(text[..<$0.lowerBound]) } ?? text
  }

  /// Whether it is that of the settings a variant was published with, bounded or not.
  public var isPublished: Bool { kind == Self.published }

  /// Whether it is that of our own settings beside published ones, bounded or not.
  public var isTuned: Bool { kind == Recipe.tunedName }
}
