import Tensors

@testable import Neural

/// A loss whose gradient with respect to the logits is given: row `label` of `coefficients`.
struct LinearProbe: ClassificationLoss {
  let coefficients: [Float]

  func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    var sum: Float = 0
    for index in logits.indices {
      gradient[index] = coefficients[target.label * logits.count + index]
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
    var (values, gradients) = ([String: [Float]](), [String: [Float]]())
    for parameter in plan.parameters {
      values[parameter.path] = network.values(of: parameter)
      gradients[parameter.path] = network.gradient(of: parameter, rows: rows)
    }
    (weights, weightGradients) = (values, gradients)
  }
}

/// The largest difference, over the largest of the expected numbers.
func relativeDifference(_ actual: [Float], _ expected: [Double]) -> Double {
  guard actual.count == expected.count else { return .infinity }
  let scale = expected.map(abs).max() ?? 0
  let difference = zip(actual, expected).map { abs(Double($0) - $1) }.max() ?? 0
  return difference / (scale > 0 ? scale : 1)
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

/// The largest absolute difference of two arrays.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).map { abs($0 - $1) }.max() ?? 0
}

extension [Float] {
  /// The same numbers in double precision.
  var double: [Double] { map(Double.init) }
}

/// The kernels of every instruction set that this processor has.
let availableKernels = InstructionSet.allCases.compactMap(\.kernels)
