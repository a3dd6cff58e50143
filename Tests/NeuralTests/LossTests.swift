import Tensors
import Testing

@testable import Neural

@Suite("Losses and optimizers")
struct LossTests {
  private func evaluate(_ loss: some Loss, _ logits: [Float], label: Int) -> (Float, [Float]) {
    var gradient = [Float](repeating: 0, count: logits.count)
    let value = logits.withUnsafeBufferPointer { logits in
      gradient.withUnsafeMutableBufferPointer {
        loss.evaluate(logits: logits, label: label, weight: 1, gradient: $0)
      }
    }
    return (value, gradient)
  }

  @Test("Softmax cross-entropy agrees with its reference, at extreme logits too")
  func softmax() {
    for logits: [Float] in [[0.1, -2, 3, 0.5, 1], [90, -90, 0, 1, 2], [0, 0, 0, 0, 0]] {
      for label in 0..<5 {
        let (value, gradient) = evaluate(SoftmaxCrossEntropy(), logits, label: label)
        let expected = Reference.softmaxCrossEntropy(logits.double, label: label)
        #expect(abs(Double(value) - expected) <= 2e-6 * max(1, expected))
        let reference = Reference.softmaxCrossEntropyGradient(logits.double, label: label)
        #expect(largestDifference(gradient.double, reference) < 1e-6)
      }
    }
  }

  @Test("Sigmoid cross-entropy agrees with its reference, at extreme logits too")
  func sigmoid() {
    for logit: Float in [-80, -3, -0.1, 0, 0.1, 3, 80] {
      for label in 0...1 {
        let (value, gradient) = evaluate(SigmoidCrossEntropy(), [logit], label: label)
        let expected = Reference.sigmoidCrossEntropy(Double(logit), label: label)
        #expect(abs(Double(value) - expected) <= 2e-6 * max(1, expected))
        let reference = Reference.sigmoidCrossEntropyGradient(Double(logit), label: label)
        #expect(abs(Double(gradient[0]) - reference) < 1e-6)
      }
    }
  }

  @Test("The references' gradients are those of finite differences")
  func referenceGradients() {
    let logits = noise(5, "logits").double.map { 3 * $0 }
    for label in 0..<5 {
      let numeric = finiteDifferences(logits) {
        Reference.softmaxCrossEntropy($0, label: label)
      }
      let gradient = Reference.softmaxCrossEntropyGradient(logits, label: label)
      #expect(largestDifference(gradient, numeric) < 1e-6)
      let binary = finiteDifferences([logits[label]]) {
        Reference.sigmoidCrossEntropy($0[0], label: label % 2)
      }
      let sigmoid = Reference.sigmoidCrossEntropyGradient(logits[label], label: label % 2)
      #expect(abs(binary[0] - sigmoid) < 1e-6)
    }
  }

  @Test("Probabilities sum to one, and ties go to the lowest class")
  func probabilities() {
    let logits: [Float] = [1, 3, 3, -4, 0]
    logits.withUnsafeBufferPointer {
      let p = SoftmaxCrossEntropy().probabilities(logits: $0)
      #expect(abs(p.reduce(0, +) - 1) < 1e-6)
      #expect(SoftmaxCrossEntropy().prediction(logits: $0) == 1)
    }
    [Float(0)].withUnsafeBufferPointer {
      #expect(SigmoidCrossEntropy().probabilities(logits: $0) == [0.5, 0.5])
      #expect(SigmoidCrossEntropy().prediction(logits: $0) == 0)
    }
  }

  @Test("Adam agrees with its reference over ten steps and two shards")
  func adam() {
    let count = 37
    let weights = FloatBuffer(count: count)
    weights.assign(noise(count, "adam"))
    let state = [FloatBuffer(count: count), FloatBuffer(count: count)]
    var expected = weights.array.double.map { (weight: $0, m: 0.0, v: 0.0) }
    for step in 1...10 {
      let shards = ["a", "b"].map { name in
        let gradient = FloatBuffer(count: count)
        gradient.assign(noise(count, "\(name)\(step)"))
        return gradient
      }
      Adam().update(
        weights, gradients: shards, state: state, step: step, learningRate: 1e-2,
        kernels: .current)
      for index in 0..<count {
        let gradient = Double(shards[0].array[index]) + Double(shards[1].array[index])
        let next = Reference.adam(
          weight: expected[index].weight, gradient: gradient, firstMoment: expected[index].m,
          secondMoment: expected[index].v, step: step, rate: 1e-2, beta1: 0.9, beta2: 0.999,
          epsilon: 1e-7)
        expected[index] = (next.weight, next.firstMoment, next.secondMoment)
      }
    }
    #expect(relativeDifference(weights.array, expected.map(\.weight)) < 1e-5)
  }
}
