import Documents
import Experiments
import Plotting

// What a report does to the whole document once its sections are there.

extension Document {
  /// Says in every table what it was made from: of a task's table the results of that task, of
  /// another one all.
  mutating func nameSources(of study: EvaluatedStudy) {
    let sources = Dictionary(
      study.tasks.flatMap { task in
        allTables.map { ($0.name(for: task), $0.sources(for: task)) }
      }
    ) { first, _ in first }
    let all = study.tasks.flatMap(\.allSources)
    changeBlocks { block in
      guard case .table(var table) = block else { return block }
      table.provenance =
        Provenance(
          title: table.id.text, subject: "", runID: study.results.runID,
          sources: sources[table.id] ?? all
        ).head
      return .table(table)
    }
  }

  /// Makes the paths of figures lead from the report to their folder.
  mutating func placeFigures(in folder: String) {
    changeBlocks { block in
      guard case .figure(var figure) = block else { return block }
      figure.path = "\(folder)/\(figure.path)"
      return .figure(figure)
    }
  }

  /// Puts a mark into every heading that has none yet.
  mutating func markHeadings(with text: String) {
    changeSections { section in
      if !section.title.hasSuffix(text) { section.title += " — \(text)" }
    }
  }

  private mutating func changeBlocks(_ change: (Block) -> Block) {
    changeSections { $0.blocks = $0.blocks.map(change) }
  }

  /// Changes every section, at any depth.
  private mutating func changeSections(_ change: (inout Section) -> Void) {
    func changed(_ section: Section) -> Section {
      var section = section
      change(&section)
      section.subsections = section.subsections.map(changed)
      return section
    }
    sections = sections.map(changed)
  }
}
