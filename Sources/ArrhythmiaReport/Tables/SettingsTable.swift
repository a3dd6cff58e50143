import Datasets
import Documents
import Experiments
import Plotting

/// With which settings the variants of a task were trained; variants with the same ones share a row.
struct SettingsTable: Table {
  let id = "settings"
  let placement = Placement.methods
  let rank = 5

  /// One row a set of settings; nothing where none are known.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let groups = task.settingsGroups
    guard !groups.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Settings of the trainings on \(task.data.title). Epochs: at most. Patience: epochs without \
        gain on validation rows (accuracy; for an autoencoder its error) before the training ends.
        """,
      columns: [
        .init("Variants", .paragraph), .init("Loss; optimizer", .paragraph), .init("Rate"),
        .init("Schedule", .paragraph), .init("Batch"), .init("Epochs"), .init("Patience"),
        .init("Besides", .paragraph),
      ],
      rows: groups.map(row))
  }

  private func row(of group: SettingsGroup) -> Document.Table.Row {
    let settings = group.settings
    return .init([
      .text(Prose(group.titles.joined(separator: "; "))),
      .text(Prose("\(settings.objective); \(settings.optimizerWords)")),
      .number(Number(settings.learningRate, digits: 5), otherwise: "the rate is no number"),
      .text(Prose(settings.schedule)), .count(settings.batchSize), .count(settings.maximumEpochs),
      .count(settings.stoppingPatience),
      .text(Prose(settings.besides.joined(separator: "; "))),
    ])
  }
}

extension TrainingSettings {
  /// The optimizer with its weight decay.
  fileprivate var optimizerWords: String {
    weightDecay == 0
      ? optimizer : "\(optimizer), weight decay \(NumberText.shortest(weightDecay))"
  }

  /// What an ordinary training does not have.
  fileprivate var besides: [String] {
    let averaging =
      averagingMomentum == 0
      ? nil : "weights averaged with momentum \(NumberText.shortest(averagingMomentum))"
    let smoothing =
      labelSmoothing == 0 ? nil : "labels smoothed by \(NumberText.shortest(labelSmoothing))"
    let changes = augmentation.isEmpty ? nil : "rows changed: \(augmentation)"
    return [averaging, smoothing, changes].compactMap(\.self) + remarks
  }
}

/// Settings with what was trained by them.
struct SettingsGroup {
  let settings: TrainingSettings
  let titles: [String]
}

extension EvaluatedTask {
  /// The settings of all trainings, in study order, each once.
  var settingsGroups: [SettingsGroup] {
    let networks = (variants + partialVariants).flatMap { variant in
      variant.cells.compactMap { cell in
        cell.result.settings.map { (settings: $0, title: title(of: variant)) }
      }
    }
    let autoencoders = results.reconstructions.compactMap { result in
      result.settings.map { (settings: $0, title: title(of: result)) }
    }
    let all = networks + autoencoders
    return all.indices.filter { index in
      !all[..<index].contains { $0.settings == all[index].settings }
    }.map { first in
      let own = all.filter { $0.settings == all[first].settings }.map(\.title)
      return SettingsGroup(
        settings: all[first].settings,
        titles: own.indices.filter { !own[..<$0].contains(own[$0]) }.map { own[$0] })
    }
  }
}
