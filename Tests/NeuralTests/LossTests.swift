import Foundation
import Tensors
import Testing

@testable import Neural

/// `Golden/losses.json`.
private struct LossGolden: Decodable {
  struct Case: Decodable {
    let kind: String
    let gamma: Float
    let smoothing: Float
    let weights: [Float]?
    let labels: [Int]
    let logits: [Float]
    let losses: [Double]
    let gradients: [Double]

    var loss: any ClassificationLoss {
      let base: any ClassificationLoss =
        switch (kind, gamma) {
        case ("softmax", 0): SoftmaxCrossEntropy(smoothing: smoothing)
        case ("softmax", _): SoftmaxFocal(gamma: gamma, smoothing: smoothing)
        case (_, 0): SigmoidCrossEntropy(smoothing: smoothing)
        default: SigmoidFocal(gamma: gamma, smoothing: smoothing)
        }
      func weighted(_ base: some ClassificationLoss, _ weights: [Float]) -> any ClassificationLoss {
        ClassWeighted(base, weights: weights)
      }
      return weights.map { weighted(base, $0) } ?? base
    }
  }

  struct Squared: Decodable {
    let masked: Bool
    let outputs: [Float]
    let targets: [Float]
    let losses: [Double]
    let gradients: [Double]
  }

  let rows: Int
  let classes: [Case]
  let squared: [Squared]
}

/// A loss's value and gradient for one row.
private func evaluate(
  _ loss: some Loss, _ logits: [Float], label: Int = 0, values: [Float] = [], weight: Float = 1
) -> (value: Float, gradient: [Float]) {
  var gradient = [Float](repeating: .nan, count: logits.count)
  let value = logits.withUnsafeBufferPointer { logits in
    values.withUnsafeBufferPointer { values in
      gradient.withUnsafeMutableBufferPointer {
        loss.evaluate(
          logits: logits, target: Target(label: label, values: values), weight: weight,
          gradient: $0)
      }
    }
  }
  return (value, gradient)
}

private let gammas: [Float] = [0, 0.5, 1, 1.5, 2, 5]

@Suite("Losses")
struct LossTests {
  private func golden() throws -> LossGolden {
    let url = try #require(Bundle.module.url(forResource: "Golden/losses", withExtension: "json"))
    return try JSONDecoder().decode(LossGolden.self, from: Data(contentsOf: url))
  }

