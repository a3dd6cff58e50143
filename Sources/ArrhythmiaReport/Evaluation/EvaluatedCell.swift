public import Experiments
internal import Datasets
public import Statistics

/// A cell with its metrics on the test rows.
public struct EvaluatedCell: Sendable {
  /// The cell.
  public let result: CellResult
  /// Its predictions, sorted once for all metrics and curves.
  public let predictions: Predictions
  /// The metrics of all test rows.
  public let metrics: ClassificationMetrics
  /// The predictions, made short for draws of the task's subjects if there are to be any.
  let drawn: Predictions
  /// Its accuracy on the rows that it is surest of, as it gives its probabilities.
  let selective: SelectiveAccuracy

  /// Evaluates a cell whose test rows have to be those of the task and of its first cell.
  init(
    _ result: CellResult, of data: DatasetSummary, first: CellResult,
    _ bootstrap: TaskBootstrap? = nil
  ) throws(ReportError) {
    self.result = result
    do throws(StatisticsError) {
      predictions = try Predictions(
        labels: result.labels, probabilities: result.probabilities,
        classCount: data.classes.count)
    } catch {
      throw .inconsistentPredictions(task: data.id, cell: result.key, problem: error.fact)
    }
    metrics = predictions.metrics()
    selective = SelectiveAccuracy(predictions)
    if let problem = Self.problem(of: metrics, result, data, first) {
      throw .inconsistentPredictions(task: data.id, cell: result.key, problem: problem)
    }
    drawn = bootstrap?.prepared(predictions) ?? predictions
  }

  /// The cell with other probabilities for the same test rows.
  init(_ cell: EvaluatedCell, predictions: Predictions) {
    result = cell.result
    selective = cell.selective
    self.predictions = predictions
    drawn = predictions
    metrics = predictions.metrics()
  }

  private static func problem(
    of metrics: ClassificationMetrics, _ result: CellResult, _ data: DatasetSummary,
    _ first: CellResult
  ) -> String? {
    if result.labels.count != data.testCount {
      return "it predicts \(result.labels.count) rows, the test part has \(data.testCount)"
    }
    if metrics.confusion.supports != data.beats.map(\.testCount) {
      return "its labels are not those of the test part"
    }
    if result.labels != first.labels { return "its labels are not those of the first cell" }
    return nil
  }
}
