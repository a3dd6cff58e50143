import Datasets
import Models
import Neural
import Statistics
import Tensors

/// Asks a trained network which samples its answers rest on, and again with random weights: parts
/// that stay the same then say nothing about what it has learnt.
///
/// Source of the check: Adebayo et al. 2018, arXiv:1810.03292, layers randomised from the last one on.
struct ExplanationProbe {
  let description: CellDescription
  let weights: [NamedTensor]
  /// The rows that the network is fed.
  let data: Dataset

  /// What is found; `nil` for a network that tells no classes apart.
  ///
  /// - Parameter isCancelled: Asked before each row; then `CancellationError` is thrown.
  func file(isCancelled: () -> Bool) throws -> ExplanationFile? {
    guard description.recipe.classificationLoss(for: description.task) != nil else { return nil }
    let trained = network(seed: description.seed)
    try trained.load(weights)
    let questions = rows.map { Question(row: $0, in: data, asking: trained) }
    let parts = try questions.map {
      try $0.parts(in: trained, steps: ExplanationFile.pathSteps, isCancelled)
    }
    let randomizations = try levels(of: trained.layers.count).map { count in
      let random = network(seed: description.seed + Self.seedDistance)
      if count < trained.layers.count {
        try random.load(weights, .except(Array(trained.layers.suffix(count))))
      }
      let others = try questions.map {
        try $0.parts(in: random, steps: ExplanationFile.comparedPathSteps, isCancelled)
      }
      return comparison(parts, others, questions, count)
    }
    let differences = parts.reduce(0) { $0 + $1.gradients.difference.magnitude }
    return ExplanationFile(
      rowCount: questions.count, layerCount: trained.layers.count,
      gap: differences > 0 ? parts.reduce(0) { $0 + $1.gradients.gap } / differences : nil,
      likenessToRow: mean(
        zip(parts, questions).map {
          likeness($0.samples.map(\.magnitude), $1.drawn.map(Double.init), $1)
        }), elsewhere: mean(parts.map(\.elsewhere)), randomizations: randomizations,
      examples: examples(questions, parts))
  }

  /// Random weights are the initial ones of a seed that no study trains with.
  private static let seedDistance = 1_000_000

  private func network(seed: Int) -> AttributedNetwork {
    func network(_ variant: some ModelVariant) -> AttributedNetwork {
      AttributedNetwork(
        variant.network(for: description.task), length: description.task.rowLength, seed: seed)
    }
    return network(description.variant)
  }

  /// The rows that are looked at, class by class: the same for every network of a task, of several
  /// folds some in each.
  private var rows: [Int] {
    let test = data.folds[description.fold].test
    let random = Philox(seed: 0, purpose: "explained rows", path: data.drawPath)
    return (0..<description.task.classCount).flatMap { label -> ArraySlice<Int> in
      var stream = random.stream(UInt32(label))
      return stream.shuffled(test.filter { Int(data.labels[$0]) == label })
        .prefix(ExplanationFile.rowsPerClass(folds: data.folds.count))
    }
  }

  /// Numbers of layers that get random weights: the last, half of them, all.
  private func levels(of count: Int) -> [Int] {
    [1, (count + 1) / 2, count].reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private func comparison(
    _ trained: [Parts], _ random: [Parts], _ questions: [Question], _ layers: Int
  ) -> ExplanationFile.Randomization {
    func likeness(_ values: (Parts) -> [Double]?) -> Double? {
      mean(
        questions.indices.map { index in
          guard let one = values(trained[index]), let other = values(random[index]) else {
            return nil
          }
          return self.likeness(one, other, questions[index])
        })
    }
    return ExplanationFile.Randomization(
      layers: layers, gradients: likeness(\.samples),
      magnitudes: likeness { $0.samples.map(\.magnitude) },
      activation: likeness(\.activation))
  }

  /// Rank correlation over the samples of the beat, without its padding.
  private func likeness(_ one: [Double], _ other: [Double], _ question: Question) -> Double? {
    RankCorrelation(
      Array(one.prefix(question.length)), Array(other.prefix(question.length))
    ).value.value
  }

  private func mean(_ values: [Double?]) -> Double? {
    let defined = values.compactMap(\.self)
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
  }

  private func examples(
    _ questions: [Question], _ parts: [Parts]
  ) -> [ExplanationFile.Example] {
    (0..<description.task.classCount).compactMap { label in
      guard let place = questions.firstIndex(where: { $0.label == label }) else { return nil }
      let (question, parts) = (questions[place], parts[place])
      let origin = data.origins?[question.row]
      return ExplanationFile.Example(
        label: label, answer: question.answer, record: origin?.record, sample: origin?.sample,
        length: question.length, row: question.drawn, gradients: shares(parts.samples),
        activation: parts.activation.map(shares))
    }
  }

  /// Values as shares of the largest magnitude, in thousandths, which is what a picture shows.
  private func shares(_ values: [Double]) -> [Float] {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    return values.map { largest > 0 ? Float(($0 / largest * 1000).rounded()) / 1000 : 0 }
  }
}

/// A row whose answer is to be traced back.
private struct Question {
  let row: Int
  /// What the network is fed.
  let inputs: [Float]
  /// The samples that it is shown by.
  let drawn: [Float]
  let label: Int
  let length: Int
  let answer: Int
  /// What is traced back: the logit of the answer; of a single one its distance from 0.
  let outputWeights: [Float]
  private let data: Dataset

  init(row: Int, in data: Dataset, asking network: AttributedNetwork) {
    self.row = row
    self.data = data
    inputs = Array(data.row(row))
    label = Int(data.labels[row])
    (drawn, length) = data.drawnRow(row)
    let outputs = network.outputs(inputs)
    if outputs.count == 1 {
      answer = outputs[0] > 0 ? 1 : 0
      outputWeights = [answer == 1 ? 1 : -1]
    } else {
      let answer = outputs[...].placeOfLargest
      self.answer = answer
      outputWeights = outputs.indices.map { $0 == answer ? 1 : 0 }
    }
  }

  func parts(
    in network: AttributedNetwork, steps: Int, _ isCancelled: () -> Bool
  ) throws -> Parts {
    if isCancelled() { throw CancellationError() }
    let gradients = IntegratedGradients(inputs, of: outputWeights, in: network, steps: steps)
    let (samples, others) = data.shared(gradients.values)
    return Parts(
      gradients: gradients, samples: samples, others: others,
      activation: network.classActivation(inputs, of: outputWeights)?.first)
  }
}

/// The parts that the numbers of a row have in an answer.
private struct Parts {
  let gradients: IntegratedGradients
  /// Those of the samples that are drawn.
  let samples: [Double]
  /// Those of the numbers that are none.
  let others: [Double]
  let activation: [Double]?

  /// The share of the parts, by their magnitudes, that is not the samples'; `nil` where all numbers
  /// are samples.
  var elsewhere: Double? {
    guard !others.isEmpty else { return nil }
    let size = { (parts: [Double]) in parts.reduce(0) { $0 + $1.magnitude } }
    let all = size(samples) + size(others)
    return all > 0 ? size(others) / all : nil
  }
}
