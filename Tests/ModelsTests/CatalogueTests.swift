import Neural
import Tensors
import Testing

@testable import Models

private let mitbih = ClassificationTask(id: "mitbih", classCount: 5)
private let binary = ClassificationTask(id: "ptb", classCount: 2)

/// What is known of a published network.
private struct KnownSize: Sendable, CustomTestStringConvertible {
  let id: String
  let parameters: (Int, Int)
  let multiplyAdds: (Int, Int)
  var testDescription: String { id }
}

@Suite("Model catalogue")
struct CatalogueTests {
  private static let sizes = [
    KnownSize(
      id: "baseline", parameters: (254_901, 254_641), multiplyAdds: (4_265_840, 4_265_584)),
    KnownSize(id: "vanilla-mlp", parameters: (49_413, 48_385), multiplyAdds: (49_152, 48_128)),
    KnownSize(
      id: "vanilla-cnn", parameters: (205_877, 18_065), multiplyAdds: (2_065_200, 959_056)),
    KnownSize(
      id: "vanilla-rnn", parameters: (83_205, 103_297), multiplyAdds: (3_153_920, 876_352)),
    KnownSize(
      id: "bilstm", parameters: (232_453, 231_937), multiplyAdds: (24_800_896, 24_800_384)),
    KnownSize(
      id: "resnet", parameters: (2_782_725, 719_329), multiplyAdds: (164_736_464, 42_535_120)),
    KnownSize(
      id: "fourier-cnn", parameters: (254_981, 254_721), multiplyAdds: (1_139_072, 1_138_816)),
    KnownSize(
      id: "dilated-cnn-bilstm", parameters: (221_862, 218_274),
      multiplyAdds: (10_444_236, 10_440_652)),
    KnownSize(
      id: "resnet-101", parameters: (720_357, 719_329), multiplyAdds: (42_536_144, 42_535_120)),
    KnownSize(
      id: "transfer-frozen", parameters: (333_301, 332_785), multiplyAdds: (4_343_984, 4_343_472)),
    KnownSize(
      id: "transfer-gradual", parameters: (333_301, 332_785), multiplyAdds: (4_343_984, 4_343_472)),
    KnownSize(
      id: "transfer-resnet", parameters: (2_782_725, 2_781_697),
      multiplyAdds: (164_736_464, 164_735_440)),
    KnownSize(
      id: "inception", parameters: (422_885, 422_369), multiplyAdds: (78_193_568, 78_193_056)),
    KnownSize(id: "kachuee", parameters: (55_013, 54_881), multiplyAdds: (3_555_072, 3_554_944)),
    // 11,888 are trained, as published; the others are statistics.
    KnownSize(id: "autoencoder", parameters: (12_268, 12_268), multiplyAdds: (58_320, 58_320)),
    // Nobody has published a number for these: the sums of their layers, by hand.
    KnownSize(id: "autoencoder-mlp", parameters: (17_122, 16_862), multiplyAdds: (29_992, 29_736)),
    KnownSize(
      id: "transformer", parameters: (136_325, 136_065), multiplyAdds: (2_537_472, 2_537_216)),
    KnownSize(
      id: "bigru", parameters: (241_541, 241_505), multiplyAdds: (41_450_792, 41_450_760)),
    KnownSize(
      id: "ecgtransform", parameters: (233_688, 233_172), multiplyAdds: (18_075_360, 18_074_848)),
    KnownSize(id: "beat-rhythm", parameters: (50_869, 50_609), multiplyAdds: (806_592, 806_336)),
  ]

  @Test("Parameters and multiply-adds are the published ones", arguments: sizes)
  private func size(_ known: KnownSize) throws {
    let variant = try #require(ModelCatalogue.variant(known.id))
    #expect(variant.plan(for: variant.fed(mitbih)).parameterCount == known.parameters.0)
    #expect(variant.plan(for: variant.fed(binary)).parameterCount == known.parameters.1)
    #expect(variant.plan(for: variant.fed(mitbih)).multiplyAdds == known.multiplyAdds.0)
    #expect(variant.plan(for: variant.fed(binary)).multiplyAdds == known.multiplyAdds.1)
  }

  @Test("What is trained is counted apart: statistics are not, frozen convolutions are not")
  func trainedSizes() throws {
    func trained(_ id: String, _ task: ClassificationTask) throws -> Int {
      let variant = try #require(ModelCatalogue.variant(id))
      let frozen = variant.recipe(for: task).frozen
      return variant.plan(for: task, frozen: frozen).trainedParameterCount
    }
    #expect(try trained("resnet", mitbih) == 2_723_557)
    #expect(try trained("resnet", binary) == 704_513)
    #expect(try trained("transfer-resnet", binary) == 2_722_529)
    #expect(try trained("transfer-frozen", binary) == 98_817)
    #expect(try trained("autoencoder", mitbih) == 11_888)
  }