  @Test("Losses and gradients of classes are PyTorch's")
  func classesAgreeWithPyTorch() throws {
    for golden in try golden().classes {
      let count = golden.logits.count / golden.labels.count
      var gradients: [Float] = []
      for (row, label) in golden.labels.enumerated() {
        let logits = Array(golden.logits[row * count..<(row + 1) * count])
        let (value, gradient) = evaluate(golden.loss, logits, label: label)
        #expect(abs(Double(value) - golden.losses[row]) <= 1e-6 * max(1, golden.losses[row]))
        gradients += gradient
      }
      #expect(
        relativeDifference(gradients, golden.gradients) < 2e-6,
        "\(golden.kind), γ \(golden.gamma), smoothing \(golden.smoothing)")
    }
  }

  @Test("The squared error of a row and its gradient are PyTorch's, padding masked or not")
  func squaredErrorAgreesWithPyTorch() throws {
    let golden = try golden()
    for squared in golden.squared {
      let (outputs, values) = (
        squared.outputs.count / golden.rows, squared.targets.count / golden.rows
      )
      var gradients: [Float] = []
      for row in 0..<golden.rows {
        let (value, gradient) = evaluate(
          SquaredError(ignoresPadding: squared.masked),
          Array(squared.outputs[row * outputs..<(row + 1) * outputs]),
          values: Array(squared.targets[row * values..<(row + 1) * values]))
        #expect(abs(Double(value) - squared.losses[row]) <= 1e-6)
        gradients += gradient
      }
      #expect(relativeDifference(gradients, squared.gradients) < 2e-6)
    }
  }

  @Test("The references' gradients are those of finite differences", arguments: [0, 0.1])
  func referenceGradients(smoothing: Double) {
    let logits = noise(5, "logits").double.map { 3 * $0 }
    for label in 0..<5 {
      for gamma in gammas.map(Double.init) {
        let focal = Reference.softmaxFocalGradient(
          logits, label: label, gamma: gamma, smoothing: smoothing)
        let numeric = finiteDifferences(logits) {
          Reference.softmaxFocal($0, label: label, gamma: gamma, smoothing: smoothing)
        }
        #expect(largestDifference(focal, numeric) < 1e-6)
        let binary = Reference.sigmoidFocalGradient(
          logits[label], label: label % 2, gamma: gamma, smoothing: smoothing)
        let binaryNumeric = finiteDifferences([logits[label]]) {
          Reference.sigmoidFocal($0[0], label: label % 2, gamma: gamma, smoothing: smoothing)
        }
        #expect(abs(binary - binaryNumeric[0]) < 1e-6)
      }
      let entropy = Reference.softmaxCrossEntropyGradient(
        logits, label: label, smoothing: smoothing)
      let numeric = finiteDifferences(logits) {
        Reference.softmaxCrossEntropy($0, label: label, smoothing: smoothing)
      }
      #expect(largestDifference(entropy, numeric) < 1e-6)
      let binary = Reference.sigmoidCrossEntropyGradient(
        logits[label], label: label % 2, smoothing: smoothing)
      let binaryNumeric = finiteDifferences([logits[label]]) {
        Reference.sigmoidCrossEntropy($0[0], label: label % 2, smoothing: smoothing)
      }
      #expect(abs(binary - binaryNumeric[0]) < 1e-6)
    }
    let target = noise(4, "target").double
    for counted in [0, 3, 5] {
      let gradient = Reference.squaredErrorGradient(logits, target: target, counted: counted)
      let numeric = finiteDifferences(logits) {
        Reference.squaredError($0, target: target, counted: counted)
      }
      #expect(largestDifference(gradient, numeric) < 1e-6)
    }
  }

  @Test("Losses agree with their references", arguments: [0, 0.1] as [Float])
  func agreesWithReference(smoothing: Float) {
    let rows: [[Float]] = [[0.1, -2, 3, 0.5, 1], [90, -90, 0, 1, 2], [0, 0, 0, 0, 0]]
    for logits in rows {
      for label in 0..<5 {
        let expected = (
          Reference.softmaxCrossEntropy(
            logits.double, label: label, smoothing: Double(smoothing)),
          Reference.softmaxCrossEntropyGradient(
            logits.double, label: label, smoothing: Double(smoothing))
        )
        expect(SoftmaxCrossEntropy(smoothing: smoothing), logits, label, expected)
        for gamma in gammas {
          let (g, s) = (Double(gamma), Double(smoothing))
          expect(
            SoftmaxFocal(gamma: gamma, smoothing: smoothing), logits, label,
            (
              Reference.softmaxFocal(logits.double, label: label, gamma: g, smoothing: s),
              Reference.softmaxFocalGradient(logits.double, label: label, gamma: g, smoothing: s)
            ))
          let logit = logits[label]
          expect(
            SigmoidFocal(gamma: gamma, smoothing: smoothing), [logit], label % 2,
            (
              Reference.sigmoidFocal(Double(logit), label: label % 2, gamma: g, smoothing: s),
              [
                Reference.sigmoidFocalGradient(
                  Double(logit), label: label % 2, gamma: g, smoothing: s)
              ]
            ))
        }
      }
    }
    for logit: Float in [-80, -3, -0.1, 0, 0.1, 3, 80] {
      for label in 0...1 {
        expect(
          SigmoidCrossEntropy(smoothing: smoothing), [logit], label,
          (
            Reference.sigmoidCrossEntropy(
              Double(logit), label: label, smoothing: Double(smoothing)),
            [
              Reference.sigmoidCrossEntropyGradient(
                Double(logit), label: label, smoothing: Double(smoothing))
            ]
          ))
      }
    }
  }

  /// Value and gradient beside those of a reference; where the reference's own `(1 − p)^(γ − 1)`
  /// has no value, the limit is zero.
  private func expect(
    _ loss: some Loss, _ logits: [Float], _ label: Int, _ expected: (Double, [Double]),
    _ location: SourceLocation = #_sourceLocation
  ) {
    let (value, gradient) = evaluate(loss, logits, label: label)
    #expect(
      abs(Double(value) - expected.0) <= 2e-6 * max(1, expected.0), sourceLocation: location)
    #expect(
      largestDifference(gradient.double, expected.1) <= 2e-6 * max(1, expected.0),
      "\(loss) \(logits) \(label)", sourceLocation: location)
  }

  @Test("Logits of ±10,000 give finite losses and gradients", arguments: [0, 0.1] as [Float])
  func extremeLogits(smoothing: Float) {
    let softmax: [any Loss] =
      [SoftmaxCrossEntropy(smoothing: smoothing)]
      + gammas.map { SoftmaxFocal(gamma: $0, smoothing: smoothing) }
    let sigmoid: [any Loss] =
      [SigmoidCrossEntropy(smoothing: smoothing)]
      + gammas.map { SigmoidFocal(gamma: $0, smoothing: smoothing) }
    Kernels.flushingDenormals {
      for logits: [Float] in [[1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4, -1e4]] {
        for label in 0..<3 {
          for loss in softmax { expectFinite(evaluate(loss, logits, label: label)) }
          for loss in sigmoid { expectFinite(evaluate(loss, [logits[0]], label: label % 2)) }
          expectFinite(evaluate(SquaredError(), logits, values: [-1e4, 1e4]))
        }
      }
    }
    #expect(evaluate(SoftmaxFocal(gamma: 2), [1e4, -1e4], label: 1).value == 2e4)
    #expect(evaluate(SigmoidFocal(gamma: 2), [1e4], label: 0).value == 1e4)
    #expect(evaluate(SoftmaxFocal(gamma: 0.5), [1e4, -1e4], label: 0).gradient == [0, 0])
  }

  private func expectFinite(_ result: (value: Float, gradient: [Float])) {
    #expect(result.value.isFinite && result.value >= 0)
    #expect(result.gradient.allSatisfy { $0.isFinite })
  }

  @Test("A focal loss with γ = 0 is the cross-entropy")
  func focalWithoutFocus() {
    for row in 0..<20 {
      let logits = noise(5, "focal \(row)").map { 6 * $0 }
      let (focal, entropy) = (
        evaluate(SoftmaxFocal(gamma: 0), logits, label: row % 5),
        evaluate(SoftmaxCrossEntropy(), logits, label: row % 5)
      )
      #expect(abs(focal.value - entropy.value) <= 1e-6 * max(1, entropy.value))
      #expect(focal.gradient == entropy.gradient)
      let (binaryFocal, binary) = (
        evaluate(SigmoidFocal(gamma: 0), [logits[0]], label: row % 2),
        evaluate(SigmoidCrossEntropy(), [logits[0]], label: row % 2)
      )
      #expect(abs(binaryFocal.value - binary.value) <= 1e-6 * max(1, binary.value))
      #expect(abs(binaryFocal.gradient[0] - binary.gradient[0]) <= 1e-7)
    }
  }

  @Test("Class weights multiply losses and gradients; weights of one change no bit")
  func classWeights() {
    let logits = noise(3, "weighted")
    for loss: any ClassificationLoss in [SoftmaxCrossEntropy(), SoftmaxFocal(gamma: 2)] {
      for label in 0..<3 { checkWeights(loss, logits, label) }
    }
  }

  private func checkWeights(_ loss: some ClassificationLoss, _ logits: [Float], _ label: Int) {
    let plain = evaluate(loss, logits, label: label, weight: 0.125)
    let ones = evaluate(
      ClassWeighted(loss, weights: [1, 1, 1]), logits, label: label, weight: 0.125)
    #expect(ones.value == plain.value && ones.gradient == plain.gradient)
    let weights: [Float] = [0, 2, 0.5]
    let weighted = evaluate(
      ClassWeighted(loss, weights: weights), logits, label: label, weight: 0.125)
    #expect(weighted.value == weights[label] * plain.value)
    #expect(weighted.gradient == plain.gradient.map { $0 * weights[label] })
  }

  @Test("Balanced weights are scikit-learn's")
  func balancedWeights() {
    // compute_class_weight("balanced", classes=range(5), y=[0]*10 + [1]*4 + [2]*3 + [3]*2 + [4])
    #expect(
      ClassWeights.balanced(rowsPerClass: [10, 4, 3, 2, 1])
        == [0.4, 1.0, 1.3333333333333333, 2.0, 4.0])
    #expect(ClassWeights.balanced(rowsPerClass: [3, 0, 1]) == [2.0 / 3, 1, 2])
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

  @Test("A network learns to reproduce its rows, or rows given beside them")
  func reconstruction() {
    let rows = noise(20 * 9, "rows")
    let others = noise(20 * 9, "others")
    let labels = [UInt8](repeating: 0, count: 20)
    for given in [nil, others] {
      let network = Network(Plan(Dense(9), length: 1, channels: 9), seed: 1)
      let expected = rows.withUnsafeBufferPointer { rows in
        labels.withUnsafeBufferPointer { labels in
          (given ?? []).withUnsafeBufferPointer { targets in
            let batch = Batch(
              Array(0..<20)[...], of: rows, labels: labels, targets: given == nil ? nil : targets)
            let before = network.evaluate(batch, loss: SquaredError()).lossSum
            for step in 1...300 {
              _ = network.train(
                batch, loss: SquaredError(), optimizer: SGD(momentum: 0.9),
                state: [
                  FloatBuffer(count: network.weights.count)
                ], step: step, learningRate: 0.5)
            }
            let after = network.evaluate(batch, loss: SquaredError())
            #expect(after.rightCount == 0)
            return (before, after.lossSum, network.logits(batch))
          }
        }
      }
      #expect(expected.1 < 0.7 * expected.0)
      let target = given ?? rows
      let mean = zip(expected.2, target).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 9
      #expect(abs(Double(mean) - expected.1) < 1e-3 * expected.1)
    }
  }
}
