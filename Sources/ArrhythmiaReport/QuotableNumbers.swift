import Datasets
import Documents
import Experiments
import Statistics

/// The numbers that text outside the report may quote by name.
struct QuotableNumbers {
  private let task: EvaluatedTask

  init(of task: EvaluatedTask) {
    self.task = task
  }

  /// Of the rows, of every variant and recipe, then of what was found about them; none whose name,
  /// cut to the length that names have, is another one's too.
  var all: [Document.QuotableNumber] {
    let numbers =
      rows + task.variants.flatMap { scores(of: $0) + cost(of: $0) }
      + task.partialVariants.flatMap(scores) + gains + reconstructions
      + task.calibrations.flatMap(calibration) + task.robustness.flatMap(robustness)
    let uses = Dictionary(numbers.map { ($0.id, 1) }, uniquingKeysWith: +)
    return numbers.filter { uses[$0.id] == 1 }
  }

  private func number(_ parts: String..., value: Number) -> Document.QuotableNumber {
    .init(Identifier(([task.id] + parts).joined(separator: "-")), value, mark: task.mark)
  }

  private var rows: [Document.QuotableNumber] {
    [
      number("train", "rows", value: Number(task.data.trainCount)),
      number("test", "rows", value: Number(task.data.testCount)),
      number("majority", "accuracy", value: .percent(task.majority?.accuracy.value)),
    ]
  }

  private func scores(of variant: EvaluatedVariant) -> [Document.QuotableNumber] {
    Score.allCases.flatMap { score in
      let estimate = task.estimate(score, of: variant)
      return [
        ("\(score.rawValue)", estimate.mean), ("\(score.rawValue)-sd", estimate.deviation),
        ("\(score.rawValue)-low", estimate.interval?.low),
        ("\(score.rawValue)-high", estimate.interval?.high),
      ].map { number(name(of: variant), $0, value: score.number($1)) }
    }
  }

  private func cost(of variant: EvaluatedVariant) -> [Document.QuotableNumber] {
    let seeds = number(name(of: variant), "seeds", value: Number(variant.cells.count))
    guard !variant.isForeign else { return [seeds] }
    return [
      seeds, number(name(of: variant), "parameters", value: Number(variant.facts.parameters)),
    ]
  }

  /// What probabilities are worth, as given and at the temperature, and the accuracy of the surest.
  private func calibration(of variant: CalibratedVariant) -> [Document.QuotableNumber] {
    let name = name(of: variant.before)
    let forms: [(suffix: String, answers: EvaluatedVariant?)] = [
      ("", variant.before), ("-scaled", variant.after),
    ]
    let scores = CalibratedVariant.Score.allCases.flatMap { score in
      forms.flatMap { suffix, answers in
        let estimate = answers?.estimate(of: score.metric)
        return [
          ("", estimate?.mean), ("-low", estimate?.interval?.low),
          ("-high", estimate?.interval?.high),
        ].map { number(name, "\(score.rawValue)\(suffix)\($0)", value: .area($1)) }
      }
    }
    let shares = SelectivePredictionTable.shares.dropFirst()
    let kept = zip(shares, variant.before.selective(Array(shares))).map { share, accuracy in
      number(name, "accuracy-kept-\(Int((100 * share).rounded()))", value: .percent(accuracy))
    }
    return [number(name, "temperature", value: Number(variant.temperature.mean, digits: 3))]
      + scores + kept
  }

  /// Accuracies with as much noise as signal and a quarter of it in power.
  private func robustness(of variant: VariantRobustness) -> [Document.QuotableNumber] {
    Disturbance.allCases.flatMap { disturbance in
      [6, 0].map { decibels in
        number(
          name(of: variant.variant), "\(disturbance.rawValue)-\(decibels)-db",
          value: .percent(variant.score(.accuracy, disturbance, decibels: decibels)))
      }
    }
  }

  /// What ensembles gain over the leading network and transfers over training from scratch, in
  /// points of accuracy, and what choosing on the test rows would have been said to reach.
  private var gains: [Document.QuotableNumber] {
    let ensembles = task.ensembleFindings.flatMap { finding in
      gain(of: finding.ensemble, finding.gain(by: .accuracy)) + [
        number(
          name(of: finding.ensemble), "chosen-on-test-accuracy",
          value: .percent(finding.chosenOnTest(by: .accuracy)))
      ]
    }
    let transfers = task.transferFamilies.flatMap { family in
      family.transfers.flatMap(\.variants).flatMap {
        gain(of: $0, family.gain(of: $0))
      }
    }
    return ensembles + transfers
  }

  private func gain(
    of variant: EvaluatedVariant, _ comparison: Comparison?
  ) -> [Document.QuotableNumber] {
    guard let comparison else { return [] }
    return [
      ("gain", comparison.difference), ("gain-low", comparison.interval?.low),
      ("gain-high", comparison.interval?.high),
    ].map { number(name(of: variant), $0, value: .points($1)) }
  }

  private var reconstructions: [Document.QuotableNumber] {
    let results = task.results.reconstructions
    let names = results.map { result in
      let recipe = RecipeName(result.recipe)
      return result.variant.id + (recipe.isPublished ? "" : "-\(recipe.kind)")
    }
    return names.indices.filter { !names[..<$0].contains(names[$0]) }.map { first in
      let errors = results.indices.filter { names[$0] == names[first] }
        .map { results[$0].reconstruction.meanSquaredError }
      return number(
        names[first], "squared-error", value: .squaredError(ScoreEstimate(errors).mean))
    }
  }

  private func name(of variant: EvaluatedVariant) -> String {
    let share = variant.trainingShare
    let percent = task.percent(share).replacing(" %", with: "").replacing(".", with: "-")
    return task.name(of: variant) + (share < 1 ? "-share-\(percent)" : "")
  }
}
