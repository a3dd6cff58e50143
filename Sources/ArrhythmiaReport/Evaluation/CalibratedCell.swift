import Experiments
import Statistics

/// A cell at temperatures: each fold's test rows at the one that was fitted to the fold's
/// validation rows.
struct CalibratedCell {
  /// One a fold.
  let temperatures: [Double]
  /// The test rows at their temperatures.
  let cell: EvaluatedCell
  /// The validation rows of all folds, as the network answers.
  let validationBefore: ClassificationMetrics
  /// The same with each fifth of a fold at the temperature of its other four.
  let validationAfter: ClassificationMetrics

  /// Fits a cell; `nil` where it has no answers to validation rows, or no temperature is best.
  init?(_ cell: EvaluatedCell) {
    let folds = cell.result.validation
    let classCount = cell.predictions.classCount
    let test = cell.predictions.probabilities
    guard !folds.isEmpty, folds.reduce(0, { $0 + $1.testCount }) == cell.predictions.count
    else { return nil }
    var temperatures: [Double] = []
    var scaled: [Double] = []
    var crossFitted: [Double] = []
    for fold in folds {
      let answers = fold.probabilities.map(Double.init)
      guard
        let scaling = TemperatureScaling(
          fittedTo: fold.labels, probabilities: answers, classCount: classCount),
        let held = TemperatureScaling.crossFitted(
          labels: fold.labels, probabilities: answers, classCount: classCount,
          startingAt: scaling.temperature)
      else { return nil }
      let rows = scaled.count..<scaled.count + fold.testCount * classCount
      temperatures.append(scaling.temperature)
      scaled += scaling.scaled(Array(test[rows]), classCount: classCount)
      crossFitted += held
    }
    let labels = folds.flatMap(\.labels)
    let plain = folds.flatMap { $0.probabilities.map(Double.init) }
    guard let predictions = try? cell.predictions.with(probabilities: scaled),
      let before = try? ClassificationMetrics(
        labels: labels, probabilities: plain, classCount: classCount),
      let after = try? ClassificationMetrics(
        labels: labels, probabilities: crossFitted, classCount: classCount)
    else { return nil }
    self.temperatures = temperatures
    self.cell = EvaluatedCell(cell, predictions: predictions)
    validationBefore = before
    validationAfter = after
  }
}
