public import Models
import Crypto
import Foundation

/// Everything that decides the bytes of a trained cell, and whose it is; its canonical JSON is hashed
/// into the key.
///
/// What tables print of task and variant is not in it: it stands in the run and in the summary of the
/// data, beside the key.
public struct CellDescription: Sendable {
  /// The task's name.
  public let task: ClassificationTask
  /// The variant.
  public let variant: any ModelVariant
  /// How it is trained.
  public let recipe: Recipe
  /// The seed.
  public let seed: Int
  /// Which of the data's splits, counted from 0.
  public let fold: Int
  /// How many of the training rows are used, 0…1.
  public let trainingShare: Double
  /// Keys of the cells whose weights this one begins with.
  public let parents: [String]
  /// SHA-256 over rows, labels and split.
  public let dataFingerprint: String
  /// Path of every random draw among the rows.
  public let drawPath: String

  init(
    variant: any ModelVariant, recipe: Recipe, seed: Int, data: DatasetFacts, fold: Int = 0,
    trainingShare: Double = 1, parents: [String] = []
  ) {
    task = data.task
    self.variant = variant
    self.recipe = recipe
    self.seed = seed
    self.fold = fold
    self.trainingShare = trainingShare
    self.parents = parents
    dataFingerprint = data.fingerprint
    drawPath = data.drawPath
  }

  private struct Document: Encodable {
    let task: String
    let classCount: Int
    let drawPath: String
    let dataFingerprint: String
    let fold: Int
    let trainingShare: Double
    let variant: String
    let constants: JSONValue
    let recipe: Recipe
    let seed: Int
    let parents: [String]
    let numericVersion: String
    let variantVersion: String
  }

  /// Names of constants that no network depends on; the id has a place of its own.
  private static let names = ["id", "title", "rank", "source"]

  /// The constants of the variant that decide its network and how it is trained.
  private var constants: JSONValue {
    get throws {
      let json = try JSONEncoder().encode(variant)
      let values = try JSONDecoder().decode([String: JSONValue].self, from: json)
      return .object(values.filter { !Self.names.contains($0.key) })
    }
  }

  /// The description as JSON with sorted keys: the same text for the same cell.
  public func canonicalJSON() throws -> [UInt8] {
    let document = try Document(
      task: task.id, classCount: task.classCount, drawPath: drawPath,
      dataFingerprint: dataFingerprint, fold: fold, trainingShare: trainingShare,
      variant: variant.id, constants: constants, recipe: recipe, seed: seed,
      parents: parents, numericVersion: NumericVersion.shared,
      variantVersion: NumericVersion.variants["\(type(of: variant))"] ?? "")
    return try CanonicalJSON.encode(document)
  }
}

/// JSON with sorted keys, so that equal values have equal bytes.
enum CanonicalJSON {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + Array("\n".utf8)
  }
}

/// Digests in lower-case hexadecimal.
package enum Hash {
  /// The SHA-256 of bytes.
  package static func sha256(_ bytes: [UInt8]) -> String {
    hexadecimal(SHA256.hash(data: bytes))
  }

  /// A digest's bytes as text.
  static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
