/// Sets a share of the numbers to zero while training and scales the others up; shape unchanged.
///
/// Source: Srivastava et al. 2014, jmlr.org/papers/v15/srivastava14a.
public struct Dropout: Layer {
  private let rate: Float

  /// Describes the dropout; `rate` is the share that is dropped, 0 ≤ rate < 1.
  public init(_ rate: Float) {
    precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate) is outside 0..<1")
    self.rate = rate
  }

  /// Adds the dropout.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let path = plan.uniqueMaskName("dropout")
    // In place only behind what does not read its own output when going back.
    let inPlace = plan.producer(of: input)?.readsOutputBackward == false
    let output = inPlace ? input : plan.value(length: input.length, channels: input.channels)
    plan.append(Dropping(input: input, output: output, rate: rate, path: path))
    return output
  }
}
