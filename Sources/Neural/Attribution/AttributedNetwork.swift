import Tensors

/// A trained network whose answers are traced back to the samples of a row.
///
/// Everything is frozen, statistics are the stored ones, and nothing is dropped: it computes what the
/// network answers, and the gradients of that. No cell is trained by it, so that its sources are in
/// no cell's key.
public final class AttributedNetwork {
  /// Numbers of a row.
  public let rowLength: Int
  /// Numbers that it puts out for a row.
  public let outputCount: Int
  /// Layers with weights, by path, in the order in which rows go through them.
  public let layers: [String]
  private let rows: Walk
  private let maps: (walk: Walk, map: FeatureMap)?

  /// Lays out a network with the initial weights of a seed.
  public init(_ layer: some Layer, length: Int, seed: Int) {
    let paths = Plan(layer, length: length).parameters.map { parameter in
      parameter.path.lastIndex(of: ".").map { String(parameter.path[..<$0]) } ?? parameter.path
    }
    layers = paths.reduce(into: []) { if $0.last != $1, !$0.contains($1) { $0.append($1) } }
    let plan = Plan(layer, length: length, frozen: layers, differentiableInput: true)
    rowLength = plan.input.count
    outputCount = plan.output.count
    rows = Walk(Network(plan.answering(), seed: seed))
    maps = FeatureMap(of: plan).map { map in
      (Walk(Network(plan.answering(open: map.value), seed: seed)), map)
    }
  }

  /// Whether it has features whose samples follow each other in time.
  public var hasFeatureMap: Bool { maps != nil }

  /// Takes over trained weights; the others stay as they are.
  public func load(
    _ tensors: [NamedTensor], _ selection: ParameterSelection = .all
  ) throws(NeuralError) {
    try rows.network.load(tensors, selection)
    try maps?.walk.network.load(tensors, selection)
  }

  /// Outputs of some rows, `[rows, outputs]`.
  public func outputs(_ inputs: [Float]) -> [Float] {
    var outputs: [Float] = []
    rows.run(inputs) { shard in
      shard.forward(shard.plan.operations.indices)
      outputs += shard.numbers(shard.plan.output)
    }
    return outputs
  }

  /// The gradient of a weighted sum of the outputs with respect to every number of some rows, like
  /// the rows.
  public func inputGradients(_ inputs: [Float], of outputWeights: [Float]) -> [Float] {
    var gradients: [Float] = []
    rows.run(inputs) { shard in
      shard.forward(shard.plan.operations.indices)
      shard.setGradient(outputWeights)
      shard.backward(shard.plan.operations.indices)
      gradients += shard.gradientNumbers(shard.plan.input)
    }
    return gradients
  }

  /// Grad-CAM of a weighted sum of the outputs: the features of the last map along time, each times
  /// the mean of its gradient over the samples, added up, where that is above zero; at every sample
  /// of the row, between two samples of the map on the line between them. `nil` without a map.
  ///
  /// Source: Selvaraju et al. 2017, doi:10.1109/ICCV.2017.74.
  public func classActivation(_ inputs: [Float], of outputWeights: [Float]) -> [[Double]]? {
    maps.map { maps in
      var activations: [[Double]] = []
      maps.walk.run(inputs) { shard in
        let features = shard.features(maps.map)
        shard.setGradient(outputWeights)
        shard.backward(maps.map.operation + 1..<shard.plan.operations.count)
        let gradients = shard.gradientNumbers(maps.map.value)
        for row in 0..<shard.rows {
          let map = maps.map.activation(
            features, gradients, row: row, channels: maps.map.value.channels)
          activations.append((0..<rowLength).map { map.value(at: Double($0), maps.map.axis) })
        }
      }
      return activations
    }
  }
}

/// A network and the way of some rows through it, a window at a time.
private final class Walk {
  let network: Network

  init(_ network: Network) { self.network = network }

  func run(_ inputs: [Float], _ body: (Shard) -> Void) {
    let width = network.plan.input.count
    precondition(inputs.count % width == 0, "\(inputs.count) numbers are no rows of \(width)")
    let count = inputs.count / width
    let shard = network.shards[0]
    let labels = [UInt8](repeating: 0, count: count)
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<count)[...], of: inputs, labels: labels)
        shard.begin(gradients: network.gradients[0].start, step: 1)
        Kernels.flushingDenormals {
          for first in stride(from: 0, to: count, by: network.plan.microBatch) {
            let end = min(first + network.plan.microBatch, count)
            shard.move(to: 0..<end - first, ofShardAt: first)
            network.load(batch, into: shard)
            body(shard)
          }
        }
      }
    }
  }
}

extension Shard {
  /// The numbers of a value, row after row.
  fileprivate func numbers(_ value: Value) -> [Float] {
    (0..<rows).flatMap { row in
      UnsafeBufferPointer(start: self.value(value) + row * stride(value), count: value.count)
    }
  }

  /// Those of its gradient.
  fileprivate func gradientNumbers(_ value: Value) -> [Float] {
    (0..<rows).flatMap { row in
      UnsafeBufferPointer(
        start: gradient(value) + row * gradientStride(value), count: value.count)
    }
  }

  /// Begins a backward pass from a weighted sum of the outputs.
  fileprivate func setGradient(_ outputWeights: [Float]) {
    precondition(
      outputWeights.count == plan.output.count && gate(plan.output) == nil,
      "\(outputWeights.count) weights for \(plan.output.count) outputs")
    for row in 0..<rows {
      (gradient(plan.output) + row * gradientStride(plan.output)).update(
        from: outputWeights, count: outputWeights.count)
    }
  }

  /// Runs forward, and takes the features of a map on the way, `[rows, length, channels]`.
  fileprivate func features(_ map: FeatureMap) -> [Float] {
    forward(0..<map.operation + 1)
    let features: [Float]
    if plan.operations[map.operation].operation is PeakConvolution {
      // Its samples stand in memory of its own until the next operation.
      let count = map.length * map.value.channels
      features = Array(UnsafeBufferPointer(start: forwardScratch, count: rows * count))
    } else {
      features = numbers(map.value)
    }
    forward(map.operation + 1..<plan.operations.count)
    return features
  }
}

extension FeatureMap {
  /// The map of one row. The gradient of a maximum is that of one sample of the map, and zero at the
  /// others.
  fileprivate func activation(
    _ features: [Float], _ gradients: [Float], row: Int, channels: Int
  ) -> ActivationMap {
    let samples = value.length
    let means = (0..<channels).map { channel in
      (0..<samples).reduce(0.0) {
        $0 + Double(gradients[(row * samples + $1) * channels + channel])
      } / Double(length)
    }
    return ActivationMap(
      samples: (0..<length).map { sample in
        let start = (row * length + sample) * channels
        return max(0, (0..<channels).reduce(0.0) { $0 + means[$1] * Double(features[start + $1]) })
      })
  }
}

/// Grad-CAM at the samples of a map.
private struct ActivationMap {
  let samples: [Double]

  /// Its value at a sample of the row: on the line between two samples of the map, and outside of
  /// them that of the nearest one.
  func value(at sample: Double, _ axis: TimeAxis) -> Double {
    let place = min(max((sample - axis.first) / axis.step, 0), Double(samples.count - 1))
    let before = min(Int(place), max(0, samples.count - 2))
    let share = place - Double(before)
    guard before + 1 < samples.count else { return samples[before] }
    return samples[before] * (1 - share) + samples[before + 1] * share
  }
}
