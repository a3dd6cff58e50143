/// The input itself: the branch of a ``Sum`` that skips the others.
public struct Identity: Layer {
  /// Describes the branch.
  public init() {}

  /// Returns its input.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value { input }
}

/// Branches that are all fed the same input, added up: `[N, L, C]` each.
///
/// A residual block is `Sum { Sequential { … } ; Identity() }`.
public struct Sum: Layer {
  private let branches: [any Layer]

  /// Lists the branches.
  public init(@LayerBuilder _ branches: () -> [any Layer]) {
    self.branches = branches()
  }

  /// Adds the branches and their sum.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    plan.share(input)
    let parts = branches.map { $0.build(&plan, input) }
    guard let first = parts.first else { preconditionFailure("a sum has at least one branch") }
    for part in parts {
      precondition(
        part.length == first.length && part.channels == first.channels,
        "branches of \(first.length) × \(first.channels) and \(part.length) × \(part.channels) "
          + "cannot be added")
    }
    if parts.count == 1 { return first }
    let output = plan.value(length: first.length, channels: first.channels)
    plan.append(Summation(inputs: parts, output: output))
    return output
  }
}

/// Branches that are all fed the same input, their channels beside each other.
public struct Concatenate: Layer {
  private let branches: [any Layer]

  /// Lists the branches.
  public init(@LayerBuilder _ branches: () -> [any Layer]) {
    self.branches = branches()
  }

  /// Adds the branches and their concatenation.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    plan.share(input)
    let parts = branches.map { $0.build(&plan, input) }
    guard let first = parts.first else {
      preconditionFailure("a concatenation has at least one branch")
    }
    for part in parts {
      precondition(
        part.length == first.length,
        "branches of \(first.length) and \(part.length) samples cannot stand side by side")
    }
    let output = plan.value(
      length: first.length, channels: parts.reduce(0) { $0 + $1.channels })
    plan.append(Concatenation(inputs: parts, output: output))
    return output
  }
}
