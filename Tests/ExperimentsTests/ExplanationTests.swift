import Foundation
import Models
import Neural
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Which samples an answer rests on")
struct ExplanationTests {
  private static let task = ClassificationTask(id: "small", classCount: 5)
  private static let variants = ModelCatalogue.all.map(\.atDemonstrationSize).filter {
    !($0 is any ContextualVariant) && $0.applies(to: task) && $0.id != "autoencoder"
  }

  private func network(_ variant: some ModelVariant) -> AttributedNetwork {
    AttributedNetwork(
      variant.network(for: Self.task), length: Self.task.rowLength, seed: 3)
  }

  /// A beat with padding.
  private let row: [Float] = (0..<187).map { sample in
    sample < 130 ? 0.1 + Float((sample * 37) % 50) / 60 : 0
  }

  @Test(
    "Integrated gradients add up to the difference of the outputs, for every variant",
    arguments: variants.indices)
  func completeness(index: Int) {
    let variant = Self.variants[index]
    let network = network(variant)
    let outputWeights: [Float] = [0, 1, 0, 0, 0]
    let parts = IntegratedGradients(row, of: outputWeights, in: network, steps: 64)
    let size = max(parts.difference.magnitude, 0.05 * parts.values.reduce(0) { $0 + $1.magnitude })
    #expect(
      parts.gap <= max(0.05 * size, 1e-6), "\(variant.id): \(parts.gap) of \(parts.difference)")
    #expect(parts.values[130...].allSatisfy { $0 == 0 })
    #expect(parts.values.contains { $0 != 0 })
  }

  @Test("Integrated gradients are those of PyTorch")
  func golden() throws {
    struct Golden: Decodable {
      struct Weight: Decodable {
        let name: String
        let shape: [Int]
        let values: [Float]
      }
      let weights: [Weight]
      let row: [Float]
      let integrated: [Double]
    }
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../NeuralTests/Golden/attribution.json")
    let golden = try JSONDecoder().decode([Golden].self, from: Data(contentsOf: url))[0]
    let network = AttributedNetwork(
      Sequential {
        Conv1D(3, kernel: 5)
        ReLU()
        MaxPool1D(2)
        Conv1D(4, kernel: 3)
        ReLU()
        GlobalMaxPool()
        Dense(3)
      }, length: 24, seed: 1)
    try network.load(
      golden.weights.map { NamedTensor(name: $0.name, shape: $0.shape, values: $0.values) })
    let parts = IntegratedGradients(golden.row, of: [0, 1, 0], in: network, steps: 256)
    let largest = golden.integrated.reduce(0) { max($0, $1.magnitude) }
    #expect(
      zip(parts.values, golden.integrated).allSatisfy { ($0 - $1).magnitude <= 1e-5 * largest })
  }

  @Test("A finding holds a row of each class, the same for every network, and the check")
  func finding() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: "\(folder.path)/store")
    let study = Study(
      title: "Small", name: "small", tasks: [smallData.id],
      variants: ["vanilla-mlp", "vanilla-cnn"],
      maximumEpochs: 1, isDemonstration: true)
    let record = try StudyRunner(study: study, store: store, data: [smallData], workers: 2)
      .run(events: { _ in })
    try ProbeRunner(study: study, store: store, data: [TaskData(smallData)], workers: 2).run()
    let files = try store.results(of: record).tasks[0].cells.compactMap(\.findings.explanations)
    #expect(files.count == 2)
    #expect(files[0].examples.map(\.row) == files[1].examples.map(\.row))
    #expect(files[0].examples.allSatisfy { $0.activation == nil })
    #expect(files[1].examples.allSatisfy { $0.activation != nil })
    for file in files {
      #expect(file.rowCount >= file.examples.count && file.examples.count <= 5)
      #expect(file.randomizations.first?.layers == 1)
      #expect(file.randomizations.last?.layers == file.layerCount)
      #expect(try #require(file.gap) < 0.05)
      for level in file.randomizations {
        let likeness = [level.gradients, level.magnitudes, level.activation].compactMap(\.self)
        #expect(likeness.allSatisfy { (-1...1).contains($0) })
      }
      for example in file.examples {
        let row = try #require(
          smallData.folds[0].test.first {
            smallData.row($0).elementsEqual(example.row.samples)
          })
        #expect(Int(smallData.labels[row]) == example.label)
        #expect(example.gradients.samples.map(\.magnitude).max() == 1)
      }
    }
  }
}
