import Datasets
import Experiments
import Statistics

/// The measures of EC57 of one variant over its seeds, with intervals over redrawn people.
struct EC57Estimates {
  private let counted: [EC57]
  private let replicates: Replicates<EC57Statistic>?
  private let contributions: Contributions<EC57Statistic>?
  private let method: IntervalMethod

  fileprivate init(
    _ counted: [EC57], _ replicates: [Replicates<EC57Statistic>],
    _ contributions: [Contributions<EC57Statistic>], of variant: EvaluatedVariant,
    method: IntervalMethod
  ) {
    self.counted = counted
    self.replicates = Replicates.mean(
      ofSeeds: replicates,
      architecture: EvaluatedVariant.architecture(of: variant.cells[0].result))
    self.contributions = Contributions.mean(contributions)
    self.method = method
  }

  /// A statistic with its interval.
  func estimate(_ statistic: EC57Statistic) -> ScoreEstimate {
    ScoreEstimate(
      counted.map { counted in
        switch statistic.scope {
        case .gross: counted.gross.ec57(statistic.measure, of: statistic.beat).value
        case .average: counted.average(statistic.measure, of: statistic.beat).value.value
        }
      },
      interval: replicates?.scoreInterval(
        of: statistic, method: method, contributions: contributions))
  }
}

extension EvaluatedTask {
  /// The measures of every variant, in study order; none where the test rows are no whole records.
  var ec57Estimates: [EC57Estimates] {
    guard let resampling = ec57Resampling else { return [] }
    let counted = variants.map { ec57(of: $0) }
    let models = counted.flatMap(\.self)
    let replicates = resampling.replicates(of: models, draws: bootstrap.draws.intervals)
    let contributions = resampling.contributions(of: models)
    var first = 0
    return zip(variants, counted).map { variant, seeds in
      let places = first..<first + seeds.count
      first = places.upperBound
      return EC57Estimates(
        seeds, Array(replicates[places]), Array(contributions[places]), of: variant,
        method: resampling.intervalMethod)
    }
  }

  /// People are drawn where the data names them, else records; those of all other intervals.
  private var ec57Resampling: EC57Resampling? {
    guard let rows = recordsOfTestRows, let records = data.testRecords else { return nil }
    let people = data.testSubjects ?? rows
    var place = 0
    let subjects = records.map { record in
      defer { place += record.count }
      return people[place]
    }
    return EC57Resampling(subjects: subjects, seed: TaskBootstrap.seed, workers: bootstrap.workers)
  }

  /// People that intervals of EC57 draw; 0 where there are none.
  var ec57PersonCount: Int { ec57Resampling?.personCount ?? 0 }
}
