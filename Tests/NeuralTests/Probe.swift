import Synchronization
import Tensors

@testable import Neural

/// A loss whose gradient with respect to the logits is given: row `label` of `coefficients`. It keeps
/// the logits, which are those of the training.
final class LinearProbe: ClassificationLoss {
  let coefficients: [Float]
  private let seen: Mutex<[Float]>

  init(coefficients: [Float]) {
    self.coefficients = coefficients
    seen = Mutex([Float](repeating: .nan, count: coefficients.count))
  }

  /// The logits of all rows, not numbers where none were seen.
  var outputs: [Float] { seen.withLock { $0 } }

  func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let first = target.label * logits.count
    seen.withLock { $0.replaceSubrange(first..<first + logits.count, with: logits) }
    var sum: Float = 0
    for index in logits.indices {
      gradient[index] = coefficients[first + index]
      sum += logits[index] * gradient[index]
    }
    return sum
  }

  func prediction(logits: UnsafeBufferPointer<Float>) -> Int { 0 }
  func probabilities(logits: UnsafeBufferPointer<Float>) -> [Float] { Array(logits) }
}

/// Numbers between −1 and 1 that depend on the name only.
func noise(_ count: Int, _ name: String) -> [Float] {
  var random = Philox(seed: 7, purpose: "test", path: name).stream()
  return (0..<count).map { _ in Float(2 * random.nextUniform() - 1) }
}

/// What one pass of a layer over some rows gives, forward and backward.
struct LayerPass {
  let plan: Plan
  let x: [Float]
  let outputGradient: [Float]
  let y: [Float]
  /// What the layer gave in training, where that is something else.
  let trainingOutput: [Float]
  let inputGradient: [Float]
  let weights: [String: [Float]]
  let weightGradients: [String: [Float]]

  init(
    _ layer: some Layer, rows: Int = 3, length: Int, channels: Int, step: Int = 1,
    kernels: Kernels = .current, input: [Float]? = nil, frozen: [String] = []
  ) {
    plan = Plan(
      layer, length: length, channels: channels, frozen: frozen, differentiableInput: true)
    let network = Network(plan, seed: 3, kernels: kernels)
    network.weights.assign(noise(network.weights.count, "weights").map { $0 / 4 })
    for variance in plan.parameters where variance.path.hasSuffix("variance") {
      network.setValues(network.values(of: variance).map(abs), of: variance)
    }
    network.weightsDidChange()
    x = input ?? noise(rows * length * channels, "input")
    outputGradient = noise(rows * plan.output.count, "gradient")
    let labels = (0..<rows).map { UInt8($0) }
    let probe = LinearProbe(coefficients: outputGradient)
    (y, inputGradient) = x.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<rows)[...], of: inputs, labels: labels)
        let y = network.logits(batch)
        _ = network.accumulateGradients(batch, loss: probe, step: step)
        return (y, network.inputGradient())
      }
    }
    trainingOutput = probe.outputs
    var (values, gradients) = ([String: [Float]](), [String: [Float]]())
    for parameter in plan.parameters {
      values[parameter.path] = network.values(of: parameter)
      gradients[parameter.path] = network.gradient(of: parameter, rows: rows)
    }
    (weights, weightGradients) = (values, gradients)
  }
}

/// The largest difference, over the largest of the expected numbers; infinite where they are not as
/// many, and where one is not a number.
func relativeDifference(_ actual: [Float], _ expected: [Double]) -> Double {
  let scale = expected.map(abs).max() ?? 0
  return largestDifference(actual.double, expected) / (scale > 0 ? scale : 1)
}

/// Central differences of a function of many numbers.
func finiteDifferences(_ x: [Double], _ function: ([Double]) -> Double) -> [Double] {
  x.indices.map { index in
    var (up, down) = (x, x)
    up[index] += 1e-5
    down[index] -= 1e-5
    return (function(up) - function(down)) / 2e-5
  }
}

/// The largest absolute difference of two arrays; infinite where they are empty or not as long, and
/// where one is not a number.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard !a.isEmpty, a.count == b.count else { return .infinity }
  // `max` would pass over what is not a number.
  return zip(a, b).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1)
    return difference <= largest ? largest : difference.isNaN ? .infinity : difference
  }
}

extension [Float] {
  /// The same numbers in double precision.
  var double: [Double] { map(Double.init) }
}

/// The kernels of every instruction set that this processor has.
let availableKernels = InstructionSet.allCases.compactMap(\.kernels)
