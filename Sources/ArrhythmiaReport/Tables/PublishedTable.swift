import Datasets
import Documents
import Experiments

/// Every published result on a task, beside what it may be compared with.
struct PublishedTable: Table {
  let id = "published"
  let placement = Placement.results
  let rank = 30

  /// One row a published result; nothing where the rows are not comparable at all, and where the
  /// split is by record, which has a table of its own.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let published = PublishedResult.results(task: task.id)
    guard task.isComparableWithPublished, task.recordsOfTestRows == nil, !published.isEmpty else {
      return nil
    }
    return Document.Table(
      id: name(for: task),
      caption: "What others have published on \(task.data.title), as their sources give it.",
      columns: [
        .init("Source", .text), .init("Model", .text), .init("Accuracy, %"),
        .init("\(task.title(of: .f1)), %"), .init("AUROC"), .init("AUPRC"),
        .init("Remark", .paragraph),
      ],
      rows: published.map(row))
  }

  private func row(of result: PublishedResult) -> Document.Table.Row {
    let remarks = [result.comparability.restriction, result.note].filter { !$0.isEmpty }
    return .init([
      .text(result.linkedSource), .text(Prose(result.model)),
      .number(.percent(result.accuracy), otherwise: Reason.unpublished),
      .number(.percent(result.f1), otherwise: Reason.unpublished),
      .number(.area(result.auroc), otherwise: Reason.unpublished),
      .number(.area(result.auprc), otherwise: Reason.unpublished),
      .text(Prose(remarks.joined(separator: "; "))),
    ])
  }
}

extension PublishedResult {
  /// The short name of the source, with a link to it.
  var linkedSource: Prose {
    let name = Prose(source)
    return PublishedSource.address(of: source).map { Prose([.link(name, address: $0)]) } ?? name
  }
}
