import CKernels
import Foundation
import Tensors
import Testing

@testable import Neural

/// `Golden/optimizers.json`.
private struct OptimizerGolden: Decodable {
  struct Case: Decodable, Sendable {
    let algorithm: String
    let clipping: String
    let limit: Double
    let weights: [Double]
    let average: [Double]
  }

  let rate: Float
  let kernel: Int
  let start: [Float]
  let gradients: [[Float]]
  let cases: [Case]
}

private func optimizer(_ name: String) -> any Optimizer {
  switch name {
  case "adam": Adam()
  case "adamW": AdamW(weightDecay: 0.1)
  case "sgd": SGD()
  case "momentum": SGD(momentum: 0.9)
  default: SGD(momentum: 0.9, nesterov: true)
  }
}

private func clipping(_ kind: String, _ limit: Double) -> GradientClipping {
  switch kind {
  case "globalNorm": .globalNorm(limit: limit)
  case "value": .value(limit: limit)
  default: .none
  }
}

/// One step on the gradients of some shards, without a network.
private func step(
  _ optimizer: some Optimizer, _ weights: FloatBuffer, _ shards: [FloatBuffer],
  state: [FloatBuffer], number: Int, rate: Float, decayed: [Range<Int>] = [],
  clipping: GradientClipping = .none, kernels: Kernels = .current
) {
  shards.map { UnsafePointer($0.start) }.withUnsafeBufferPointer { starts in
    guard let first = starts.baseAddress else { return }
    var gradient = DetectronGradient(
      count: weights.count, shards: first, shard_count: shards.count, scale: 1, limit: .infinity)
    clipping.apply(to: &gradient, kernels: kernels)
    optimizer.update(
      OptimizerStep(
        number: number, learningRate: rate, weights: weights, gradient: gradient,
        decayed: decayed, kernels: kernels), state: state)
  }
}

private func buffer(_ values: [Float]) -> FloatBuffer {
  let buffer = FloatBuffer(count: values.count)
  buffer.assign(values)
  return buffer
}

@Suite("Optimizers")
struct OptimizerTests {
  @Test("Ten steps of each optimizer, with each clipping, are those of Keras's formulas")
  func agreesWithKeras() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/optimizers", withExtension: "json"))
    let golden = try JSONDecoder().decode(OptimizerGolden.self, from: Data(contentsOf: url))
    #expect(golden.cases.count == 15)
    let count = golden.start.count
    for expected in golden.cases {
      let optimizer = optimizer(expected.algorithm)
      let (weights, average) = (buffer(golden.start), FloatBuffer(count: count))
      let state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: count) }
      for (index, gradients) in golden.gradients.enumerated() {
        step(
          optimizer, weights,
          [buffer(Array(gradients[..<count])), buffer(Array(gradients[count...]))], state: state,
          number: index + 1, rate: golden.rate, decayed: [0..<golden.kernel],
          clipping: clipping(expected.clipping, expected.limit))
        Kernels.current.table.approach(count, weights.start, index == 0 ? 1 : 0.1, average.start)
      }
      let name = "\(expected.algorithm), \(expected.clipping)"
      #expect(relativeDifference(weights.array, expected.weights) < 2e-6, "\(name)")
      #expect(relativeDifference(average.array, expected.average) < 2e-6, "\(name)")
    }
  }

  @Test("Adam and descent agree with their references over ten steps and two shards")
  func agreesWithReference() {
    let count = 37
    let (adam, descent) = (buffer(noise(count, "w")), buffer(noise(count, "w")))
    let moments = [FloatBuffer(count: count), FloatBuffer(count: count)]
    let velocity = [FloatBuffer(count: count)]
    var expected = adam.array.double.map { (weight: $0, m: 0.0, v: 0.0) }
    var descended = adam.array.double.map { (weight: $0, velocity: 0.0) }
    for number in 1...10 {
      let shards = ["a", "b"].map { buffer(noise(count, "\($0)\(number)")) }
      step(Adam(), adam, shards, state: moments, number: number, rate: 1e-2)
      step(
        SGD(momentum: 0.8, nesterov: true), descent, shards, state: velocity, number: number,
        rate: 1e-2)
      for index in 0..<count {
        let gradient = Double(shards[0].array[index]) + Double(shards[1].array[index])
        let next = Reference.adam(
          weight: expected[index].weight, gradient: gradient, firstMoment: expected[index].m,
          secondMoment: expected[index].v, step: number, rate: 1e-2, beta1: 0.9, beta2: 0.999,
          epsilon: 1e-7)
        expected[index] = (next.weight, next.firstMoment, next.secondMoment)
        descended[index] = Reference.descent(
          weight: descended[index].weight, gradient: gradient, velocity: descended[index].velocity,
          rate: 1e-2, momentum: 0.8, looksAhead: true)
      }
    }
    #expect(relativeDifference(adam.array, expected.map(\.weight)) < 1e-5)
    #expect(relativeDifference(descent.array, descended.map(\.weight)) < 1e-5)
  }

  @Test("Clipping by norm agrees with its reference, at any length, and leaves small ones alone")
  func clippingByNorm() {
    for count in [1, 15, 16, 17, 1000] {
      let gradient = buffer(noise(count, "clip"))
      for limit in [0.25, 1e6] {
        let weights = FloatBuffer(count: count)
        step(
          SGD(), weights, [gradient], state: [], number: 1, rate: 1,
          clipping: .globalNorm(limit: limit))
        let expected = Reference.clippedByNorm(gradient.array.double, limit: limit)
        #expect(relativeDifference(weights.array.map { -$0 }, expected) < 1e-6)
      }
    }
  }

  @Test("The same bits on every instruction set, for each optimizer and clipping")
  func instructionSets() {
    let count = 1003
    for name in ["adam", "adamW", "sgd", "momentum", "nesterov"] {
      for clipping: GradientClipping in [
        .none, .globalNorm(limit: 0.7), .value(limit: 0.1),
      ] {
        let results = availableKernels.map { kernels in
          let optimizer = optimizer(name)
          let (weights, average) = (buffer(noise(count, "w")), FloatBuffer(count: count))
          let state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: count) }
          for number in 1...3 {
            let shards = ["a", "b", "c"].map { buffer(noise(count, "\($0)\(number)")) }
            step(
              optimizer, weights, shards, state: state, number: number, rate: 0.1,
              decayed: [3..<500], clipping: clipping, kernels: kernels)
            kernels.table.approach(count, weights.start, 0.3, average.start)
          }
          return weights.array + average.array
        }
        #expect(results.allSatisfy { $0 == results[0] }, "\(name), \(clipping)")
      }
    }
  }

  @Test("Kernels decay; biases, scales, offsets and frozen parameters do not")
  func decayedParameters() {
    let plan = Plan(
      Sequential {
        Conv1D(4, kernel: 3)
        BatchNorm()
        GRU(3)
        Dense(2)
      }, length: 9, frozen: ["dense1"])
    #expect(
      plan.parameters.filter(\.decays).map(\.path).sorted()
        == ["conv1.kernel", "gru1.kernel", "gru1.recurrent"])
    let decayed = Set(plan.decayedRanges.flatMap { Array($0) })
    #expect(
      decayed.count == plan.parameters.reduce(0) { $0 + ($1.decays ? $1.count : 0) })
  }
}

