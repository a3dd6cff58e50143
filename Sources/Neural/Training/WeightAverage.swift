import CKernels
import Tensors

/// An exponential moving average of a network's trained weights, for validation and prediction.
///
/// As Keras has it: the average starts as the weights after the first step, then
/// `average = momentum · average + (1 − momentum) · weights` after each. What is not trained
/// (statistics of a batch normalisation, frozen weights) stays as it is in the network.
/// Source: Polyak and Juditsky, doi:10.1137/0330046.
public struct WeightAverage {
  private let average: FloatBuffer
  private let momentum: Float

  /// An average for a network of that plan.
  public init(for plan: Plan, momentum: Float) {
    precondition(momentum >= 0 && momentum < 1, "a momentum of \(momentum) is outside 0..<1")
    average = FloatBuffer(count: plan.weightCount)
    self.momentum = momentum
  }

  /// Takes in the weights after a step, which counts from 1.
  public func update(from network: Network, step: Int) {
    Kernels.flushingDenormals {
      network.kernels.table.approach(
        average.count, network.weights.start, step == 1 ? 1 : 1 - momentum, average.start)
    }
  }

  /// The averages, one a weight.
  public var values: [Float] { average.array }

  /// Goes on from averages that were read before.
  public func assign(_ values: [Float]) { average.assign(values) }

  /// Swaps average and weights of the network; done again, it undoes itself.
  public func exchange(with network: Network) {
    for parameter in network.plan.parameters where parameter.isTrained {
      for index in parameter.offset..<parameter.offset + parameter.count {
        swap(&network.weights.start[index], &average.start[index])
      }
    }
    network.weightsDidChange()
  }
}
