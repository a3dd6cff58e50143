import Datasets
import Documents
import Experiments
import Statistics

/// The first two tasks of the course project that the study repeats: networks against the baseline.
/// Its other two, ensembles and transfer, have sections of their own.
enum CourseTask {
  /// A plain network of each kind.
  case vanilla
  /// Everything else that is trained from random weights.
  case creative

  /// The networks of a task that answer it, in study order.
  func variants(in task: EvaluatedTask) -> [EvaluatedVariant] {
    task.networks.filter { variant in
      let isTransfer =
        variant.facts.transferOrigin(task: task.id, classCount: task.data.classes.count) != nil
      let isVanilla = variant.facts.id.hasPrefix("vanilla-")
      return variant.facts.id != "baseline" && !isTransfer && isVanilla == (self == .vanilla)
    }
  }

  /// One part a task that has a baseline and such networks.
  func parts(of section: Identifier, for study: EvaluatedStudy) -> [Document.Section] {
    study.tasks.compactMap { task in
      let variants = variants(in: task)
      guard let baseline = task.baseline, !variants.isEmpty else { return nil }
      return .init(
        id: Identifier("\(section)-\(task.id)"), title: task.heading,
        blocks: [
          .paragraph(Self.count(variants, against: baseline, in: task)),
          .list(variants.map { Self.sentence(on: $0, in: task) }, isNumbered: false),
        ])
    }
  }

  /// How many of them are better, worse, or not shown to be either.
  private static func count(
    _ variants: [EvaluatedVariant], against baseline: EvaluatedVariant, in task: EvaluatedTask
  ) -> Prose {
    let verdicts = variants.compactMap {
      task.differenceToBaseline(of: $0, by: task.metric(.accuracy))?.verdict
    }
    let counts: [Prose] = [Comparison.Verdict.higher, .lower, .notShown, .noInterval].compactMap {
      verdict in
      let count = verdicts.count { $0 == verdict }
      return count == 0 ? nil : "\(count) \(verdict.words)"
    }
    return """
      Against \(task.title(of: baseline)), which reaches an accuracy of \
      \(.percent(task.estimate(.accuracy, of: baseline).mean)) %, the accuracy of \
      \(variants.count.counted("row")) comes out as: \(counts.joined(separator: ", ")); the verdicts \
      are those of \(to: .table(DifferencesTable().name(for: task))).
      """
  }

  private static func sentence(on variant: EvaluatedVariant, in task: EvaluatedTask) -> Prose {
    let scores = [Score.accuracy, .f1].map { score -> Prose in
      let difference: Prose =
        task.differenceToBaseline(of: variant, by: task.metric(score)).map {
          ", \($0.numbers) points to the baseline: \($0.verdict.words)"
        } ?? ""
      let name: Prose = score == .accuracy ? "accuracy" : Prose(task.nameOfF1)
      return "\(name) \(score.number(task.estimate(score, of: variant).mean)) %\(difference)"
    }
    return "\(.strong(Prose(task.title(of: variant)))): \(scores.joined(separator: "; "))."
  }
}
