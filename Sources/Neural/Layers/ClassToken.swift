/// A trained sample before each row's samples, which gathers what the row is:
/// `[N, L, C]` to `[N, L + 1, C]`.
///
/// Weights `[C]`, zero at first. Source: Dosovitskiy et al., doi:10.48550/arXiv.2010.11929.
public struct ClassToken: Layer {
  /// Describes the token.
  public init() {}

  /// Adds the token.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length + 1, channels: input.channels)
    let path = plan.uniqueName("token")
    let token = plan.parameter("\(path).value", [input.channels], .zeros)
    plan.append(TokenInsertion(input: input, output: output, token: token))
    return output
  }
}
