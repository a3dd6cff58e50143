import Datasets
import Documents
import Experiments
import Statistics

/// Record by record, how many beats of each class there are and how many of them are found.
struct EC57RecordsTable: Table {
  let id = "ec57-records"
  let placement = Placement.interPatient
  let rank = 30

  /// One row a record; nothing where the test rows are no whole records.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let variants = task.variantsByRecord
    guard task.recordsOfTestRows != nil, !variants.isEmpty else { return nil }
    let others =
      variants.count > 1 ? " and for the variant that was made for this split" : ""
    return Document.Table(
      id: name(for: task),
      caption: """
        Records of the test part one by one, \(task.testWords); \(task.meanWords). EC57's measures \
        for the leading network on validation rows\(others); \
        Se: sensitivity; +P: positive predictivity; FPR: false-positive rate, all in percent.
        """,
      columns: [.init("Variant", .text), .init("Record", .text), .init("Beats")]
        + EC57Class.reported.flatMap { beat -> [Document.Table.Column] in
          let symbol = task.data.classes[beat.rawValue].symbol
          return ["Beats", "Se", "+P", "FPR"].map { .init($0, group: symbol) }
        },
      rows: variants.enumerated().flatMap { place, variant in
        rows(of: task.ec57(of: variant), named: task.title(of: variant), isLater: place > 0)
      })
  }

  private func rows(
    of counted: [EC57], named name: String, isLater: Bool
  ) -> [Document.Table.Row] {
    guard let first = counted.first else { return [] }
    return first.records.enumerated().map { place, record in
      let beats = EC57Class.reported.flatMap { beat in
        cells(of: beat, counted.map { $0.records[place].beats })
      }
      return .init(
        [
          .text(place == 0 ? Prose(name) : ""), .text(Prose(record.name)),
          .count(record.beats.total),
        ] + beats, isSetApart: place == 0 && isLater)
    }
  }

  /// Beats and measures of a class in one record, over the seeds.
  private func cells(
    of beat: EC57Class, _ records: [ConfusionMatrix]
  ) -> [Document.Table.Cell] {
    let measures = EC57Measure.allCases.map { measure in
      ScoreEstimate(records.map { $0.ec57(measure, of: beat).value })
    }
    return [.count(records.first?.supports[beat.rawValue] ?? 0)]
      + measures.map { .share($0, otherwise: Reason.neverPredicted) }
  }
}
