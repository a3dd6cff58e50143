import Datasets
import Documents
import Experiments

/// What leads from every number back to its predictions.
struct ReproducibilitySection: Section {
  let id: Identifier = "reproducibility"
  let rank = 70

  /// Run, fingerprints, study, cells and predictions.
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
      ] + (study.results.study.map(blocks(of:)) ?? [])
        + study.tasks.flatMap { $0.tableBlocks(in: .reproducibility) }
        + study.allFigureBlocks(in: .reproducibility))
  }

  /// What was asked for, by the keys of a study file.
  private func blocks(of study: Study) -> [Document.Block] {
    func codes(_ values: [String]) -> Prose {
      values.isEmpty ? "all" : values.map { Prose([.code($0)]) }.joined(separator: ", ")
    }
    func byName<Value>(_ values: [String: Value], _ text: (Value) -> String) -> [String] {
      values.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }
    }
    let seeds = byName(study.variantSeeds ?? [:]) { $0.map(String.init).joined(separator: " ") }
    let limits = byName(study.epochLimits, String.init)
    let shares = study.trainingShares.map { share -> Prose in "\(.percent(share)) %" }
    let items: [Prose?] = [
      "tasks: \(codes(study.tasks))", "variants: \(codes(study.variants))",
      "recipes: \(codes(study.recipes))", "seeds: \(codes(study.seeds.map(String.init)))",
      seeds.isEmpty ? nil : "seeds-of: \(codes(seeds))",
      study.maximumEpochs.map { "epochs: \(.code(String($0)))" },
      limits.isEmpty ? nil : "epochs-of: \(codes(limits))",
      shares.isEmpty ? nil : "shares: \(shares.joined(separator: ", "))",
    ]
    return [
      .paragraph(
        """
        The study, by the keys of a study file; settings of the trainings stand in \
        \(to: .section("trainings")). Commit, compiler and processor are no part of this \
        report, so that its bytes are the same on every machine: \(.code("detectron explain")) names \
        them where the trainings were made.
        """),
      .list(items.compactMap(\.self), isNumbered: false),
    ]
  }
}
