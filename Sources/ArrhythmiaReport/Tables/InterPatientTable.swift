import Datasets
import Documents
import Experiments
import Statistics

/// Every variant on records of people that it has not seen, beside what others have published on
/// the same two sets of records.
struct InterPatientTable: Table {
  let id = "inter-patient"
  let placement = Placement.interPatient
  let rank = 10

  private static let undefined = "undefined: a class is absent, or never predicted"

  /// One row a variant, then one a published result; nothing where the test rows are no whole
  /// records.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard task.recordsOfTestRows != nil, !task.variants.isEmpty else { return nil }
    let record = task.fullestRecord(of: .supraventricular)?.name ?? ""
    return Document.Table(
      id: name(for: task),
      caption: """
        Variants on \(task.testWords); \(task.meanWords). F1: one class against the rest; its mean \
        and that of the sensitivities (Se) are over N, S, V and F. Low and high: of the mean F1, \
        \(task.intervalWords()). Bold: the highest mean F1, and every variant that is not shown to \
        be worse: \(task.verdictWords), over the \(task.variants.count - 1) others; one whose \
        difference has no interval is not bold. S*: without record \(record), which has most of \
        the S beats. jκ: κ / 2 + (Se and +P of S and V, by EC57) / 8.
        """,
      columns: [
        .init("Variant", .text), .init("Accuracy, %"), .init("Mean Se, %"),
        .init("mean", group: "F1, %"), .init("low", group: "F1, %"),
        .init("high", group: "F1, %"), .init("S", group: "F1, %"), .init("S*", group: "F1, %"),
        .init("V", group: "F1, %"),
        .init("F", group: "F1, %"), .init("jκ"), .init("Remark", .paragraph),
      ],
      rows: task.variants.map { row(of: $0, in: task, without: record) }
        + PublishedByRecord.all.enumerated().map { $1.row(isSetApart: $0 == 0) },
      notes: [
        """
        Published results are as their sources give them: which rows are left out, and how many \
        classes there are, differs between papers, and DS1 has record 201 in it, of the same person \
        as record 202 of DS2.
        """
      ])
  }

  private func row(
    of variant: EvaluatedVariant, in task: EvaluatedTask, without record: String
  ) -> Document.Table.Row {
    let counted = task.ec57(of: variant)
    func f1(_ beat: EC57Class) -> ScoreEstimate { counted.estimate { $0.gross.f1(beat.rawValue) } }
    let score = task.reportedClassesScore(of: variant)
    let means = [
      counted.estimate { $0.gross.accuracy },
      counted.estimate { $0.gross.meanSensitivityWithoutUnknown },
    ]
    let shares = [
      f1(.supraventricular),
      counted.estimate { $0.without(record).f1(EC57Class.supraventricular.rawValue) },
      f1(.ventricular), f1(.fusion),
    ]
    let agreement = counted.estimate { $0.gross.jKappa }
    return .init(
      [.text(Prose(task.title(of: variant)))]
        + means.map { .share($0, otherwise: Self.undefined) }
        + [.share(score?.estimate, isBest: score?.isBest ?? false, otherwise: Self.undefined)]
        + (score?.intervalCells ?? [.empty, .empty])
        + shares.map { .share($0, otherwise: Self.undefined) } + [
          .spread(
            .area(agreement.mean), deviation: .area(agreement.deviation), otherwise: Self.undefined),
          .empty,
        ])
  }
}

extension PublishedByRecord {
  /// The published numbers of the table.
  fileprivate func row(isSetApart: Bool) -> Document.Table.Row {
    func share(_ value: Double?) -> Document.Table.Cell {
      .number(.percent(value), otherwise: Reason.unpublished)
    }
    return .init(
      [
        .text("\(result.linkedSource), \(result.model)"), share(result.accuracy),
        share(meanSensitivity), share(nil), .empty, .empty, share(supraventricularF1), share(nil),
        share(ventricularF1), share(fusionF1),
        .number(.area(jKappa), otherwise: Reason.unpublished), .text(Prose(remark)),
      ], isSetApart: isSetApart)
  }
}
