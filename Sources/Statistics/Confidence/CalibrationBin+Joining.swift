extension CalibrationBin {
  /// The rows of the same bin of several models together.
  ///
  /// - Precondition: There is one, and all are the same bin.
  public init(joining bins: [CalibrationBin]) {
    let index = Int((bins[0].lower * Double(Self.count)).rounded())
    precondition(bins.allSatisfy { $0.lower == bins[0].lower }, "different bins of confidence")
    func sum(_ mean: KeyPath<CalibrationBin, Double?>) -> Double {
      bins.reduce(0) { $0 + Double($1.count) * ($1[keyPath: mean] ?? 0) }
    }
    self.init(
      index: index, count: bins.reduce(0) { $0 + $1.count }, confidence: sum(\.meanConfidence),
      correct: Int(sum(\.accuracy).rounded()))
  }
}
