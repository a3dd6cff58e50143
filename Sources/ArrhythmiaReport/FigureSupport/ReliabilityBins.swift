import Statistics

/// The bins of a reliability diagram, with the rows of all seeds in them.
struct ReliabilityBins {
  /// The seeds' bins together, from the lowest confidence up.
  let bins: [CalibrationBin]

  /// Joins the bins of a variant's seeds.
  init(of variant: EvaluatedVariant) {
    let seeds = variant.cells.map(\.metrics.calibration)
    bins = (0..<CalibrationBin.count).map { index in
      CalibrationBin(joining: seeds.map { $0[index] })
    }
  }

  /// Bins with rows in them.
  var filled: [(confidence: Double, accuracy: Double)] {
    bins.compactMap { bin in
      guard let confidence = bin.meanConfidence, let accuracy = bin.accuracy else { return nil }
      return (confidence, accuracy)
    }
  }
}
