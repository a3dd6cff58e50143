import Foundation
import Neural

/// A finished cell beside the same cell made again.
public struct CellComparison: Sendable, Equatable {
  /// What was compared.
  public private(set) var compared: [String] = []
  /// What is not the same, each a clause.
  public private(set) var differences: [String] = []

  /// Compares weights, predictions and epochs, as far as the older store holds them; a file of it
  /// that is not the one that was written is looked at all the same, and said to be damaged.
  init(_ key: String, in store: RunStore, with other: RunStore) throws {
    let present = try store.computedFiles(of: key)
    let damaged = present.filter { (try? store.read($0, cell: key)) == nil }
    differences = damaged.map { "\($0) is not the file that was written: its hash is another" }
    if present.contains(CellFile.weights) {
      compared.append("weights")
      if let difference = try Self.weightDifference(key, in: store, with: other) {
        differences.append(difference)
      }
    }
    for part in CellFile.Answers.allCases
    where present.contains(part.full) || present.contains(part.packed) {
      let name = part == .test ? "predictions" : "validation predictions"
      compared.append(name)
      guard !damaged.contains(part.full), !damaged.contains(part.packed) else { continue }
      // In single precision where both hold it, else in 16 bits.
      let isSame =
        present.contains(part.full)
        ? try store.read(part.full, cell: key) == other.read(part.full, cell: key)
        : try store.answers(part, cell: key) == other.answers(part, cell: key)
      if !isSame { differences.append("the \(name) differ") }
    }
    for name in [CellFile.history, CellFile.reconstruction, CellFile.ensemble]
    where present.contains(name) {
      compared.append(name)
      guard !damaged.contains(name) else { continue }
      if try store.read(name, cell: key) != other.read(name, cell: key) {
        differences.append("\(name) differs")
      }
    }
  }

  /// What differs in the weights as they are in the files.
  private static func weightDifference(
    _ key: String, in store: RunStore, with other: RunStore
  ) throws -> String? {
    let path = "\(store.cellFolder(key))/\(CellFile.weights)"
    guard let bytes = try? store.contents(path) else { return nil }
    let old: [NamedTensor]
    do { old = try SafeTensors.decode(bytes) } catch {
      return "the weights cannot be compared: \(error)"
    }
    return firstDifference(old, try other.weights(cell: key))
  }

  /// The first tensor that differs, in the order of the file.
  static func firstDifference(_ old: [NamedTensor], _ new: [NamedTensor]) -> String? {
    for (one, other) in zip(old, new) {
      guard one.name == other.name, one.shape == other.shape else {
        return "the weights begin to differ with \(one.name) \(one.shape), now \(other.name) "
          + "\(other.shape)"
      }
      let place = zip(one.values, other.values).enumerated().first {
        $1.0.bitPattern != $1.1.bitPattern
      }
      if let (index, (before, now)) = place {
        return "the first tensor that differs is \(one.name), from number \(index) on: "
          + "\(before), now \(now)"
      }
    }
    return old.count == new.count ? nil : "there are \(old.count) tensors, now \(new.count)"
  }
}
