/// What can make the results of two runs differ.
public enum ChangeKind: String, Sendable, Codable, CaseIterable, Comparable {
  /// The rows or their labels.
  case data
  /// Which rows are learned from and which are tested.
  case split
  /// The settings of the training.
  case recipe
  /// The network, or the members of an ensemble.
  case architecture
  /// The seeds.
  case seed
  /// The part of the program that decides a cell's bytes.
  case program
  /// The machine: what is in no cell's key and should not matter.
  case environment

  /// Order of the cases as they stand above.
  public static func < (left: ChangeKind, right: ChangeKind) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }

  /// The kind of an input of a cell, by its path; `nil` for a list of other cells, whose own inputs
  /// tell more.
  init?(input: String) {
    let root = input.prefix { $0 != "." }
    switch root {
    case "dataFingerprint", "classCount", "task": self = .data
    case "drawPath", "fold", "trainingShare": self = .split
    case "recipe": self = .recipe
    case "variant", "constants": self = .architecture
    case "seed": self = .seed
    case "parents", "candidates": return nil
    default: self = .program
    }
  }
}

/// An input that two runs do not have in common.
public struct ChangeCause: Sendable, Hashable, Codable {
  /// What it is a part of.
  public let kind: ChangeKind
  /// The input, for example `recipe.learningRate`; where it is that of a cell which the compared one
  /// builds on, after the name of that cell's variant, as in `baseline: recipe.learningRate`.
  public let input: String
  /// Its value in the old run; `nil` where it has none.
  public let old: String?
  /// Its value in the new run; `nil` where it has none.
  public let new: String?

  init(_ kind: ChangeKind, _ input: String, old: String?, new: String?) {
    self.kind = kind
    self.input = input
    self.old = old
    self.new = new
  }

  /// The same cause, of a cell that the compared one builds on.
  func below(_ name: String) -> ChangeCause {
    ChangeCause(kind, origin == nil ? "\(name): \(input)" : input, old: old, new: new)
  }

  /// The variant that the compared one builds on and that has the input; `nil` where it is its own.
  public var origin: String? {
    input.firstRange(of: ": ").map { String(input[..<$0.lowerBound]) }
  }

  /// The same, as a cause of the variant that has the input.
  public var own: ChangeCause {
    let name = input.firstRange(of: ": ").map { String(input[$0.upperBound...]) }
    return ChangeCause(kind, name ?? input, old: old, new: new)
  }
}
