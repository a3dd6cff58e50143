import Neural

/// What each sample of a row adds to an output, along the straight way from a flat row to it.
///
/// The gradients at the middles of the steps are averaged, and each is multiplied by how far its
/// sample moves. Steps are equal in the square root of the height, since a network changes most near
/// the flat row: there they are short, and weigh as much less. The parts add up to the difference of the outputs but for the length of the steps (completeness),
/// which is checked. The flat row is the row at a millionth of its height: its padding stays padding,
/// also for networks that find it by its zeros. Source: Sundararajan et al. 2017, arXiv:1703.01365.
struct IntegratedGradients {
  /// Height of the flat row, 2⁻²⁰.
  private static let flat: Float = 0x1p-20

  /// What each sample adds.
  let values: [Double]
  /// The output of the row less that of the flat row.
  let difference: Double

  /// The parts of a weighted sum of the outputs for one row.
  init(_ row: [Float], of outputWeights: [Float], in network: AttributedNetwork, steps: Int) {
    let places = (0..<steps).map { (Double($0) + 0.5) / Double(steps) }
    let path = places.flatMap { place in
      let height = Self.flat + (1 - Self.flat) * Float(place * place)
      return row.map { $0 * height }
    }
    let gradients = network.inputGradients(path, of: outputWeights)
    values = row.indices.map { sample in
      let mean = places.indices.reduce(0.0) {
        $0 + 2 * places[$1] * Double(gradients[$1 * row.count + sample])
      }
      return mean / Double(steps) * Double(row[sample]) * Double(1 - Self.flat)
    }
    let outputs = network.outputs(row.map { $0 * Self.flat } + row)
    let count = network.outputCount
    difference = (0..<count).reduce(0.0) { sum, output in
      sum + Double(outputWeights[output])
        * (Double(outputs[count + output]) - Double(outputs[output]))
    }
  }

  /// How far the parts are from adding up to the difference.
  var gap: Double { (values.reduce(0, +) - difference).magnitude }
}
