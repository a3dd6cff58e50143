import Datasets
import Documents
import Experiments
import Statistics

/// Every class as ANSI/AAMI EC57 asks: over all beats, and as the mean over records.
struct EC57Table: Table {
  let id = "ec57"
  let placement = Placement.interPatient
  let rank = 20

  /// One row a variant and class; nothing where the test rows are no whole records.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard task.recordsOfTestRows != nil, !task.variants.isEmpty else { return nil }
    let rows = task.variants.enumerated().flatMap { place, variant in
      let counted = task.ec57(of: variant)
      return EC57Class.reported.map { beat in
        row(
          of: beat, task.data.classes[beat.rawValue].symbol, counted,
          named: task.title(of: variant), isLater: place > 0)
      }
    }
    return Document.Table(
      id: name(for: task),
      caption: """
        EC57 on \(task.testWords); \(task.meanWords). Gross: over all beats; average: mean over the \
        records for which the measure is defined, of which the last column counts those with beats \
        of the class. Se: sensitivity; +P: positive predictivity; FPR: false-positive rate. F and Q \
        read as V, and Q read as S, are no false positives.
        """,
      columns: [.init("Variant", .text), .init("Class", .text), .init("Beats")]
        + ["Gross, %", "Average, %"].flatMap { group in
          ["Se", "+P", "FPR"].map { .init($0, group: group) }
        } + [.init("Records")],
      rows: rows)
  }

  private func row(
    of beat: EC57Class, _ symbol: String, _ counted: [EC57], named name: String, isLater: Bool
  ) -> Document.Table.Row {
    let gross = EC57Measure.allCases.map { measure in
      counted.estimate { $0.gross.ec57(measure, of: beat) }
    }
    let average = EC57Measure.allCases.map { measure in
      counted.estimate { $0.average(measure, of: beat).value }
    }
    return .init(
      [
        .text(beat == .normal ? Prose(name) : ""), .text(Prose(symbol)),
        .count(counted.first?.gross.supports[beat.rawValue] ?? 0),
      ] + (gross + average).map { .share($0, otherwise: Reason.neverPredicted) }
        + [.count(counted.first?.average(.sensitivity, of: beat).recordCount ?? 0)],
      isSetApart: beat == .normal && isLater)
  }
}
