import Statistics

extension EvaluatedVariant {
  /// Mean over the seeds of the accuracy among the surest rows, for each share of them.
  func selective(_ shares: [Double]) -> [Double?] {
    shares.map { share in
      ScoreEstimate(cells.map { $0.selective.accuracy(keeping: share).value }).mean
    }
  }

  /// Mean over the seeds of the mean error over every number of rows kept.
  var meanSelectiveError: ScoreEstimate {
    ScoreEstimate(cells.map(\.selective.meanError.value))
  }
}
