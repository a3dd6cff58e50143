import Documents

/// What reporting guidelines ask for, as far as the run can answer it.
struct ChecklistsSection: Section {
  let id: Identifier = "checklists"
  let rank = 80

  /// One table a guideline; nothing without a task.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    guard !study.tasks.isEmpty else { return nil }
    let facts = ChecklistFacts(study: study)
    let checklists = [ReportingChecklist.tripod(facts), .claim(facts)]
    return .init(
      id: id, title: "Reporting checklists",
      blocks: [
        .paragraph(
          """
          Two guidelines, filled from the facts of this run. What the program cannot know is marked \
          as open and has to be written by a person before the report is handed in.
          """)
      ]
        + checklists.map { checklist in
          var table = checklist.table
          table.mark = study.isSynthetic ? Report.syntheticMark : nil
          return .table(table)
        })
  }
}
