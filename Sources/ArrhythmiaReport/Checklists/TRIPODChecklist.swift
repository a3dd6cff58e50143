import Documents

extension ReportingChecklist {
  /// Transparent reporting of prediction models, the version for machine learning.
  ///
  /// Source: Collins et al. 2024, doi:10.1136/bmj-2023-078378.
  static func tripod(_ facts: ChecklistFacts) -> ReportingChecklist {
    ReportingChecklist(
      id: "checklist-tripod", title: "TRIPOD+AI", doi: "10.1136/bmj-2023-078378",
      items: introduction + data(facts) + methods(facts) + practice + results(facts) + discussion)
  }

  private static let introduction: [Item] = [
    .init(
      "1", "Title names the study, the people and the outcome", .open("The title of the paper.")),
    .init("2", "Structured abstract", .known("Numbers for it: \(to: .section("summary")).")),
    .init("3a", "Clinical context and reason", .open("Why beats are to be classified, and where.")),
    .init("3b", "Intended people, use and users", .open("Who would use a model, and for whom.")),
    .init("3c", "Known inequalities between groups", .open("What is known for these people.")),
    .init(
      "4", "Objectives",
      .known("To train and compare the networks of \(to: .section("networks")) under one protocol.")
    ),
  ]

  private static func data(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("5a", "Sources of data", .known("\(facts.sources); \(to: .section("data")).")),
      .init(
        "5b", "Dates of the data",
        .open("As the publishers of the recordings give them; the program does not know them.")),
      .init(
        "6a", "Setting", .open("As the publishers of the recordings give it.")),
      .init(
        "6b", "Who was eligible",
        .open(
          "As the publishers of the recordings chose them; what was left out here is in the data section."
        )),
      .init("6c", "Treatments", .open("Medication and pacemakers, as far as the source tells.")),
      .init(
        "7", "Preparation of the data, alike in all groups",
        .known("One rule for every beat: \(to: .section("data")).")),
      .init(
        "8a", "Outcome, how and when assessed",
        .known(
          "The class of a beat by its annotation, or its patient's diagnosis: \(to: .section("data"))."
        )),
      .init(
        "8b", "Who assessed it", .open("Qualification of the annotators, as the source gives it.")),
      .init(
        "8c", "Blinding of the assessment",
        .inapplicable("annotations are older than any prediction.")),
      .init("9a", "Choice of predictors", .known(facts.predictors)),
      .init(
        "9b", "Predictors, how and when measured",
        .known("Leads and rates: \(to: .section("data")) and \(to: .section("validity")).")),
      .init(
        "9c", "Who judged predictors",
        .known("Nobody: samples of a signal, cut at annotated beats or at its own peaks.")),
      .init(
        "10", "Sample size",
        .known(
          "Given by the data sets, not planned. Rows for training and test by class: \(facts.classes)."
        )),
      .init(
        "11", "Missing values",
        .known("No row has any; what could not be read or trained: \(facts.missing).")),
    ]
  }

  private static func methods(_ facts: ChecklistFacts) -> [Item] {
    [
      .init(
        "12a", "Use of the data for development and evaluation", .known("\(facts.partitions).")),
      .init(
        "12b", "Form of the predictors",
        .known("Scaled to 0…1 and padded: \(to: .section("data")).")),
      .init(
        "12c", "Kind of model, building, tuning, internal validation",
        .known(
          "\(to: .section("networks")) and \(to: .section("trainings")); epochs are chosen on validation rows."
        )),
      .init(
        "12d", "Differences between clusters",
        .known("Intervals draw whole subjects where they are known: \(to: .section("metrics")).")),
      .init("12e", "Measures of performance", .known("\(to: .section("metrics")).")),
      .init("12f", "Updating of the model", .known("None.")),
      .init(
        "12g", "How predictions were calculated",
        .known(
          "By the kept weights; each is stored, and its hash is in \(to: .section("reproducibility"))."
        )),
      .init(
        "13", "Imbalance of classes",
        .known(
          "Rows are not resampled; \(facts.majority). Losses that weight classes are named in \(to: .section("trainings"))."
        )),
      .init(
        "14", "Fairness",
        .open("Age and sex are not in the rows: nothing was measured by group.")),
      .init(
        "15", "Output of the model",
        .known("A probability for each class; the class of the highest one is the prediction.")),
      .init(
        "16", "Differences between development and evaluation data",
        .known("\(facts.disjointness); \(to: .section("validity")).")),
    ]
  }

  private static let practice: [Item] = [
    .init(
      "17", "Ethical approval", .open("Recordings are published; state the approval that applies.")),
    .init("18a", "Funding", .open("Source and role.")),
    .init("18b", "Conflicts of interest", .open("Of every author.")),
    .init("18c", "Protocol", .known("The study file that the run was made from.")),
    .init("18d", "Registration", .open("Whether the study was registered.")),
    .init(
      "18e", "Sharing of data",
      .open("Where readers get the recordings; their hashes are in the report.")),
    .init(
      "18f", "Sharing of code",
      .known(
        "The program that wrote this report; its commit is printed by \(.code("detectron explain"))."
      )),
    .init("19", "Involvement of patients and public", .open("Whether there was any.")),
  ]

  private static func results(_ facts: ChecklistFacts) -> [Item] {
    [
      .init("20a", "Flow of participants", .known("\(facts.sources).")),
      .init(
        "20b", "Characteristics of participants", .open("Age, sex and diagnoses, from the source.")),
      .init(
        "20c", "Comparison of development and evaluation data",
        .known("Rows by class, training and test: \(facts.classes).")),
      .init("21", "Participants and outcomes in each analysis", .known("\(facts.partitions).")),
      .init(
        "22", "The full model",
        .known(
          "Layers by \(.code("detectron models")); weights of every training are kept in its store."
        )),
      .init(
        "23a", "Performance with intervals",
        .known("\(facts.performance); all: \(to: .section("results")).")),
      .init(
        "23b", "Differences in performance between clusters",
        .known(
          facts.isInterPatient
            ? "By record where beats of whole records are tested, of one network: \(facts.recordsPlace)."
            : "Not by subject in this run; intervals: \(to: .section("results")).")),
      .init("24", "Results of updating", .inapplicable("nothing was updated.")),
    ]
  }

  private static let discussion: [Item] = [
    .init(
      "25", "Interpretation", .open("What the numbers mean for the objective, and for fairness.")),
    .init("26", "Limitations", .known("Each with a number: \(to: .section("validity")).")),
    .init(
      "27a", "Input of poor quality", .open("What a user does with a beat that cannot be read.")),
    .init(
      "27b", "What users have to know and do", .open("Expertise, and when to overrule a model.")),
    .init("27c", "Next steps", .open("What has to follow before anyone is treated by it.")),
  ]
}