@Suite("Schedules")
struct ScheduleTests {
  @Test("Constant rates and those of a plateau are left to the training")
  func constant() {
    for schedule: Schedule in [.constant, .reduceOnPlateau()] {
      #expect([1, 7, 100].allSatisfy { schedule.factor(step: $0, of: 100) == 1 })
    }
  }

  @Test("A step decay falls after each interval, as Keras's staircase does")
  func stepDecay() {
    let schedule = Schedule.stepDecay(factor: 0.5, interval: 10)
    let factors = [1, 10, 11, 20, 21, 31].map { schedule.factor(step: $0, of: 40) }
    #expect(factors == [1, 1, 0.5, 0.5, 0.25, 0.125])
  }

  @Test("A cosine rises in a line, passes its middle half way and ends at its last factor")
  func cosine() {
    let schedule = Schedule.cosine(warmUpSteps: 4, finalFactor: 0.2)
    let factors = [1, 2, 4, 54, 104, 105].map { schedule.factor(step: $0, of: 104) }
    for (factor, expected) in zip(factors, [0.25, 0.5, 1, 0.6, 0.2, 0.2]) {
      #expect(abs(factor - expected) < 1e-15)
    }
    let third = Schedule.cosine().factor(step: 20, of: 60)
    #expect(abs(third - 0.75) < 1e-15)
  }

  @Test("One cycle is PyTorch's")
  func oneCycle() throws {
    struct Golden: Decodable { let oneCycle: [Double] }
    let url = try #require(Bundle.module.url(forResource: "Golden/descent", withExtension: "json"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url)).oneCycle
    for (index, rate) in golden.enumerated() {
      let factor = Schedule.oneCycle().factor(step: index + 1, of: golden.count)
      #expect(abs(factor - rate) < 1e-12, "step \(index + 1)")
    }
    for share in [0, 1.0] {
      let cycle = Schedule.oneCycle(riseShare: share)
      #expect((1...20).allSatisfy { cycle.factor(step: $0, of: 20).isFinite })
    }
    #expect(Schedule.oneCycle().factor(step: 1, of: 1).isFinite)
  }

  @Test("Numbers that no training can use are named")
  func problems() {
    let wrong: [Schedule] = [
      .reduceOnPlateau(factor: 2), .reduceOnPlateau(patience: 0),
      .stepDecay(factor: .nan, interval: 1), .stepDecay(factor: 0.5, interval: 0),
      .cosine(warmUpSteps: -1), .cosine(finalFactor: 2), .oneCycle(riseShare: 1.5),
      .oneCycle(initialDivisor: 0), .oneCycle(finalDivisor: .nan),
    ]
    #expect(wrong.allSatisfy { $0.problem != nil })
    let right: [Schedule] = [
      .constant, .reduceOnPlateau(), .stepDecay(factor: 0.75, interval: 10_000), .cosine(),
      .oneCycle(),
    ]
    #expect(right.allSatisfy { $0.problem == nil })
    #expect(GradientClipping.value(limit: 0).problem != nil)
    #expect(GradientClipping.globalNorm(limit: .nan).problem != nil)
    #expect(GradientClipping.none.problem == nil && GradientClipping.value(limit: 1).problem == nil)
  }
}
