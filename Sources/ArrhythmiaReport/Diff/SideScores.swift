import Datasets
import Experiments
import Statistics

/// The scores of a training in one run, from what is stored of its metrics where one split holds all
/// test rows, else from its answers.
struct SideScores {
  /// A score by its name in files.
  struct Named {
    let id: String
    let title: String
    /// `nil` for the squared error of an autoencoder.
    let metric: Metric?
  }

  private let isBinary: Bool
  private let isAutoencoder: Bool
  private let values: (Metric?) -> [Double?]

  init(_ side: RunSide, _ group: TrainingGroup, data: DatasetSummary) throws {
    isBinary = data.classes.count == 2
    isAutoencoder = group.kind == .autoencoder
    if group.cells.isEmpty {
      values = { _ in [] }
    } else if isAutoencoder {
      let errors = try side.store.results(of: [group], on: data).reconstructions
        .map(\.reconstruction.meanSquaredError)
      values = { _ in errors }
    } else if group.isFolded {
      let results = try side.store.results(of: [group], on: data)
      let metrics = try (results.cells + results.partialCells).map {
        try EvaluatedCell($0, of: data, first: $0).metrics
      }
      values = { metric in metrics.map { each in metric.flatMap { each[$0].value } } }
    } else {
      let stored = try group.cells.map { try side.store.storedMetrics(of: $0) }
      values = { metric in stored.map { each in metric.flatMap { each[$0] } } }
    }
  }

  /// The scores that it has among those that are asked for.
  func scores(_ options: DiffOptions) -> [Named] {
    guard !isAutoencoder else {
      return [Named(id: "squared_error", title: "Squared error", metric: nil)]
    }
    return options.scores.map {
      Named(
        id: $0.rawValue, title: $0.title(isBinary: isBinary),
        metric: $0.metric(isBinary: isBinary))
    }
  }

  /// The mean over the seeds; `nil` where a seed's value is undefined, or there is none.
  func mean(_ metric: Metric?) -> Double? { ScoreEstimate(values(metric)).mean }
}
