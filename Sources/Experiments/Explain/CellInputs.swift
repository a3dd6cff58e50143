import Foundation

/// What decided the bytes of a cell, taken from its description in the store: each input by its
/// path, as `recipe.learningRate`, and its value as text.
public struct CellInputs: Sendable, Equatable {
  /// An input that differs between two cells of the same name.
  public struct Change: Sendable, Equatable, Codable {
    /// Path of the input.
    public let input: String
    /// Value before; `nil` where there was none.
    public let old: String?
    /// Value now; `nil` where there is none.
    public let new: String?
  }

  /// What a person calls a cell, without a bound on its epochs: cells that answer one question.
  struct Identity: Hashable, Sendable {
    let task: String
    let variant: String
    let recipe: String
    let seed: Int
    let fold: Int
    let trainingShare: Double
  }

  /// The values, by path.
  public let values: [String: String]
  let identity: Identity

  /// Reads a description; `nil` where the bytes are none.
  init?(_ json: [UInt8]) {
    guard let root = try? JSONDecoder().decode(JSONValue.self, from: Data(json)) else { return nil }
    var values: [String: String] = [:]
    root.flatten(into: &values)
    guard let task = values["task"], let variant = values["variant"],
      let seed = values["seed"].flatMap({ Int($0) }), let fold = values["fold"].flatMap({ Int($0) })
    else { return nil }
    self.values = values
    identity = Identity(
      task: task, variant: variant, recipe: RecipeName(values["recipe.name"] ?? "").kind,
      seed: seed, fold: fold,
      trainingShare: values["trainingShare"].flatMap { Double($0) } ?? 1)
  }

  /// The inputs that differ from an older cell's, by path.
  func changes(since older: CellInputs) -> [Change] {
    Set(values.keys).union(older.values.keys).sorted().compactMap { path in
      let (old, new) = (older.values[path], values[path])
      return old == new ? nil : Change(input: path, old: old, new: new)
    }
  }
}
