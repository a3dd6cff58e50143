import Documents
import Experiments
import Statistics

/// What the accuracy of each network costs.
struct CostSection: Section {
  let id: Identifier = "cost"
  let rank = 50

  /// One part a task in which something was trained; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .cost) { task in
      task.networkCosts.isEmpty
        ? [] : [cheapest(in: task) ?? "No accuracy is known."]
    }
    return parts.isEmpty
      ? nil : .init(id: id, title: "Cost", blocks: [.paragraph(introduction)], subsections: parts)
  }

  private let introduction: Prose = """
    Counted are parameters, epochs and multiply-adds, which are the same on every machine; time is \
    not, and stands in no report: \(.code("detectron cost")) measures it.
    """

  /// Which of the variants that nothing is shown to surpass is trained with the least work.
  private func cheapest(in task: EvaluatedTask) -> Prose? {
    let metric = task.metric(.accuracy)
    let close = task.notShownWorse(by: metric)
    let costs = task.networkCosts.filter { cost in
      cost.training != nil && close.contains { cost.variant?.isSame(as: $0) ?? false }
    }
    guard let best = task.best(by: metric),
      let least = costs.min(by: { ($0.training ?? 0) < ($1.training ?? 0) }),
      let variant = least.variant, let work = least.training
    else { return nil }
    let accuracy = task.estimate(.accuracy, of: variant).mean
    let others: Prose =
      close.count > 1
      ? """
      Of the \(close.count) variants that are the most accurate or not shown to be worse, the one \
      trained with the fewest multiply-adds is
      """ : "Alone in the lead is"
    let own = work / 1e9
    let lead = task.networkCosts.first { $0.variant?.isSame(as: best) ?? false }?.training
    let ratio: Prose =
      variant.isSame(as: best)
      ? ""
      : lead.map {
        "; \(task.title(of: best)), the most accurate, took \(Number($0 / work, digits: 1)) times as many"
      } ?? ""
    let isBelowConstant =
      if let accuracy, let constant = task.majority?.accuracy.value { accuracy < constant } else {
        false
      }
    let caveat: Prose =
      isBelowConstant
      ? " It is right less often than a constant answer: so few rows do not tell." : ""
    return """
      \(others) \(task.title(of: variant)): accuracy \(.percent(accuracy)) %, \
      \(Number(own, digits: 1)) · 10⁹ multiply-adds\(ratio).\(caveat)
      """
  }
}
