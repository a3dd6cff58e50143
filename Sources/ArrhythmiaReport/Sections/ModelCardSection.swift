import Datasets
import Documents
import Experiments
import Statistics

/// A model card for the network of each task that leads on validation rows.
///
/// Headings: Mitchell et al. 2019, Model cards for model reporting, doi:10.1145/3287560.3287596.
struct ModelCardSection: Section {
  let id: Identifier = "model-cards"
  let rank = 75

  /// One card a task; nothing where no network has finished.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let cards = study.tasks.compactMap { task in
      task.leadingNetwork.map { card(of: $0, task) }
    }
    guard !cards.isEmpty else { return nil }
    return .init(
      id: id, title: "Model cards",
      blocks: [
        .paragraph(
          """
          Of each task the network that leads on validation rows, not on test rows.
          """)
      ], subsections: cards)
  }

  private func card(of network: EvaluatedVariant, _ task: EvaluatedTask) -> Document.Section {
    let items = [
      details(of: network, task), use, factors(task), metrics(task), rows(task),
      analyses(of: network, task), classes(of: network, task), ethics, caveats(task),
    ].compactMap(\.self)
    return .init(
      id: Identifier("model-card-\(task.id)"),
      title: "\(task.title(of: network)) on \(task.heading)",
      blocks: [.list(items, isNumbered: false)])
  }

  private func details(of network: EvaluatedVariant, _ task: EvaluatedTask) -> Prose {
    let keys = network.cells.map { "seed \($0.result.seed): \(.code($0.result.key))" as Prose }
    return """
      \(.strong("Model.")) \(network.facts.title) (\(network.facts.source)), \
      \(network.facts.parameters) parameters, \(network.facts.multiplyAdds) multiply-adds a row. It \
      takes one beat of \(Dataset.rowLength) samples\(context(of: network, task)) and gives \
      \(task.data.classes.count) probabilities. Trainings by seed, by their keys: \(keys.joined(separator: "; ")).
      """
  }

  private func context(of network: EvaluatedVariant, _ task: EvaluatedTask) -> Prose {
    task.isFedContext(network)
      ? """
       with its record's amplitude and median beat and the annotated intervals around it, an input \
      that was known to help from a probe on the test records,
      """ : ""
  }

  private var use: Prose {
    """
    \(.strong("Intended use.")) Comparison of methods on published recordings. It is no medical \
    device, and nobody has tested it on patients. \(.strong("Open.")) Any other use, with its users.
    """
  }

  private func factors(_ task: EvaluatedTask) -> Prose {
    let people: Prose =
      task.data.subjectCount.map { "\($0.people)" } ?? "people that the source does not name"
    return """
      \(.strong("Factors.")) Beats of \(people); \(Prose(task.splitWords)). Age, sex, device and \
      treatment are not in the rows, and no score is given by them.
      """
  }

  private func metrics(_ task: EvaluatedTask) -> Prose {
    "\(.strong("Metrics.")) \(to: .section("metrics")); \(Prose(task.intervalWords()))."
  }

  private func rows(_ task: EvaluatedTask) -> Prose {
    """
    \(.strong("Data.")) Rows \(task.data.source.words), by the fingerprint \
    \(.code(task.data.fingerprint)); training and test: \(to: .section("data")).
    """
  }

  private func analyses(of network: EvaluatedVariant, _ task: EvaluatedTask) -> Prose {
    func words(_ name: String, _ estimate: ScoreEstimate) -> Prose {
      let interval: Prose =
        estimate.interval.map { " (\(Number.percent($0.low)) to \(Number.percent($0.high)))" } ?? ""
      return "\(Prose(name)) \(.percent(estimate.mean)) %\(interval)"
    }
    return """
      \(.strong("Scores.")) On \(task.data.testCount) test rows: \
      \(words("accuracy", task.estimate(.accuracy, of: network))), \
      \(words(task.nameOfF1, task.estimate(.f1, of: network))); validation rows: accuracy \
      \(.percent(network.validationAccuracy)) %.
      """
  }

  /// The class that is found least.
  private func classes(of network: EvaluatedVariant, _ task: EvaluatedTask) -> Prose? {
    let found = task.data.classes.indices.compactMap { index in
      network.mean(of: .perClass(.sensitivity, index)).map { (index, $0) }
    }
    guard let worst = found.min(by: { $0.1 < $1.1 }) else { return nil }
    return """
      \(.strong("Weakest class.")) Of class \(task.data.classes[worst.0].symbol) \
      \(.percent(worst.1)) % of the test rows are found; all: \
      \(to: .table(PerClassTable().name(for: task))).
      """
  }

  private var ethics: Prose {
    """
    \(.strong("Ethics.")) \(.strong("Open.")) Who could be harmed by a wrong class, and how that \
    would be noticed.
    """
  }

  private func caveats(_ task: EvaluatedTask) -> Prose {
    let shared: Prose =
      switch task.data.sharedSubjectCount {
      case .some(0): ""
      case .some(let count): " \(count.people) stand on both sides: expect less of new people."
      case nil: " Whether people stand on both sides is not known: expect less of new people."
      }
    return "\(.strong("Caveats.")) \(to: .section("validity")).\(shared)"
  }
}
