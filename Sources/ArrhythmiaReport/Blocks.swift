import Datasets
import Documents

// The catalogued tables and figures of a section, as blocks.

extension EvaluatedTask {
  /// The tables of this task that stand in a section, by rank.
  func tableBlocks(in placement: Placement) -> [Document.Block] {
    allTables.filter { $0.placement == placement }.sorted { $0.rank < $1.rank }
      .concurrentMap { labelled($0) }.compactMap(\.self).map { .table($0) }
  }

  /// A table of this task with the marks that it has in the report.
  func labelled(_ table: any Table) -> Document.Table? {
    table.table(for: self).map { table in
      var table = table
      table.mark = mark ?? splitLabel(unlessIn: table.caption.plainText)
      table.label = splitLabel(unlessIn: "")
      return table
    }
  }
}

extension EvaluatedTask {
  /// What everything that is made of a split has to say, where its own caption does not.
  func splitLabel(unlessIn caption: String) -> String? {
    caption.contains(splitLabel) ? nil : splitLabel
  }
}

extension EvaluatedStudy {
  /// The figures of a section, those of one task or those of none.
  func figureBlocks(in placement: Placement, task: String?) -> [Document.Block] {
    figures.filter { $0.placement == placement && $0.task == task }.map { figure in
      .figure(
        Document.Figure(
          id: figure.id, path: figure.fileStem, caption: figure.caption,
          alternativeText: figure.alternativeText,
          mark: tasks.first { $0.id == figure.task }?.mark))
    }
  }

  /// The figures of a section that is not divided by task.
  func allFigureBlocks(in placement: Placement) -> [Document.Block] {
    figureBlocks(in: placement, task: nil)
      + tasks.flatMap { figureBlocks(in: placement, task: $0.id) }
  }
}

extension EvaluatedStudy {
  /// The parts of a section that is divided by task: paragraphs, then the tables and figures that
  /// are placed there; none for a task without paragraphs.
  func parts(
    of section: Identifier, in placement: Placement, paragraphs: (EvaluatedTask) -> [Prose]
  ) -> [Document.Section] {
    tasks.compactMap { task in
      let paragraphs = paragraphs(task)
      guard !paragraphs.isEmpty else { return nil }
      return .init(
        id: Identifier("\(section)-\(task.id)"), title: task.heading,
        blocks: paragraphs.map { .paragraph($0) } + task.tableBlocks(in: placement)
          + figureBlocks(in: placement, task: task.id))
    }
  }
}
