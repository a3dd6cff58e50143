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
  /// The bound on the epochs, for example `at most 20 epochs`; `nil` where there is none.
  public let bound: String?

  /// Takes a name apart.
  public init(_ text: String) {
    self.text = text
    let comma = text.firstRange(of: ", at most ")
    kind = comma.map { String(text[..<$0.lowerBound]) } ?? text
    bound = comma.map { String(text[$0.lowerBound...].dropFirst(2)) }
  }

  /// Whether it is that of the settings a variant was published with, bounded or not.
  public var isPublished: Bool { kind == Self.published }

  /// Whether it is that of our own settings beside published ones, bounded or not.
  public var isTuned: Bool { kind == Recipe.tunedName }
}
