internal import Statistics

extension CurveBand.Kind {
  /// Where a curve is drawn: dense near 0 for ROC curves, where good classifiers crowd.
  var places: [Double] {
    switch self {
    case .roc:
      (0..<40).map { Double($0) / 2000 } + (10..<100).map { Double($0) / 500 }
        + (20...100).map { Double($0) / 100 }
    case .precisionRecall: (0...250).map { Double($0) / 250 }
    }
  }

  /// The area beside the curve: that of the tables.
  func area(of index: Int) -> Metric {
    .perClass(self == .roc ? .auroc : .averagePrecision, index)
  }
}
