/// The first sample of each row, for example a ``ClassToken``: `[N, L, C]` to `[N, 1, C]`.
public struct FirstSample: Layer {
  /// Describes the choice.
  public init() {}

  /// Adds the choice.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    plan.selected(sample: 0, of: input)
  }
}

/// The last sample of each row: `[N, L, C]` to `[N, 1, C]`.
public struct LastSample: Layer {
  /// Describes the choice.
  public init() {}

  /// Adds the choice.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    plan.selected(sample: input.length - 1, of: input)
  }
}

extension PlanBuilder {
  fileprivate mutating func selected(sample: Int, of input: Value) -> Value {
    let output = value(length: 1, channels: input.channels)
    append(SampleSelection(input: input, output: output, sample: sample))
    return output
  }
}
