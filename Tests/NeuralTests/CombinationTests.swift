import Tensors
import Testing

@testable import Neural

/// A layer that keeps the shape, to be put into larger networks.
enum ShapeKeepingLayer: CaseIterable {
  case sigmoid, tanh, gelu, prelu, preluPerChannel, layerNorm, convTranspose, maxPool, upsampling
  case timeFlip, transpose, reshape, squeezeExcitation, convolutionWithoutBias, fourier

  /// The Fourier transform takes one channel.
  var channels: Int { self == .fourier ? 1 : 6 }

  var layer: any Layer {
    switch self {
    case .sigmoid: Sigmoid()
    case .tanh: Tanh()
    case .gelu: GELU()
    case .prelu: PReLU()
    case .preluPerChannel: PReLU(perChannel: true)
    case .layerNorm: LayerNorm()
    case .convTranspose: ConvTranspose1D(6, kernel: 3, padding: 1)
    case .maxPool: MaxPool1D(3, stride: 1, padding: .same)
    case .timeFlip: TimeFlip()
    case .squeezeExcitation: SqueezeExcitation(reduction: 2)
    case .convolutionWithoutBias: Conv1D(6, kernel: 4, padding: .same, bias: false)
    case .upsampling:
      Sequential {
        UpSampling1D(2)
        MaxPool1D(2)
      }
    case .transpose:
      Sequential {
        Transpose()
        Transpose()
      }
    case .reshape:
      Sequential {
        Reshape(length: 9, channels: 6)
        Reshape(length: 9, channels: 6)
      }
    case .fourier:
      Sequential {
        RealFourierTransform()
        Flatten()
        Dense(9)
        Reshape(length: 9, channels: 1)
      }
    }
  }
}

/// Hands on to any layer.
private struct Wrapped: Layer {
  let layer: any Layer

  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value { layer.build(&plan, input) }
}

@Suite("Layers in networks")
struct CombinationTests {
  @Test(
    "Behind a rectifier and beside an identity, gradients add up and pass where the input is positive",
    arguments: ShapeKeepingLayer.allCases)
  func gateAndSum(_ kind: ShapeKeepingLayer) {
    let input = noise(3 * 9 * kind.channels, "input")
    let alone = LayerPass(
      Wrapped(layer: kind.layer), length: 9, channels: kind.channels,
      input: Reference.relu(input))
    let joined = LayerPass(
      Sequential {
        ReLU()
        Sum {
          Wrapped(layer: kind.layer)
          Identity()
        }
      }, length: 9, channels: kind.channels, input: input)
    let gated = LayerPass(
      Sequential {
        ReLU()
        Wrapped(layer: kind.layer)
      }, length: 9, channels: kind.channels, input: input)
    let y = zip(alone.y, alone.x).map { Double($0) + Double($1) }
    #expect(relativeDifference(joined.y, y) < 1e-6)
    let both = zip(alone.inputGradient, alone.outputGradient).map { Double($0) + Double($1) }
    let passed = zip(input, both).map { $0 > 0 ? $1 : 0 }
    #expect(relativeDifference(joined.inputGradient, passed) < 1e-6)
    #expect(joined.weightGradients == alone.weightGradients)
    #expect(gated.y == alone.y)
    #expect(gated.inputGradient == zip(input, alone.inputGradient).map { $0 > 0 ? $1 : 0 })
  }

  @Test("Along a chain of rectified sums the gradient is that of the chain rule")
  func rectifiedChain() throws {
    let (rows, length, channels, blocks) = (3, 9, 4, 3)
    let pass = LayerPass(
      Sequential {
        Conv1D(channels, kernel: 3, padding: .same)
        ReLU()
        for _ in 0..<blocks {
          Sum {
            Conv1D(channels, kernel: 3, padding: .same)
            Identity()
          }
          ReLU()
        }
        Conv1D(channels, kernel: 3, padding: .same)
      }, rows: rows, length: length, channels: channels)
    let shape = Reference.ConvolutionShape(
      batch: rows, length: length, channels: channels, filters: channels, kernel: 3,
      padding: (1, 1))
    func weights(_ index: Int) throws -> [Double] {
      try #require(pass.weights["conv\(index).kernel"]).double
    }
    func convolved(_ x: [Double], _ index: Int) throws -> [Double] {
      let bias = try #require(pass.weights["conv\(index).bias"]).double
      return Reference.convolution(x, weights: try weights(index), bias: bias, shape: shape)
    }
    // What enters the first convolution, the second, ...
    var states = [pass.x.double, Reference.relu(try convolved(pass.x.double, 1))]
    for block in 1...blocks {
      let (x, y) = (states[block], try convolved(states[block], block + 1))
      states.append(Reference.relu(zip(x, y).map { $0 + $1 }))
    }
    #expect(relativeDifference(pass.y, try convolved(states[blocks + 1], blocks + 2)) < 2e-6)
    var gradient = pass.outputGradient.double
    for index in (1...blocks + 2).reversed() {
      let back = Reference.convolutionGradient(
        states[index - 1], weights: try weights(index), outputGradient: gradient, shape: shape)
      let found = try #require(pass.weightGradients["conv\(index).kernel"])
      #expect(relativeDifference(found, back.weights) < 5e-6)
      let isInChain = index > 1 && index < blocks + 2
      gradient = zip(gradient, back.input).map { (isInChain ? $0 : 0) + $1 }
      if index > 1 { gradient = zip(gradient, states[index - 1]).map { $1 > 0 ? $0 : 0 } }
    }
    #expect(relativeDifference(pass.inputGradient, gradient) < 5e-6)
  }

