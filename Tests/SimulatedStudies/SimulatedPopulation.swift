public import Statistics
import Tensors

/// Subjects whose rows are alike, classified by models that are equally good: each is better with
/// some subjects and worse with others, by chance.
///
/// Of a row of class y in {−1, 1} a model says sigmoid(z), z = y (`skill` + a + b) + (c + d) / √2, where
/// a is the subject's own (standard deviation 0.5), b the subject's with this model (`interaction`), c
/// the row's own and d the row's with this model (1). The share of the second class varies between
/// subjects, and so does their number of rows, by a factor of 0.5 to 1.5.
public struct SimulatedPopulation: Sendable {
  /// The number of subjects of a set.
  public let subjects: Int
  /// Rows of a subject on average; single rows are independent.
  public let rowsPerSubject: Int
  /// How much a model's skill varies between subjects.
  public let interaction: Double
  /// How well models tell the classes apart: four in five rows are right at 1, 98 in 100 at 2.5.
  public let skill: Double

  /// A population to draw sets from.
  public init(
    subjects: Int, rowsPerSubject: Int, interaction: Double = 0.5, skill: Double = 1
  ) {
    self.subjects = subjects
    self.rowsPerSubject = rowsPerSubject
    self.interaction = interaction
    self.skill = skill
  }

  /// What one study sees of it.
  public struct Sample: Sendable {
    /// The subject of each row.
    public let subjects: [String]
    /// What each model says.
    public let models: [Predictions]
  }

  /// A set by number, with the answers of so many equally good models.
  public func sample(_ number: Int, models: Int) throws -> Sample {
    try sample(number, gains: [Double](repeating: 0, count: models))
  }

  /// A set by number, with the answers of models that are better, with every subject, by what is
  /// added to their part b of z.
  public func sample(_ number: Int, gains: [Double]) throws -> Sample {
    let models = gains.count
    var random = Philox(seed: 1, purpose: "simulated study", path: "\(subjects)")
      .stream(UInt32(number))
    var labels: [Int] = []
    var names: [String] = []
    var probabilities = [[Double]](repeating: [], count: models)
    for subject in 0..<subjects {
      let share = Elementary.sigmoid(-0.5 + random.nextNormal())
      let own = skill + 0.5 * random.nextNormal()
      let skills = gains.map { own + $0 + interaction * random.nextNormal() }
      for _ in 0..<rowCount(&random) {
        let label = random.nextUniform() < share ? 1 : 0
        let noise = random.nextNormal()
        labels.append(label)
        names.append("\(subject)")
        for model in 0..<models {
          let rest = (noise + random.nextNormal()) * 0.5.squareRoot()
          let p = Elementary.sigmoid((label == 1 ? 1 : -1) * skills[model] + rest)
          probabilities[model] += [1 - p, p]
        }
      }
    }
    return Sample(
      subjects: names,
      models: try probabilities.map {
        try Predictions(labels: labels, probabilities: $0, classCount: 2)
      })
  }

  private func rowCount(_ random: inout RandomStream) -> Int {
    guard rowsPerSubject > 1 else { return 1 }
    return max(1, Int((Double(rowsPerSubject) * random.nextUniform(in: 0.5...1.5)).rounded()))
  }

  /// How the rows of a set are drawn anew.
  func resampling(of sample: Sample, seed: Int) -> Resampling {
    rowsPerSubject > 1
      ? Resampling(subjects: sample.subjects, seed: seed)
      : Resampling(rowCount: sample.subjects.count, seed: seed)
  }
}
