internal import Datasets
internal import Documents
internal import Experiments
internal import Statistics

/// Tasks whose test rows are whole records, evaluated as EC57 asks.
extension EvaluatedTask {
  /// The record of each test row; `nil` unless whole recorded beats of the five classes of EC57 are
  /// tested.
  var recordsOfTestRows: [String]? {
    guard let records = data.testRecords, data.source != .synthetic, hasBeatClasses
    else { return nil }
    return records.flatMap { Array(repeating: $0.record, count: $0.count) }
  }

  /// The beats of each record by class and answer, one count a seed; none where the test rows are
  /// no whole records.
  func ec57(of variant: EvaluatedVariant) -> [EC57] {
    guard let records = recordsOfTestRows else { return [] }
    return variant.cells.map {
      EC57(labels: $0.predictions.labels, predicted: $0.predictions.predicted, records: records)
    }
  }

  /// The same beats split so that people stand on both sides: the task by whose name this one
  /// begins.
  func intraPatient(in study: EvaluatedStudy) -> EvaluatedTask? {
    guard recordsOfTestRows != nil else { return nil }
    return study.tasks.first {
      $0.id != id && id.hasPrefix($0.id + "-") && $0.data.classes == data.classes
        && $0.data.source != .synthetic && $0.recordsOfTestRows == nil
    }
  }

  /// The rows of a class in the record that has most of them, and its name; `nil` where the test
  /// rows are no whole records.
  func fullestRecord(of beat: EC57Class) -> (name: String, count: Int)? {
    guard let counted = variants.first.map({ ec57(of: $0) })?.first else { return nil }
    return counted.records.map { ($0.name, $0.beats.supports[beat.rawValue]) }
      .max { ($0.1, $1.0) < ($1.1, $0.0) }
  }

  /// The variants whose records are shown one by one: the leading network on validation rows, and
  /// the one that was made for this split.
  var variantsByRecord: [EvaluatedVariant] {
    let leader = leadingNetwork
    return variants.filter { variant in
      leader.map { variant.isSame(as: $0) } ?? false || isFedContext(variant)
    }
  }
}

extension [EC57] {
  /// A score over the seeds.
  func estimate(_ score: (EC57) -> MetricValue) -> ScoreEstimate {
    ScoreEstimate(map { score($0).value })
  }
}

extension Document.Table.Cell {
  /// A share over seeds as percent.
  static func share(
    _ estimate: ScoreEstimate?, isBest: Bool = false, otherwise reason: String
  ) -> Self {
    .spread(
      .percent(estimate?.mean), deviation: .percent(estimate?.deviation), isBest: isBest,
      otherwise: reason)
  }
}

extension EC57Class {
  /// The classes that are reported; Q is left to a few beats.
  static let reported: [EC57Class] = [.normal, .supraventricular, .ventricular, .fusion]
}
