import Foundation
import Neural

/// What can be wrong with the settings of a training.
public enum ModelsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The text is not the JSON of a recipe.
  case malformedRecipe(problem: String)
  /// A field that no recipe has.
  case unknownField(String)
  /// A field that every recipe has is not there.
  case missingField(String)
  /// A field's value cannot be trained with.
  case unusableValue(field: String, problem: String)

  /// One sentence that ends with the remedy.
  public var description: String {
    switch self {
    case .malformedRecipe(let problem):
      "the recipe is not what the program writes (\(problem)); correct it, or take the recipe out "
        + "of a cell.json"
    case .unknownField(let field): "a recipe has no field \(field); take it out or correct its name"
    case .missingField(let field):
      "the recipe has no field \(field); add it, as the recipe in a cell.json has it"
    case .unusableValue(let field, let problem):
      "the recipe's \(field) cannot be used (\(problem)); choose another value"
    }
  }
}

/// Recipes as JSON, read strictly: exactly the fields that are written, each with a value that can
/// be trained with, so that no setting is ever left out or misspelt without a word.
extension Recipe {
  /// The JSON with sorted keys.
  public func json() throws(ModelsError) -> [UInt8] {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return Array(try encoder.encode(self)) + Array("\n".utf8)
    } catch {
      throw .malformedRecipe(problem: "a number is not finite")
    }
  }

  /// Reads a recipe.
  public init(json: [UInt8]) throws(ModelsError) {
    let decoder = JSONDecoder()
    let given: Fields
    do {
      given = try decoder.decode(Fields.self, from: Data(json))
      self = try decoder.decode(Recipe.self, from: Data(json))
    } catch DecodingError.keyNotFound(let key, let context) {
      throw .missingField(
        (context.codingPath.map(\.stringValue) + [key.stringValue]).joined(separator: "."))
    } catch DecodingError.typeMismatch(_, let context) {
      throw .malformedRecipe(problem: "\(Self.name(context.codingPath)) has another type")
    } catch DecodingError.dataCorrupted(let context) {
      throw .malformedRecipe(problem: "\(Self.name(context.codingPath)) cannot be read")
    } catch {
      throw .malformedRecipe(problem: "it cannot be read")
    }
    let expected: Fields
    do {
      expected = try decoder.decode(Fields.self, from: Data(try self.json()))
    } catch {
      throw .malformedRecipe(problem: "it cannot be written again")
    }
    if let field = given.difference(from: expected) { throw .unknownField(field) }
    if let field = expected.difference(from: given) { throw .missingField(field) }
    try check()
  }

  private static func name(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "the text" : path.map(\.stringValue).joined(separator: ".")
  }

  /// Throws where a value cannot be trained with.
  public func check() throws(ModelsError) {
    try require("learningRate", learningRate > 0 && learningRate.isFinite, learningRate)
    try require("labelSmoothing", labelSmoothing >= 0 && labelSmoothing < 1, labelSmoothing)
    try require(
      "averagingMomentum", averagingMomentum >= 0 && averagingMomentum < 1, averagingMomentum)
    try require("validationShare", validationShare > 0 && validationShare < 1, validationShare)
    try require("batchSize", (1...1 << 16).contains(batchSize), batchSize)
    try require("maximumEpochs", Self.epochs.contains(maximumEpochs), maximumEpochs)
    try require("stoppingPatience", stoppingPatience > 0, stoppingPatience)
    if case .focal(let gamma) = objective {
      try require("objective", gamma >= 0 && gamma.isFinite, gamma)
    }
    if case .perClass(let weights) = classWeighting {
      try require("classWeighting", weights.allSatisfy { $0 >= 0 && $0.isFinite }, weights)
    }
    switch algorithm {
    case .adam: break
    case .adamW(let decay): try require("algorithm", decay >= 0 && decay.isFinite, decay)
    case .sgd(let momentum, _): try require("algorithm", momentum >= 0 && momentum < 1, momentum)
    }
    try require("earlierStages", earlierStages.count < 100, earlierStages.count)
    for stage in earlierStages {
      try require("earlierStages", Self.epochs.contains(stage.epochs), stage.epochs)
    }
    if let problem = augmentation.problem {
      throw .unusableValue(field: "augmentation", problem: problem)
    }
    if let problem = schedule.problem { throw .unusableValue(field: "schedule", problem: problem) }
    if let problem = clipping.problem { throw .unusableValue(field: "clipping", problem: problem) }
  }

  /// More than anybody trains, and few enough to count steps by.
  private static let epochs = 1...1_000_000

  private func require(
    _ field: String, _ isUsable: Bool, _ value: some CustomStringConvertible
  ) throws(ModelsError) {
    if !isUsable { throw .unusableValue(field: field, problem: "\(value) is out of range") }
  }
}

/// The names of a JSON text's fields, without their values.
private indirect enum Fields: Decodable {
  case object([String: Fields])
  case value

  init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: AnyKey.self) else {
      self = .value
      return
    }
    var fields: [String: Fields] = [:]
    for key in container.allKeys {
      fields[key.stringValue] = try container.decode(Fields.self, forKey: key)
    }
    self = .object(fields)
  }

  /// The first field, in alphabetical order, that the other does not have.
  func difference(from other: Fields, at path: String = "") -> String? {
    guard case .object(let fields) = self else { return nil }
    guard case .object(let others) = other else { return path }
    for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
      guard let counterpart = others[name] else { return path + name }
      if let difference = field.difference(from: counterpart, at: path + name + ".") {
        return difference
      }
    }
    return nil
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