  @Test("Every variant has an output for each class, a logit for two, and names no layer in vain")
  func shapes() throws {
    for variant in ModelCatalogue.all {
      for task in [mitbih, binary] {
        let recipe = variant.recipe(for: task)
        let plan = variant.plan(for: variant.fed(task), frozen: recipe.frozen)
        try plan.checkFrozen(recipe.frozen)
        for stage in recipe.earlierStages { try plan.checkFrozen(stage.frozen) }
        try recipe.check()
        #expect(plan.input.count == (variant is any ContextualVariant ? 384 : 187))
        if recipe.reconstructs {
          #expect(plan.output.count >= 187, "\(variant.id)")
        } else {
          #expect(plan.output.count == task.outputs, "\(variant.id)")
        }
      }
    }
  }

  @Test("The layers of a network add up to its size")
  func layers() throws {
    for variant in ModelCatalogue.all {
      let plan = variant.plan(for: variant.fed(mitbih))
      let layers = plan.layers
      #expect(layers.reduce(0) { $0 + $1.parameterCount } == plan.parameterCount, "\(variant.id)")
      #expect(layers.reduce(0) { $0 + $1.multiplyAdds } == plan.multiplyAdds, "\(variant.id)")
      let last = try #require(layers.last)
      #expect(last.length * last.channels == plan.output.count)
    }
  }

  @Test("What a variant inherits fits: all but what it replaces, from an origin that exists")
  func origins() throws {
    for variant in ModelCatalogue.all {
      guard let origin = variant.origin(for: binary) else { continue }
      let source = try #require(ModelCatalogue.variant(origin.variant))
      let task = origin.place == .sourceTask ? mitbih : binary
      let network = Network(source.plan(for: task), seed: 1)
      let target = Network(variant.plan(for: binary), seed: 2)
      try target.load(network.tensors, .except(origin.replaced))
      for parameter in target.plan.parameters {
        let isReplaced = origin.replaced.contains { parameter.path.hasPrefix($0 + ".") }
        let given = network.tensors.first { $0.name == parameter.path }?.values
        #expect(
          (target.values(of: parameter) == given) != isReplaced || parameter.path.hasSuffix("bias"))
      }
    }
  }

  @Test("Saved weights give the same answers in another network")
  func saved() throws {
    for (variant, task) in ModelCatalogue.all.flatMap({ [($0, mitbih), ($0, binary)] }) {
      let plan = variant.atDemonstrationSize.plan(for: variant.fed(task))
      let (first, second) = (Network(plan, seed: 1), Network(plan, seed: 2))
      let rows = (0..<2 * plan.input.count).map { Float($0 * 37 % 101) / 101 }
      func answers(_ network: Network) -> [Float] {
        rows.withUnsafeBufferPointer { rows in
          [UInt8](repeating: 0, count: 2).withUnsafeBufferPointer { labels in
            network.logits(Batch([0, 1], of: rows, labels: labels))
          }
        }
      }
      #expect(answers(first) != answers(second), "\(variant.id)")
      try second.load(SafeTensors.decode(SafeTensors.encode(first.tensors)), .all)
      #expect(answers(first) == answers(second), "\(variant.id)")
    }
  }

  @Test("Names are unique, in kebab-case, and the baseline stands first")
  func names() {
    let ids = ModelCatalogue.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.first == "baseline")
    #expect(ids.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
  }

  @Test("Every variant learns eight beats by heart, with the same bytes twice", arguments: [5, 2])
  func overfits(classes: Int) {
    let task = ClassificationTask(id: "test", classCount: classes)
    for variant in ModelCatalogue.all {
      let small = variant.atDemonstrationSize
      let first = train(small, task, steps: 150)
      if variant.recipe(for: task).reconstructs {
        #expect(first.losses[149] < first.losses[0] / 2, "\(variant.id)")
      } else {
        #expect(first.right == 8, "\(variant.id) knows \(first.right) of 8 beats")
      }
      #expect(first.weights == train(small, task, steps: 150).weights, "\(variant.id)")
    }
  }

  @Test("Every variant takes steps at its full size, with finite losses that fall")
  func fullSize() {
    for variant in ModelCatalogue.all {
      let losses = train(variant, mitbih, steps: 6).losses
      let areFinite = losses.allSatisfy { $0.isFinite }
      #expect(areFinite, "\(variant.id)")
      #expect((losses.min() ?? 0) < losses[0], "\(variant.id)")
    }
  }

  private func train(
    _ variant: any ModelVariant, _ task: ClassificationTask, steps: Int
  ) -> (right: Int, losses: [Double], weights: [Float]) {
    let task = variant.fed(task)
    let network = Network(variant.plan(for: task), seed: 1)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    let loss = variant.recipe(for: task).loss(for: task)
    var random = Philox(seed: 1, purpose: "beats").stream()
    let rows = (0..<8 * task.rowLength).map { _ in Float(random.nextUniform()) }
    let labels = (0..<8).map { UInt8($0 % task.classCount) }
    var right = 0
    var losses: [Double] = []
    rows.withUnsafeBufferPointer { rows in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<8)[...], of: rows, labels: labels)
        while losses.count < steps, right < 8 || (losses.last ?? 2) >= 2 {
          let outcome = network.train(
            batch, loss: loss, optimizer: Adam(), state: state, step: losses.count + 1,
            learningRate: 1e-3)
          right = outcome.rightCount
          losses.append(outcome.lossSum)
        }
      }
    }
    return (right, losses, network.weights.array)
  }
}
