import Datasets
import Documents
import Experiments

/// What leads from every number back to its predictions.
struct ReproducibilitySection: Section {
  let id: Identifier = "reproducibility"
  let rank = 70

  /// Run, fingerprints, cells and predictions.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let fingerprints = study.tasks.map { task -> Prose in
      "\(task.data.title): \(.code(task.data.fingerprint))"
    }
    return .init(
      id: id, title: "Reproducibility",
      blocks: [
        .paragraph(
          """
          This report is a function of data, study, seeds and program: the same inputs give the \
          same bytes. Run \(.code(study.results.runID)). Fingerprints of the data:
          """),
        .list(fingerprints, isNumbered: false),
      ] + study.tasks.flatMap { $0.tableBlocks(in: .reproducibility) }
        + study.allFigureBlocks(in: .reproducibility))
  }
}
