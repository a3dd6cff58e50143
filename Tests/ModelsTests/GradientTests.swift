import Tensors
import Testing

@testable import Models
@testable import Neural

@Suite("Gradients of every architecture")
struct GradientTests {
  private static let ids = ModelCatalogue.all.map(\.id)

  /// A network, eight rows and a loss that depends on its weights only: dropout and batch are fixed.
  private struct Landscape {
    let network: Network
    let loss: any Loss
    let inputs: [Float]
    let labels: [UInt8]

    init(_ id: String, classCount: Int) throws {
      let variant = try SmallVariant(id, classCount: classCount)
      network = Network(variant.plan, seed: 1, batchSize: 8)
      // Where all biases are nought, the padding stands on the kink of every rectifier.
      for parameter in variant.plan.parameters where parameter.shape.count == 1 {
        let moved = Initializer.uniform(limit: 0.1)
          .values(shape: parameter.shape, seed: 3, path: parameter.path)
        network.setValues(
          zip(network.values(of: parameter), moved).map { $0 + $1 }, of: parameter)
      }
      network.weightsDidChange()
      var random = Philox(seed: 2, purpose: "beats").stream()
      inputs = variant.rows(8, &random)
      // Mostly one class: the rows' gradients add up, and the loss is steep beside its rounding.
      labels = (0..<8).map { $0 < 7 ? 0 : 1 }
      loss = variant.recipe.loss(for: variant.task)
    }

    static let rows = 8

    /// The mean loss; the network then holds its gradient.
    func descend() -> Double {
      inputs.withUnsafeBufferPointer { inputs in
        labels.withUnsafeBufferPointer { labels in
          network.accumulateGradients(
            Batch(Array(0..<8)[...], of: inputs, labels: labels), loss: loss, step: 1
          ).lossSum / Double(Self.rows)
        }
      }
    }

    /// The loss where one parameter has moved along a direction.
    func lossAfterMoving(
      _ parameter: Parameter, from start: [Float], along direction: [Float], by step: Float
    )
      -> Double
    {
      network.setValues(zip(start, direction).map { $0 + step * $1 }, of: parameter)
      network.weightsDidChange()
      return descend()
    }
  }

  @Test(
    "Along each parameter's gradient the loss rises as the gradient says",
    arguments: ids, [5, 2])
  func differences(id: String, classCount: Int) throws {
    let landscape = try Landscape(id, classCount: classCount)
    let network = landscape.network
    let loss = landscape.descend()
    let trained = network.plan.parameters.filter(\.isTrained)
    let gradients = trained.map { network.gradient(of: $0, rows: Landscape.rows) }
    let squares = gradients.map { $0.reduce(0) { $0 + Double($1) * Double($1) } }
    let steep = (squares.max() ?? 0) * 1e-3
    #expect(squares.count { $0 > steep } >= min(3, squares.count))
    // A small gradient needs long steps, which cross the kinks of rectifiers and maxima, and what a
    // normalisation takes away again has rounding noise in its place; these are left to the tests of
    // the layers.
    for ((parameter, gradient), squared) in zip(zip(trained, gradients), squares)
    where squared > steep {
      let start = network.values(of: parameter)
      let direction = gradient.map { $0 / Float(squared.squareRoot()) }
      let errors = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5].map { share -> Double in
        let step = Float(share * loss / squared.squareRoot())
        let rise =
          landscape.lossAfterMoving(parameter, from: start, along: direction, by: step)
          - landscape.lossAfterMoving(parameter, from: start, along: direction, by: -step)
        return abs(rise / Double(2 * step) / squared.squareRoot() - 1)
      }
      #expect((errors.min() ?? 1) < 0.05, "\(parameter.path): \(errors)")
      network.setValues(start, of: parameter)
      network.weightsDidChange()
    }
  }
}
