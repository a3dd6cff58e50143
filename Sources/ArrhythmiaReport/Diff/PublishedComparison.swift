import Datasets
import Experiments
import Statistics

/// Compares a run with the published results on the same rows.
struct PublishedComparison {
  private let side: RunSide
  /// Whether the published table is the old side.
  private let isOld: Bool
  private let options: DiffOptions

  init(_ side: RunSide, isOld: Bool, _ options: DiffOptions) {
    (self.side, self.isOld, self.options) = (side, isOld, options)
  }

  func tasks() throws -> [TaskDiff] {
    try side.record.data.map(\.task).filter { options.task == nil || $0 == options.task }
      .compactMap { task in try side.data(of: task).flatMap { try diff(of: $0) } }
  }

  private func diff(of data: DatasetSummary) throws -> TaskDiff {
    let isComparable = data.hasPublishedSplit && !side.record.study.isDemonstration
    let groups = side.groups(of: data.id).filter {
      options.includes(TrainingPair(old: nil, new: $0))
    }
    let compared = groups.map { group -> (TrainingGroup, PublishedResult?) in
      let isRepeated =
        isComparable && group.recipe.isPublished && group.trainingShare == 1
        && group.kind != .autoencoder
      return (
        group,
        isRepeated
          ? PublishedResult.repeated(task: data.id, variant: group.variant.id) : nil
      )
    }
    let others = compared.filter { $0.1 == nil }.map {
      TrainingPair(old: nil, new: $0.0).names.title
    }
    return TaskDiff(
      id: data.id, title: data.title, protocolLabel: data.protocolLabel,
      classes: data.classes.map(\.symbol), fingerprint: data.fingerprint,
      isSynthetic: data.source == .synthetic, hasSameRows: isComparable,
      units: TaskComparison.units(of: data),
      variants: try compared.compactMap { group, result in
        try result.map { try variant(group, $0, data) }
      },
      onlyOld: isOld ? [] : others, onlyNew: isOld ? others : [])
  }

  private func variant(
    _ group: TrainingGroup, _ result: PublishedResult, _ data: DatasetSummary
  ) throws -> VariantDiff {
    let own = try SideScores(side, group, data: data)
    let names = TrainingPair(old: nil, new: group).names
    let seeds = group.seeds
    return VariantDiff(
      name: names.name, title: names.title, oldRecipe: isOld ? nil : group.recipe.text,
      newRecipe: isOld ? group.recipe.text : nil, oldSeeds: isOld ? [] : seeds,
      newSeeds: isOld ? seeds : [],
      scores: zip(options.scores, own.scores(options)).map { score, named in
        let (published, mean) = (score.published(result), own.mean(named.metric))
        return ScoreDiff(
          id: named.id, title: named.title, old: isOld ? published : mean,
          new: isOld ? mean : published,
          basis: .notComparable(
            reason: published == nil
              ? Reason.unpublished : "a published value is a single one, without its answers"))
      }, causes: [])
  }
}
