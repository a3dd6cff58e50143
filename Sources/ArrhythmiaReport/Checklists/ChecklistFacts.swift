import Datasets
import Documents
import Experiments
import Statistics

/// What several items of the guidelines ask for, each said once.
struct ChecklistFacts {
  let study: EvaluatedStudy

  private func eachTask(_ clause: (EvaluatedTask) -> Prose?) -> Prose {
    let clauses = study.tasks.compactMap { task in
      clause(task).map { "\(Prose(task.data.title)): \($0)" as Prose }
    }
    return clauses.isEmpty ? "no task" : clauses.joined(separator: "; ")
  }

  /// Where the rows are from, and whose they are.
  var sources: Prose {
    eachTask { task in
      let people: Prose =
        task.data.subjectCount.map { "\($0.people)" } ?? "people that the source does not name"
      return "rows \(task.data.source.words), of \(people)"
    }
  }

  /// How the rows are divided, and whether people are.
  var partitions: Prose {
    eachTask { task in
      let rows: Prose =
        task.data.foldCount == nil
        ? "\(task.data.trainCount) rows for training and validation, \(task.data.testCount) for the test"
        : "each of \(task.data.testCount) rows tested once"
      return "\(Prose(task.splitWords)), \(rows)"
    }
  }

  /// Whether people stand on both sides.
  var disjointness: Prose {
    eachTask { task in
      switch task.data.sharedSubjectCount {
      case .some(0): "nobody stands on both sides"
      case .some(let count): "\(count.people) on both sides"
      case nil: "not known, the rows name nobody"
      }
    }
  }

  /// The classes with their rows on both sides.
  var classes: Prose {
    eachTask { task in
      zip(task.data.classes, task.data.beats).map { label, beats in
        "\(label.symbol) \(beats.trainCount) and \(beats.testCount)" as Prose
      }.joined(separator: ", ")
    }
  }

  /// The highest accuracy with its interval.
  var performance: Prose {
    eachTask { task in
      guard let best = task.best(by: task.metric(.accuracy)) else { return nil }
      let estimate = task.estimate(.accuracy, of: best)
      let interval: Prose =
        estimate.interval.map { " (\(Number.percent($0.low)) to \(Number.percent($0.high)))" }
        ?? ", without an interval"
      return """
        highest accuracy \(.percent(estimate.mean)) %\(interval), \(Prose(task.title(of: best)))
        """
    }
  }

  /// How many trainings are behind the scores.
  var seeds: Prose { eachTask { $0.variants.isEmpty ? nil : Prose($0.seedWords) } }

  /// The most frequent class as a constant answer.
  var majority: Prose {
    eachTask { task in
      task.majority.map { "a constant answer is right in \(.percent($0.accuracy.value)) %" }
    }
  }

  /// What has failed or is missing.
  var missing: Prose { "see \(to: .section("missing"))" }

  /// Whether ensembles were made.
  var ensembles: ReportingChecklist.Answer {
    study.tasks.contains { !$0.ensembles.isEmpty }
      ? .known(
        """
        Means, votes and a logistic layer of networks; ranked, sized and fitted by cross-fitting \
        within the validation rows: \(to: .section("ensembles")).
        """)
      : .known("None in this run.")
  }

  /// Where scores stand by record.
  var recordsPlace: Prose {
    study.tasks.contains { $0.recordsOfTestRows != nil && !$0.variants.isEmpty }
      ? "\(to: .section("inter-patient"))" : "not in this run"
  }

  /// What predicts.
  var predictors: Prose {
    let isFed = study.tasks.contains { task in
      task.recordsOfTestRows != nil && task.variants.contains(where: task.isFedContext)
    }
    return isFed
      ? """
      The samples of a beat; for \(.code("beat-rhythm")) also its record's amplitude, its median \
      beat and the intervals between annotated beats: \(to: .section("inter-patient")).
      """ : "The samples of a beat, nothing else chosen."
  }

  /// Whether people of the test part are in no training part.
  var isInterPatient: Bool {
    study.tasks.contains { $0.data.sharedSubjectCount == 0 }
  }
}
