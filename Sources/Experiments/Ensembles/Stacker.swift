import Models
import Neural
import Tensors

/// One dense layer on the members' probabilities: multinomial logistic regression.
///
/// Of two classes the second's probability is taken only. Fitted by Adam over many
/// epochs while the rate falls along a cosine, which is close to the optimum of this convex loss.
/// Source: Wolpert, doi:10.1016/S0893-6080(05)80023-1.
struct Stacker {
  private static let leastEpochs = 60
  /// So that few rows are gone through more often.
  private static let leastSteps = 2000
  private static let batchSize = 256
  private static let learningRate = 1e-1

  private let task: ClassificationTask
  private let weights: [Float]
  private let plan: Plan

  /// Fits to some rows of the members' answers.
  init(_ answers: [[Float]], labels: [Int], rows: [Int], classCount: Int) {
    let task = ClassificationTask(id: "stacker", classCount: classCount, rowLength: 1)
    let features = Self.features(answers, rows: rows, classCount: classCount)
    let plan = Plan(
      Dense(task.outputs), length: 1, channels: features.count / max(1, rows.count))
    let network = Network(plan, seed: 1, batchSize: Self.batchSize)
    let state = (0..<Adam().stateCount).map { _ in FloatBuffer(count: plan.weightCount) }
    let schedule = Schedule.cosine()
    let batches = max(1, (rows.count + Self.batchSize - 1) / Self.batchSize)
    let epochs = max(Self.leastEpochs, (Self.leastSteps + batches - 1) / batches)
    let steps = epochs * batches
    let shuffle = Philox(seed: 1, purpose: "stacker")
    let targets = rows.map { UInt8(labels[$0]) }
    var step = 0
    features.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { labels in
        for epoch in 0..<epochs {
          var random = shuffle.stream(UInt32(epoch))
          let order = random.shuffled(Array(rows.indices))
          for first in stride(from: 0, to: order.count, by: Self.batchSize) {
            step += 1
            let end = min(first + Self.batchSize, order.count)
            _ = network.train(
              Batch(order[first..<end], of: inputs, labels: labels), loss: task.loss,
              optimizer: Adam(), state: state, step: step,
              learningRate: Float(Self.learningRate * schedule.factor(step: step, of: steps)))
          }
        }
      }
    }
    (self.task, self.plan, weights) = (task, plan, network.weights.array)
  }

  /// Weights and biases.
  var parameterCount: Int { plan.parameterCount }
  /// Multiply-adds a row.
  var multiplyAdds: Int { plan.multiplyAdds }

  /// Probabilities for some rows, `[rows, classes]`.
  func join(_ answers: [[Float]], rows: [Int]) -> [Float] {
    let network = Network(plan, seed: 1, batchSize: Self.batchSize)
    network.weights.assign(weights)
    network.weightsDidChange()
    let features = Self.features(answers, rows: rows, classCount: task.classCount)
    let labels = [UInt8](repeating: 0, count: rows.count)
    return features.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        network.probabilities(
          Batch(Array(rows.indices)[...], of: inputs, labels: labels), loss: task.loss)
      }
    }
  }

  private static func features(
    _ answers: [[Float]], rows: [Int], classCount: Int
  ) -> [Float] {
    let first = classCount == 2 ? 1 : 0
    return rows.flatMap { row in
      answers.flatMap { $0[row * classCount + first..<(row + 1) * classCount] }
    }
  }
}
