/// A layer that walks along the samples of a row and carries a state, zero before the first.
///
/// With a mask, a sample whose channels all equal the marker leaves the state as it is, and an
/// output sequence repeats the output before it, as Keras does behind `Masking`.
public protocol RecurrentLayer: Layer {
  /// Cell, size, output and mask.
  var recurrence: Recurrence { get }
}

extension RecurrentLayer {
  /// Adds the layer.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(
      length: recurrence.outputLength(input), channels: recurrence.units)
    let path = plan.uniqueName(recurrence.cell.rawValue)
    recurrence.build(&plan, input, into: output, path: path)
    return output
  }
}

/// What a recurrent layer is: the common form of ``SimpleRNN``, ``LSTM`` and ``GRU``.
public struct Recurrence: Sendable, Hashable {
  let cell: RecurrentCell
  let units: Int
  let returnsSequences: Bool
  let masking: Float?

  func outputLength(_ input: Value) -> Int { returnsSequences ? input.length : 1 }

  /// Adds the parameters and the operation; the states go to the channels from `channel` on.
  func build(
    _ plan: inout PlanBuilder, _ input: Value, into output: Value, path: String, channel: Int = 0,
    isReversed: Bool = false
  ) {
    let shape = RecurrentShape(
      cell: cell, length: input.length, channels: input.channels, units: units)
    let kernel = plan.parameter(
      "\(path).kernel", [input.channels, shape.sums],
      .glorotUniform(fanIn: input.channels, fanOut: shape.sums))
    let recurrent = plan.parameter("\(path).recurrent", [units, shape.sums], .orthogonal)
    let bias = plan.parameter(
      "\(path).bias", cell == .gru ? [2, shape.sums] : [shape.sums],
      cell == .lstm ? .forgetGate(units: units) : .zeros)
    plan.append(
      Recurring(
        input: input, output: output, kernel: kernel, recurrent: recurrent, bias: bias,
        shape: shape, channel: channel, returnsSequences: returnsSequences,
        isReversed: isReversed, masking: masking,
        needsInputGradient: plan.needsGradient(input)))
  }
}
