import Datasets
import Documents
import Experiments

/// What the study asks for and this report does not hold.
struct MissingSection: Section {
  let id: Identifier = "missing"
  let rank = 50

  /// Failed trainings with their message, then gaps.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let failures: [Prose] = study.results.tasks.flatMap { task in
      task.failures.map { failure in
        """
        \(.code(failure.variant)) on \(task.data.title), seed \(.code(String(failure.seed))), did \
        not finish: \(failure.message)
        """
      }
    }
    let items = failures + study.results.gaps.map { Prose($0) }
    return .init(
      id: id, title: "What is missing",
      blocks: items.isEmpty
        ? [.paragraph("Every cell of the study has finished.")] : [.list(items, isNumbered: false)])
  }
}
