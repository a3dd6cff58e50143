import Datasets
import Documents
import Experiments

/// What the study asks for and this report does not hold.
struct MissingSection: Section {
  let id: Identifier = "missing"
  let rank = 52

  /// Failed trainings with their message, comparisons without their reference, then gaps, then
  /// figures that there is nothing for.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let failures: [Prose] = study.results.tasks.flatMap { task in
      task.failures.map { failure in
        """
        \(.code(failure.variant)) on \(task.data.title), seed \(.code(String(failure.seed))), did \
        not finish: \(failure.message)
        """
      }
    }
    let figures = study.omittedFigures.map { figure -> Prose in
      "Figure “\(figure.title)” of \(figure.taskTitle) is left out: \(figure.reason)."
    }
    let alone: [Prose] = study.tasks.filter { $0.baseline == nil && $0.variants.count > 1 }.map {
      """
      Nothing on \($0.data.title) is compared with the baseline, which this run does not have: \
      tables of differences and of seeds are left out.
      """
    }
    let leftOut = study.results.study?.variantsLeftOut ?? []
    let others: [Document.Block] =
      leftOut.isEmpty
      ? []
      : [
        .paragraph(
          """
          Not asked for by the study, though the program has them: \
          \(leftOut.map { Prose([.code($0)]) }.joined(separator: ", ")).
          """)
      ]
    let items = failures + alone + study.results.gaps.map { Prose($0) } + figures
    return .init(
      id: id, title: "What is missing",
      blocks: items.isEmpty
        ? [.paragraph("Nothing: every training has finished, and every figure is drawn.")] + others
        : [.list(items, isNumbered: false)] + others)
  }
}
