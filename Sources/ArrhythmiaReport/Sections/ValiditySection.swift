import Datasets
import Documents
import Experiments
import Statistics

/// What limits the findings, each with the number that says how much.
struct ValiditySection: Section {
  let id: Identifier = "validity"
  let rank = 60

  /// One list of threats a task.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    .init(
      id: id, title: "Threats to validity",
      subsections: study.tasks.map { task in
        let threats = [
          subjects(task, study), independence(task), coverage(task), duplicates(task),
          imbalance(task), rareClass(task), accuracyAlone(task), seeds(task), selection(task),
          comparisons(task), size(task), leads(task),
        ]
        return .init(
          id: Identifier("validity-\(task.id)"), title: task.heading,
          blocks: [.list(threats.compactMap(\.self), isNumbered: false)])
      })
  }

  private func subjects(_ task: EvaluatedTask, _ study: EvaluatedStudy) -> Prose {
    let known: Prose =
      task.data.subjectCount.map { $0.counted("subject") } ?? "The source names no subject"
    let drop = drop(from: task, study) ?? drop(to: task, study)
    return """
      \(.strong("Subjects.")) \(known), \(task.splitWords); \
      \(drop ?? "this study has no other split of the same rows to set against it").
      """
  }

  private func drop(from task: EvaluatedTask, _ study: EvaluatedStudy) -> Prose? {
    guard let other = study.tasks.first(where: { $0.id == task.id + "-inter" }) else { return nil }
    return range(of: drops(from: task, to: other)).map { range in
      "split by subject, the same recordings cost the same variants \(range) points of accuracy"
    }
  }

  private func drop(to task: EvaluatedTask, _ study: EvaluatedStudy) -> Prose? {
    guard let mixed = task.intraPatient(in: study) else { return nil }
    return range(of: drops(from: mixed, to: task)).map { range in
      """
      split with people on both sides, the same recordings gain the same variants \(range) points of \
      accuracy
      """
    }
  }

  /// What each variant that both tasks have loses in accuracy.
  private func drops(from mixed: EvaluatedTask, to apart: EvaluatedTask) -> [Double] {
    mixed.variants.compactMap { variant in
      guard let same = apart.variants.first(where: { $0.isSame(as: variant) }),
        let one = variant.mean(of: .summary(.accuracy)),
        let other = same.mean(of: .summary(.accuracy))
      else { return nil }
      return one - other
    }
  }

  private func range(of drops: [Double]) -> Prose? {
    guard let least = drops.min(), let most = drops.max() else { return nil }
    return drops.count == 1 ? "\(.points(least))" : "\(.points(least)) to \(.points(most))"
  }

  /// How often such intervals hold the true value where it is known.
  private func coverage(_ task: EvaluatedTask) -> Prose? {
    guard case .subjects(let count) = task.bootstrap.unit, !task.variants.isEmpty else {
      return nil
    }
    let measured = IntervalCoverage.measured.map { study -> Prose in
      let range = { (shares: ClosedRange<Double>) -> Prose in
        "\(Number(shares.lowerBound, digits: 1)) to \(Number(shares.upperBound, digits: 1)) %"
      }
      return """
        with \(study.subjects) subjects in \(range(study.shares)) of the sets, where nearly every \
        row is right in \(range(study.sureShares))
        """
    }
    return """
      \(.strong("Coverage.")) Such intervals are of 95 % in name: in simulations they held the true \
      value of six metrics \(measured.joined(separator: "; ")). The test part has \(count.people); \
      where a network is nearly always right, take its intervals as too narrow.
      """
  }

  private func independence(_ task: EvaluatedTask) -> Prose? {
    guard !task.variants.isEmpty else { return nil }
    switch task.bootstrap.unit {
    case .subjects(let count):
      return """
        \(.strong("Dependence.")) Beats of one subject are alike; intervals therefore draw whole \
        subjects, of which the test part has \(count).
        """
    case .rows:
      return """
        \(.strong("Dependence.")) Beats of one subject are alike, but the test rows do not name \
        their subjects: intervals draw single rows and are too narrow.
        """
    }
  }

  private func duplicates(_ task: EvaluatedTask) -> Prose? {
    guard task.data.source != .synthetic else { return nil }
    guard let audit = task.results.audit else {
      return """
        \(.strong("Near-duplicates.")) How many of the \(task.data.testCount) test rows have a copy \
        or a near copy among the \(task.data.trainCount) training rows is not measured here.
        """
    }
    let accuracy: Prose =
      audit.nearest.accuracy.map {
        "; the nearest training row has the right class in \(.percent($0)) % of the test rows"
      } ?? ""
    return """
      \(.strong("Near-duplicates.")) Of the \(audit.test.count) test rows \(audit.copyCount) equal a \
      training row\(accuracy).
      """
  }

  private func imbalance(_ task: EvaluatedTask) -> Prose? {
    task.majority.map {
      """
      \(.strong("Imbalance.")) Answering the most frequent class of the training rows every time \
      is right in \(.percent($0.accuracy.value)) % of the test rows.
      """
    }
  }

  private func rareClass(_ task: EvaluatedTask) -> Prose? {
    let present = zip(task.data.classes, task.data.beats).filter { $1.testCount > 0 }
    let rarest = present.min { $0.1.testCount < $1.1.testCount }
    return rarest.map { label, beats in
      """
      \(.strong("Rare class.")) Class \(label.symbol) has \(beats.testCount.counted("test row")): one \
      row is \(.percent(1 / Double(beats.testCount))) points of its sensitivity.
      """
    }
  }

  private func accuracyAlone(_ task: EvaluatedTask) -> Prose? {
    guard let best = task.best(by: task.metric(.accuracy)) else { return nil }
    return """
      \(.strong("Accuracy alone.")) The highest accuracy, \
      \(.percent(task.estimate(.accuracy, of: best).mean)) %, goes with \(task.nameOfF1) \
      \(.percent(task.estimate(.f1, of: best).mean)) %; \
      \(to: .table(PerClassTable().name(for: task))) has every class.
      """
  }

  private func seeds(_ task: EvaluatedTask) -> Prose? {
    guard !task.variants.isEmpty else { return nil }
    let known: Prose =
      task.seedCount < 3
      ? "that is too few to know the spread between trainings"
      : "the standard deviations show the spread between trainings"
    let drawn: Prose =
      task.seedCount < BootstrapReplicates.fewestSeeds
      ? "Intervals of fewer than three seeds are about the test rows only, the trainings held fixed."
      : "Intervals of metrics draw the seeds too; p-values and bands of curves hold them fixed."
    return """
      \(.strong("Seeds.")) Each variant was trained with \(task.seedWords): \(known). \(drawn)
      """
  }

  private func selection(_ task: EvaluatedTask) -> Prose? {
    let cells = (task.variants + task.partialVariants).reduce(0) { $0 + $1.cells.count }
    guard cells > 0 else { return nil }
    let ensembles: Prose =
      task.ensembles.isEmpty
      ? "" : " Members, size and stacker of an ensemble are chosen on validation rows too."
    return """
      \(.strong("Selection on the test rows.")) None within a training: the kept epoch is chosen \
      on validation rows, and so are temperatures.\(ensembles)\(recipes(task)) This report evaluates \
      \(cells.counted("training")) on the test rows; looks at them in other runs, or by other means, \
      are not known to it.
      """
  }

  /// How settings were chosen that are no published ones.
  private func recipes(_ task: EvaluatedTask) -> Prose {
    let own = task.networks.filter { !$0.recipeName.isPublished && !$0.isForeign }
    guard !own.isEmpty, task.data.source != .synthetic else { return "" }
    let isOfOthers =
      task.recordsOfTestRows != nil && own.contains { $0.recipeName.isTuned }
    let leak: Prose =
      isOfOthers
      ? """
       The tuned one was chosen on validation rows of the split with people on both sides, where \
      beats of people of DS2 are among them.
      """ : ""
    let probe: Prose =
      own.contains(where: task.isFedContext) && task.recordsOfTestRows != nil
      ? """
       What \(.code("beat-rhythm")) is fed was known from a probe on these test records before it \
      was written.
      """ : ""
    return """
       Settings that are not the published ones were chosen before anything was tested, and are not \
      changed for a result on test rows.\(leak)\(probe)
      """
  }

  private func comparisons(_ task: EvaluatedTask) -> Prose? {
    guard task.variants.count > 1 else { return nil }
    return """
      \(.strong("Many comparisons.")) \(task.variants.count) rows, each a variant under one recipe, are compared by \
      \(Score.allCases.count) scores. Verdicts are corrected, by Holm, for the variants of a table \
      by one score; not for the number of scores and tables, nor for comparing with the highest of \
      them, which these test rows chose.
      """
  }

  /// What a task of a few people cannot show.
  private func size(_ task: EvaluatedTask) -> Prose? {
    let metric = task.metric(.accuracy)
    let verdicts = task.leads(by: metric).compactMap { $0.comparison?.verdict }
    guard task.data.foldCount != nil, case .subjects(let count) = task.bootstrap.unit,
      !verdicts.isEmpty
    else { return nil }
    return """
      \(.strong("Size.")) With \(task.data.testCount) beats of \(count.people) no ranking of \
      variants was to be expected: of \(verdicts.count.counted("difference")) in accuracy to the highest, \
      \(verdicts.count { $0.isClaim }) \(verdicts.count { $0.isClaim } == 1 ? "is" : "are") claimed.
      """
  }

  private func leads(_ task: EvaluatedTask) -> Prose? {
    guard task.id.hasPrefix("mitbih"), task.data.source != .synthetic else { return nil }
    guard task.recordsOfTestRows == nil else {
      return """
        \(.strong("Lead and rate.")) Every beat is cut from lead MLII. Rows have \
        \(Number(task.data.rowSamplingRate, digits: 0)) samples a second.
        """
    }
    return """
      \(.strong("Leads and rate.")) The first channel of records 102, 104 and 114 is lead V5 and \
      not MLII, which in record 114 is the second. Rows have \(Number(task.data.rowSamplingRate, digits: 0)) samples a second, where \
      the data set describes itself with \(125).
      """
  }
}
