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

/// Any JSON, as far as its values can be told apart.
private enum JSONValue: Decodable {
  case object([String: JSONValue])
  case array([JSONValue])
  case leaf(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let object = try? container.decode([String: JSONValue].self) {
      self = .object(object)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else if let text = try? container.decode(String.self) {
      self = .leaf(text)
    } else if let flag = try? container.decode(Bool.self) {
      self = .leaf("\(flag)")
    } else if let whole = try? container.decode(Int.self) {
      self = .leaf("\(whole)")
    } else if let number = try? container.decode(Double.self) {
      self = .leaf("\(number)")
    } else {
      self = .leaf("null")
    }
  }

  /// The leaves by their paths; items of a list are named where they have a name, else counted.
  func flatten(at path: String = "", into values: inout [String: String]) {
    func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch self {
    case .leaf(let text): values[path] = text
    case .object(let object):
      if object.isEmpty { values[path] = "{}" }
      for (name, value) in object { value.flatten(at: below(name), into: &values) }
    case .array(let items):
      if items.isEmpty { values[path] = "[]" }
      for (place, item) in items.enumerated() {
        item.flatten(at: below(item.name ?? "\(place + 1)"), into: &values)
      }
    }
  }

  private var name: String? {
    guard case .object(let object) = self, case .leaf(let name)? = object["name"] else {
      return nil
    }
    return name
  }
}
