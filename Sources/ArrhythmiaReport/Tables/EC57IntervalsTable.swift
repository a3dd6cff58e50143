import Datasets
import Documents
import Experiments
import Statistics

/// How sure sensitivity and positive predictivity are, over all beats and as the mean over records,
/// where other people might have been tested.
struct EC57IntervalsTable: Table {
  let id = "ec57-intervals"
  let placement = Placement.interPatient
  let rank = 25

  private static let measures = [EC57Measure.sensitivity, .positivePredictivity]

  /// One row a variant and class; nothing where the test rows are no whole records.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let estimates = task.ec57Estimates
    guard !estimates.isEmpty else { return nil }
    let record = task.fullestRecord(of: .supraventricular)?.name ?? ""
    return Document.Table(
      id: name(for: task), caption: caption(task),
      columns: [.init("Variant", .text), .init("Class", .text)]
        + ["Gross Se, %", "Gross +P, %", "Average Se, %", "Average +P, %"].flatMap { group in
          ["mean", "low", "high"].map { .init($0, group: group) }
        },
      rows: zip(task.variants, estimates).enumerated().flatMap { place, pair in
        EC57Class.reported.map { beat in
          row(of: beat, pair.1, task.title(of: pair.0), in: task, isLater: place > 0)
        }
      },
      notes: [
        """
        How often such intervals hold the true value with so few people is told in \
        \(to: .section("validity")). A class that is mostly in one record \
        (S: record \(record)) would have one over all beats that says little more than whether the \
        record is drawn; it has none where fewer than \(ClassSubjects.fewest) effective subjects have \
        the class, of whom in the mean over records each counts the same.
        """
      ])
  }

  private func caption(_ task: EvaluatedTask) -> Prose {
    let people = task.ec57PersonCount
    let draws = task.bootstrap.draws.intervals
    return """
      Sensitivity (Se) and positive predictivity (+P) by EC57 on \(task.testWords); \
      \(task.meansWords). Low and high: 95 % intervals from \(draws) bootstrap draws of the \
      \(people) people who are tested, all records of a person together, corrected for bias, \
      skewness and their number. Average: over the drawn records for which the measure is defined.
      """
  }

  private func row(
    of beat: EC57Class, _ estimates: EC57Estimates, _ name: String, in task: EvaluatedTask,
    isLater: Bool
  ) -> Document.Table.Row {
    let cells = EC57Statistic.Scope.allCases.flatMap { scope in
      Self.measures.flatMap { measure -> [Document.Table.Cell] in
        let estimate = estimates.estimate(EC57Statistic(scope, measure, of: beat))
        return [.number(.percent(estimate.mean), otherwise: Reason.neverPredicted)]
          + [estimate.interval?.low, estimate.interval?.high].map {
            .number(
              .percent($0),
              otherwise: estimate.mean == nil ? Reason.neverPredicted : Reason.rareInDraws)
          }
      }
    }
    return .init(
      [
        .text(beat == .normal ? Prose(name) : ""),
        .text(Prose(task.data.classes[beat.rawValue].symbol)),
      ] + cells, isSetApart: beat == .normal && isLater)
  }
}
