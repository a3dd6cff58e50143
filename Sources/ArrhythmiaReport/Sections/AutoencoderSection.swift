import Datasets
import Documents
import Experiments
import Statistics

/// How well rows are given back, and what can be told from the few numbers in the middle.
struct AutoencoderSection: Section {
  let id: Identifier = "autoencoder"
  let rank = 45

  /// One part a task that has an autoencoder; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .reconstruction) { task in
      task.results.reconstructions.isEmpty
        ? [] : [reconstruction(task), classifier(task)].compactMap(\.self)
    }
    return parts.isEmpty ? nil : .init(id: id, title: "Autoencoder", subsections: parts)
  }

  private func reconstruction(_ task: EvaluatedTask) -> Prose {
    let results = task.results.reconstructions
    let error = ScoreEstimate(results.map(\.reconstruction.meanSquaredError)).mean
    let seeds: Prose = results.count > 1 ? ", mean of \(results.count) trainings" : ""
    return """
      The autoencoder is trained to give rows back and is told no classes. On \
      \(task.data.testCount) test rows its mean squared error is \
      \(.squaredError(error))\(seeds); the root of it is \
      \(.percent(error.map { $0.squareRoot() })) % of the rows' range. Reconstruction is measured \
      against the row itself; nothing is claimed from it about a diagnosis.\(classes(results, task))
      """
  }

  /// The class that is given back worst, by the mean of the trainings.
  private func classes(_ results: [ReconstructionResult], _ task: EvaluatedTask) -> Prose {
    let errors = task.data.classes.indices.compactMap { index -> (symbol: String, error: Double)? in
      let values = results.map { result -> Double? in
        let errors = result.reconstruction.classErrors
        return errors.indices.contains(index) ? errors[index] : nil
      }
      return ScoreEstimate(values).mean.map { (task.data.classes[index].symbol, $0) }
    }
    guard errors.count > 1, let worst = errors.max(by: { $0.error < $1.error }),
      let best = errors.min(by: { $0.error < $1.error })
    else { return "" }
    return """
       By class it lies between \(.squaredError(best.error)) (\(best.symbol)) and \
      \(.squaredError(worst.error)) (\(worst.symbol)).
      """
  }

  /// The classifier on the encoder's numbers, against the baseline.
  private func classifier(_ task: EvaluatedTask) -> Prose? {
    guard let variant = task.networks.first(where: { $0.facts.id == "autoencoder-mlp" }) else {
      return nil
    }
    let estimate = task.estimate(.accuracy, of: variant)
    let interval: Prose =
      estimate.interval.map { " (\(Number.percent($0.low)) to \(Number.percent($0.high)))" } ?? ""
    let difference: Prose =
      task.baseline.flatMap { baseline in
        task.differenceToBaseline(of: variant, by: task.metric(.accuracy)).map {
          " In points that is \($0.words), against \(task.title(of: baseline))."
        }
      } ?? ""
    return """
      \(.strong(Prose(task.title(of: variant)))), a classifier on the numbers that the encoder \
      makes of a row, with the encoder as it was: accuracy \(.percent(estimate.mean)) \
      %\(interval), \(task.nameOfF1) \
      \(.percent(task.estimate(.f1, of: variant).mean)) %.\(difference)\(published(task))
      """
  }

  private func published(_ task: EvaluatedTask) -> Prose {
    let result = PublishedResult.results(task: task.id).first { $0.model == "autoencoder" }
    guard task.isComparableWithPublished, let result, let accuracy = result.accuracy else {
      return ""
    }
    return """
       Published are \(.percent(accuracy)) % by another classifier on such numbers \
      (\(result.source): \(result.note)), so that no verdict is drawn.
      """
  }
}
