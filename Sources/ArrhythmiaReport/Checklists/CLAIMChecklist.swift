import Documents

extension ReportingChecklist {
  /// Artificial intelligence in medical imaging, of which the parts on data, training and testing
  /// are used for signals too.
  ///
  /// Source: Tejani et al. 2024, doi:10.1148/ryai.240300.
  static func claim(_ facts: ChecklistFacts) -> ReportingChecklist {
    ReportingChecklist(
      id: "checklist-claim", title: "CLAIM, update of 2024", doi: "10.1148/ryai.240300",
      items: introduction(facts) + data(facts) + reference + partitions(facts) + model(facts)
        + evaluation(facts) + results(facts) + ending)
  }

  private static func introduction(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("1", "Title or abstract names the method", .open("The title of the paper.")),
      .init("2", "Structured abstract", .known("Numbers for it: \(to: .section("summary")).")),
      .init("3", "Background and intended use", .open("Where and by whom a model would be used.")),
      .init("4", "Aims and hypotheses", .open("What was expected before the results were seen.")),
      .init(
        "5", "Prospective or retrospective",
        .known(
          facts.study.isSynthetic
            ? "Neither: the rows were generated." : "Retrospective: published recordings.")),
      .init("6", "Goal of the study", .known("Comparison of networks under one protocol.")),
    ]
  }

  private static func data(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("7", "Sources of data", .known("\(facts.sources).")),
      .init(
        "8", "Who is in and who is out", .open("As the publishers chose; see the data section.")),
      .init("9", "Preprocessing", .known("\(to: .section("data")).")),
      .init(
        "10", "Selection of parts of the data", .known("One row a beat: \(to: .section("data")).")),
      .init("11", "De-identification", .open("As the publishers of the recordings did it.")),
      .init("12", "Missing data", .known("No row has any; gaps of the run: \(facts.missing).")),
      .init(
        "13", "Protocol of acquisition",
        .known("Leads and rates: \(to: .section("data")) and \(to: .section("validity")).")),
    ]
  }

  private static let reference: [Item] = [
    .init(
      "14", "Reference standard",
      .known("The annotation of each beat, or the diagnosis of its patient.")),
    .init("15", "Why this one", .open("What else could have been the standard.")),
    .init("16", "Who annotated", .open("Number and qualification, as the source gives them.")),
    .init("17", "Annotation of the test rows", .known("The same as of the training rows.")),
    .init("18", "Agreement of annotators", .open("As the source gives it; not measured here.")),
  ]

  private static func partitions(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("19", "How rows came to their part", .known("\(facts.partitions).")),
      .init("20", "Level at which parts are disjoint", .known("\(facts.disjointness).")),
      .init(
        "21", "Intended sample size", .known("Given by the data sets. By class: \(facts.classes).")),
    ]
  }

  private static func model(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("22", "Description of the model", .known("\(to: .section("networks")).")),
      .init("23", "Software", .known("One program, without a framework; versions beside the run.")),
      .init(
        "24", "Initial parameters",
        .known("Drawn by seed (\(facts.seeds)), or of another task where said so.")),
      .init("25", "Training", .known("\(to: .section("trainings")).")),
      .init(
        "26", "Choice of the final model",
        .known(
          "The epoch that is best on validation rows, or the last: \(to: .section("trainings")).")),
      .init("27", "Ensembles", facts.ensembles),
    ]
  }

  private static func evaluation(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("28", "Metrics", .known("\(to: .section("metrics")).")),
      .init(
        "29", "Significance and uncertainty",
        .known("Intervals, paired tests and Holm's correction: \(to: .section("metrics")).")),
      .init(
        "30", "Robustness",
        .known("What was measured stands in \(to: .section("results")) and the sections behind it.")
      ),
      .init(
        "31", "Explanations",
        .known("What was drawn stands in the sections behind \(to: .section("results")).")),
      .init("32", "Evaluation on internal data", .known("\(facts.performance).")),
      .init(
        "33", "Testing on external data",
        .known("None: every task is tested on rows of its own data set.")),
      .init("34", "Registration of a trial", .inapplicable("it is no trial.")),
    ]
  }

  private static func results(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("35", "Numbers of people and rows", .known("\(facts.sources); \(facts.partitions).")),
      .init(
        "36", "Who the people are", .open("Age, sex and diagnoses in each part, from the source.")),
      .init(
        "37", "Performance, and what it is compared with",
        .known("\(facts.performance); \(facts.majority).")),
      .init(
        "38", "Estimates with their precision",
        .known(
          "Intervals, where enough people are behind a score; others are n/a with the reason: \(to: .section("results"))."
        )),
      .init(
        "39", "Analysis of failures", .known("Confusions and classes: \(to: .section("results")).")),
    ]
  }

  private static let ending: [Item] = [
    .init("40", "Limitations", .known("\(to: .section("validity")).")),
    .init(
      "41", "Implications for practice",
      .open("None follow from a comparison on old recordings alone.")),
    .init("42", "Full protocol", .known("The study file that the run was made from.")),
    .init(
      "43", "Software, model and data",
      .known(
        "Hashes: \(to: .section("reproducibility")); where readers get them is for the authors to say."
      )),
    .init("44", "Funding", .open("Source and role.")),
  ]
}
