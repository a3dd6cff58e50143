import Documents

/// The rows that became right or wrong, and the areas between curves, as tables.
struct ChangedRowTables {
  /// So many records of a variant are listed.
  private static let recordLimit = 10

  private let task: TaskDiff

  init(_ task: TaskDiff) { self.task = task }

  /// The tables that there is something for.
  var tables: [Document.Table] { [classTable, recordTable, curveTable].compactMap(\.self) }

  private var changed: [(variant: VariantDiff, rows: ChangedRows)] {
    task.variants.compactMap { variant in variant.rows.map { (variant, $0) } }
  }

  private var classTable: Document.Table? {
    guard !changed.isEmpty else { return nil }
    return Document.Table(
      id: Identifier("rows-\(task.id)"),
      caption: """
        Test rows of \(task.title) that only one of the runs has right, by class. A run has a row \
        right where more than half of its seeds have.
        """,
      columns: [
        .init("Variant", .text), .init("Class", .text), .init("Only old right"),
        .init("Only new right"),
      ],
      rows: changed.flatMap { variant, rows in
        let counts = rows.counts(classCount: task.classes.count)
        let all =
          [("all", rows.gained.count, rows.lost.count)]
          + zip(task.classes, counts).map { ($0, $1.gained, $1.lost) }
        return all.enumerated().map { place, line in
          Document.Table.Row(
            [
              .text(place == 0 ? Prose(variant.title) : ""), .text(Prose(line.0)),
              .count(line.2), .count(line.1),
            ], isSetApart: place == 0)
        }
      })
  }

  private var recordTable: Document.Table? {
    let lines = changed.flatMap { variant, rows in
      rows.recordCounts.prefix(Self.recordLimit).enumerated().map {
        (variant, $0.offset, $0.element)
      }
    }
    guard !lines.isEmpty else { return nil }
    return Document.Table(
      id: Identifier("records-\(task.id)"),
      caption: """
        The same by record, or by subject where rows of a record do not stand together; those with \
        most changed rows, \(Self.recordLimit) at most.
        """,
      columns: [
        .init("Variant", .text), .init("Record", .text), .init("Only old right"),
        .init("Only new right"),
      ],
      rows: lines.map { variant, place, counts in
        .init(
          [
            .text(place == 0 ? Prose(variant.title) : ""), .text(Prose(counts.record)),
            .count(counts.lost), .count(counts.gained),
          ], isSetApart: place == 0)
      })
  }

  private var curveTable: Document.Table? {
    let lines = task.variants.flatMap { variant in variant.curves.map { (variant, $0) } }
    guard !lines.isEmpty else { return nil }
    return Document.Table(
      id: Identifier("curves-\(task.id)"),
      caption: """
        The area between the curves of both runs on \(task.title), each class against the rest, \
        whichever is above; means over the seeds.
        """,
      columns: [
        .init("Variant", .text), .init("Curve", .text), .init("Class", .text), .init("Area"),
      ],
      rows: lines.map { variant, gap in
        .init([
          .text(Prose(variant.title)),
          .text(gap.kind == .roc ? "ROC" : "precision-recall"),
          .text(Prose(task.classes[gap.classIndex])),
          .number(Number(gap.area, digits: 5), otherwise: ""),
        ])
      })
  }
}