  @Test("Every instruction set gives the same bits", arguments: ShapeKeepingLayer.allCases)
  func sameBits(_ kind: ShapeKeepingLayer) {
    let passes = availableKernels.map {
      LayerPass(
        Wrapped(layer: kind.layer), rows: 21, length: 9, channels: kind.channels, kernels: $0)
    }
    for pass in passes.dropFirst() {
      #expect(pass.y == passes[0].y)
      #expect(pass.inputGradient == passes[0].inputGradient)
      #expect(pass.weightGradients == passes[0].weightGradients)
    }
  }

  @Test("Dropout works in place behind what does not read its own output")
  func dropoutInPlace() {
    func values(_ layer: some Layer) -> Int {
      let plan = Plan(
        Sequential {
          layer
          Dropout(0.5)
        }, length: 9, channels: 6)
      return plan.storages.count
    }
    #expect(values(GELU()) == 2 && values(ConvTranspose1D(6, kernel: 3)) == 2)
    #expect(values(Sigmoid()) == 3 && values(Tanh()) == 3)
  }

  @Test("The published autoencoder has its number of parameters and 192 samples at its end")
  func autoencoder() {
    let plan = Plan(
      Sequential {
        for (index, filters) in [5, 15, 30].enumerated() {
          Conv1D(
            filters, kernel: 3, stride: 2,
            padding: .explicit(before: 1, after: index == 0 ? 6 : 1))
          PReLU()
          BatchNorm()
          MaxPool1D(2)
        }
        Flatten()
        Dense(30)
        Dropout(0.1)
        Dense(90)
        PReLU()
        Dropout(0.1)
        BatchNorm()
        Reshape(length: 3, channels: 30)
        for filters in [30, 15, 5] {
          ConvTranspose1D(filters, kernel: 3, stride: 2, padding: 1, outputPadding: 1)
          PReLU()
          BatchNorm()
          UpSampling1D(2)
        }
        ConvTranspose1D(1, kernel: 3, padding: 1)
      }, length: 187)
    #expect(plan.trainedParameterCount == 11_888)
    #expect(plan.output.length == 192 && plan.output.channels == 1)
    #expect(plan.multiplyAdds == 58_320)
  }

  /// An encoder and decoder, a squeeze and excitation, both directions of time, channels as tokens.
  private static let mixed = Plan(
    Sequential {
      Conv1D(6, kernel: 3, stride: 2, padding: .explicit(before: 1, after: 2))
      PReLU()
      BatchNorm()
      MaxPool1D(2)
      Flatten()
      Dense(12)
      Dropout(0.1)
      PReLU(perChannel: true)
      Reshape(length: 4, channels: 3)
      ConvTranspose1D(10, kernel: 3, stride: 2, padding: 1, outputPadding: 1)
      ReLU()
      UpSampling1D(2)
      Conv1D(10, kernel: 4, padding: .same, bias: false)
      LayerNorm()
      GELU()
      Dropout(0.1)
      SqueezeExcitation(reduction: 2)
      Sum {
        Sequential {
          TimeFlip()
          MaxPool1D(3, stride: 1, padding: .same)
        }
        Tanh()
      }
      Transpose()
      Sigmoid()
      GlobalAveragePool()
      Dense(5)
    }, length: 33)

  private func train(threads: Int, kernels: Kernels = .current) -> [Float] {
    let network = Network(Self.mixed, seed: 4, batchSize: 70, threads: threads, kernels: kernels)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    let inputs = noise(70 * 33, "rows")
    let labels = (0..<70).map { UInt8($0 % 5) }
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        for step in 1...4 {
          _ = network.train(
            Batch(Array(0..<(step == 4 ? 33 : 70))[...], of: inputs, labels: labels),
            loss: SoftmaxCrossEntropy(), optimizer: Adam(), state: state, step: step,
            learningRate: 1e-3)
        }
      }
    }
    return network.weights.array
  }

  @Test("A network of these layers has the same bytes for any threads and instruction set")
  func sameBytes() {
    let expected = train(threads: 1)
    let areFinite = expected.allSatisfy { $0.isFinite }
    #expect(areFinite)
    for threads in [2, 4] { #expect(train(threads: threads) == expected) }
    for kernels in availableKernels { #expect(train(threads: 1, kernels: kernels) == expected) }
  }

  @Test("Shared layers have one set of weights, whose gradient is the sum over their uses")
  func shared() {
    let (rows, length, channels) = (3, 5, 2)
    let x = noise(rows * length * channels, "input")
    let folded = x.indices.map { index in
      let (row, rest) = index.quotientAndRemainder(dividingBy: length * channels)
      let flipped = (length - 1 - rest / channels) * channels + rest % channels
      return x[index] + x[row * length * channels + flipped]
    }
    let twice = LayerPass(
      Sum {
        Shared("both") { Dense(4) }
        Sequential {
          TimeFlip()
          Shared("both") { Dense(4) }
        }
      }, rows: rows, length: length, channels: channels, input: x)
    // x W + b and the same of the flipped row: (x + flipped x) W + 2 b.
    let once = LayerPass(Dense(4), rows: rows, length: length, channels: channels, input: folded)
    #expect(twice.plan.parameterCount == once.plan.parameterCount)
    let (kernel, bias) = ("both.dense1.kernel", "both.dense1.bias")
    #expect(twice.weights[kernel] == once.weights["dense1.kernel"])
    for index in once.y.indices {
      let b = once.weights["dense1.bias"]?[index % 4] ?? .nan
      #expect(abs(twice.y[index] - once.y[index] - b) < 1e-5)
    }
    for (path, other, factor) in [(kernel, "dense1.kernel", 1.0), (bias, "dense1.bias", 2)] {
      let expected = (once.weightGradients[other] ?? []).map { factor * Double($0) }
      #expect(relativeDifference(twice.weightGradients[path] ?? [], expected) < 1e-5, "\(path)")
    }
  }
}
