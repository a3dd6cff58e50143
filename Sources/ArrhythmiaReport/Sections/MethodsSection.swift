import Datasets
import Documents
import Experiments
import Statistics

/// The networks, how they were trained, and how every metric is defined.
struct MethodsSection: Section {
  let id: Identifier = "methods"
  let rank = 30

  /// Networks, trainings and metrics.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    .init(
      id: id, title: "Methods",
      subsections: [networks(of: study), trainings(of: study), metrics(of: study)])
  }

  private func networks(of study: EvaluatedStudy) -> Document.Section {
    var titles: [String] = []
    var items: [Prose] = []
    let all = study.tasks.flatMap { task in
      task.variants.map(\.facts) + task.results.reconstructions.map(\.variant)
    }
    for facts in all where !titles.contains(facts.id) {
      titles.append(facts.id)
      items.append("\(.strong(Prose(facts.title))) (\(.code(facts.id))): \(facts.source)")
    }
    return .init(
      id: "networks", title: "Networks",
      blocks: items.isEmpty
        ? [.paragraph("No training has finished.")]
        : [.list(items, isNumbered: false)])
  }

  private func trainings(of study: EvaluatedStudy) -> Document.Section {
    let introduction: Prose = """
      Test rows are only ever evaluated: the kept epoch, and with it the weights, is chosen by \
      the recipe on validation rows, which are taken from the training part.
      """
    let counts = study.tasks.compactMap { task in
      task.validationCount.map { "\($0.counted("row")) on \(task.data.title)" as Prose }
    }
    let validation: Prose =
      counts.isEmpty
      ? ""
      : """
       They are the same for every variant and seed, drawn at random where \(to: .section("data")) \
      names no records or people: \(counts.joined(separator: "; ")), of folds their mean. Where a \
      share of the rows is learnt from, drawn ones are shared out too, named ones are not.
      """
    let demonstration: [Document.Block] =
      study.results.isDemonstration
      ? [
        .notice(
          """
          The data and the number of epochs are at demonstration size: no score is a result of a \
          model.
          """)
      ] : []
    return .init(
      id: "trainings", title: "Training",
      blocks: [.paragraph("\(introduction)\(validation)"), names(of: study)].compactMap(\.self)
        + demonstration
        + study.tasks.flatMap { $0.tableBlocks(in: .methods) }
        + study.allFigureBlocks(in: .methods))
  }

  /// What the name of a recipe behind that of a variant means; nothing where all are published.
  private func names(of study: EvaluatedStudy) -> Document.Block? {
    let kinds = study.tasks.flatMap { task in
      task.variants.map(\.recipeName) + task.results.reconstructions.map { RecipeName($0.recipe) }
    }.filter { !$0.isPublished && !$0.kind.isEmpty }.map(\.kind)
    let distinct = kinds.indices.filter { !kinds[..<$0].contains(kinds[$0]) }.map { kinds[$0] }
    guard !distinct.isEmpty else { return nil }
    let names = distinct.map { Prose([.emphasis(Prose($0))]) }.joined(separator: ", ")
    return .paragraph(
      """
      A variant without a remark is trained with the settings it was published with. A name behind \
      that of the variant (\(names)) is that of other settings for the same architecture, so that \
      what an architecture is worth is not mistaken for what a training is worth; published values \
      are compared with the published settings only.
      """)
  }

  private func metrics(of study: EvaluatedStudy) -> Document.Section {
    let definitions: [(String, Prose)] = [
      ("Prediction", "the class of the highest probability, the first of several."),
      ("Accuracy", "the share of test rows whose prediction is their class."),
      (
        "F1",
        """
        per class 2 · Se · +P / (Se + +P); macro-F1 is its plain mean over all classes. For a \
        binary task F1 is that of the second class, the abnormal one.
        """
      ),
      ("Sensitivity (Se)", "the share of a class's rows that are predicted as it."),
      ("Positive predictivity (+P)", "the share of rows predicted as a class that are of it."),
      ("Specificity (Sp)", "the share of the other classes' rows that are not predicted as it."),
      (
        "Balanced accuracy", "the plain mean of the sensitivities of the classes that occur."
      ),
      (
        "Cohen's κ",
        """
        (p − c) / (1 − c), where p is the accuracy and c what it would be if truth and prediction \
        were independent (Cohen 1960, doi:10.1177/001316446002000104).
        """
      ),
      (
        "Matthews correlation",
        """
        the correlation of truth and prediction, for any number of classes (Gorodkin 2004, \
        doi:10.1016/j.compbiolchem.2004.09.006).
        """
      ),
      (
        "AUROC",
        """
        the probability that a row of the class has a higher score than another row, ties counted \
        half (Mann–Whitney); for several classes the plain mean, each against the rest; weighted: \
        the mean by the rows of each class.
        """
      ),
      (
        "AUPRC, average precision (AP)",
        """
        Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, not the area of trapezoids; for several classes the \
        plain mean, each against the rest.
        """
      ),
      (
        "Expected calibration error (ECE)",
        """
        the mean distance of confidence, the highest probability of a row, and accuracy over \
        \(CalibrationBin.count) bins of equal width, weighted by their rows (Guo et al. 2017, \
        arXiv:1706.04599).
        """
      ),
      (
        "Brier score",
        """
        the mean squared error of the probabilities, summed over the classes; of two classes that \
        of the second.
        """
      ),
      ("Log loss", "the mean of −log of the probability of a row's own class."),
      (
        "Temperature (T)",
        """
        probabilities become p^(1/T) over their sum; T has the least log loss on the validation \
        rows, of several folds each fold's own.
        """
      ),
      ("Standard deviation", "over seeds, with n − 1."),
      (
        "Interval",
        """
        bootstrap (Efron and Tibshirani 1993, chapter 13): the test part is drawn anew \
        \(study.draws.intervals) times with replacement, whole subjects where they are \
        known, else single rows, and the mean over seeds is evaluated on every draw; three seeds \
        and more are drawn with replacement too, each variant's its own. Of rows its \
        2.5th and 97.5th percentiles are the ends. Of subjects, which are few, other percentiles \
        are: corrected for bias and skewness (BCa: Efron 1987, doi:10.1080/01621459.1987.10478410) \
        and farther out, by √(n / (n − 1)) and Student's t instead of the normal deviate \
        (Hesterberg 2015, doi:10.1080/00031305.2015.1089789); in simulations plain percentiles held \
        the true value of few subjects too seldom. Intervals of differences of two variants are not \
        corrected for bias and skewness, only farther out: corrected they left out 0 too often where \
        nothing differs. All variants see the same draws, and tables and figures hold \
        the same intervals; bands of curves are plain percentiles. Where subjects are drawn, what is \
        said of one class has neither interval nor band unless \(ClassSubjects.fewest) effective \
        subjects have it, (Σn)² / Σn² where each has n rows of it (Kish 1965, Survey Sampling): of \
        fewer such intervals held the true value far too seldom in simulations. Means over classes \
        that are defined in nearly all draws keep theirs, farther out for the number of subjects that count in them. No end lies farther \
        out than the thousandth of the draws. Ends carry the noise of the draws: with other random \
        numbers those of few subjects move by a point, where five or six have a class by up to three.
        """
      ),
      (
        "Difference of two variants",
        """
        that of their means over seeds, with the interval of its values in the same draws \
        (paired), and with a p-value by sign flips: if two variants are equally good, what a \
        subject adds to their difference may as well have the other sign. All signs are counted, \
        none drawn. Where no subject is known, rows are flipped by \(Resampling.groupLimit) random \
        groups. A difference is claimed where the interval leaves out 0, before its ends are rounded, and p, by Holm's correction over the comparisons \
        of a table with one score, is below 0.05; else it reads “no difference shown”. “No \
        interval” stands where the score is undefined in more than one draw in twenty, or of too few \
        effective subjects; a score that is the same in all draws has none either.
        """
      ),
      (
        "Beat-wise tests",
        """
        McNemar's of accuracy (exact below 25 discordant rows) and DeLong's of areas \
        (doi:10.2307/2531595), of several classes their mean. They take rows as independent, which \
        beats of one subject are not, and so claim differences that are none; they stand beside \
        the verdict and decide nothing.
        """
      ),
      (
        "Undefined",
        "a metric without its class in the test rows is printed as n/a with its reason, never as 0."
      ),
    ]
    return .init(
      id: "metrics", title: "Metrics",
      blocks: [
        .list(
          definitions.map { "\(.strong(Prose($0.0))): \($0.1)" }, isNumbered: false)
      ])
  }
}
