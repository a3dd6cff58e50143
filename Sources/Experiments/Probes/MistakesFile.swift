import Datasets

/// The mistakes that a cell was surest of, class by class, as they stand in the store.
public struct MistakesFile: Sendable, Codable, Equatable {
  /// A test row that was answered wrongly.
  public struct Mistake: Sendable, Codable, Equatable {
    /// Class of the row.
    public let label: Int
    /// The class that was answered.
    public let answer: Int
    /// The probability of the answer.
    public let probability: Double
    /// The record that the row was cut from; `nil` where the source does not say.
    public let record: String?
    /// First sample of the row in its record; `nil` likewise.
    public let sample: Int?
    /// Samples before the zero padding.
    public let length: Int
    /// The row, 187 samples between 0 and 1.
    public let row: SampleText

    /// Creates a mistake.
    public init(
      label: Int, answer: Int, probability: Double, record: String?, sample: Int?, length: Int,
      row: [Float]
    ) {
      self.label = label
      self.answer = answer
      self.probability = probability
      self.record = record
      self.sample = sample
      self.length = length
      self.row = SampleText(row)
    }
  }

  /// Mistakes that are kept of a class.
  public static let countPerClass = 3

  /// Wrongly answered test rows of each class.
  public let counts: [Int]
  /// The surest ones of each class, class by class.
  public let mistakes: [Mistake]

  /// Creates the file's content.
  public init(counts: [Int], mistakes: [Mistake]) {
    self.counts = counts
    self.mistakes = mistakes
  }

  /// Finds the mistakes of a fold; of equally sure ones the first.
  init(_ answers: PackedPredictions, test: [Int], in data: Dataset) {
    let probabilities = answers.probabilities
    let wrong = answers.labels.indices.compactMap { place -> (place: Int, answer: Int)? in
      let row = place * answers.classCount..<(place + 1) * answers.classCount
      let answer = probabilities[row].placeOfLargest
      return answer == answers.labels[place] ? nil : (place, answer)
    }
    func probability(_ mistake: (place: Int, answer: Int)) -> Double {
      Double(probabilities[mistake.place * answers.classCount + mistake.answer])
    }
    let classes = (0..<answers.classCount).map { label in
      wrong.filter { answers.labels[$0.place] == label }
    }
    counts = classes.map(\.count)
    mistakes = classes.flatMap { mistakes in
      mistakes.sorted { (probability($1), $0.place) < (probability($0), $1.place) }
        .prefix(Self.countPerClass).map { mistake in
          let row = test[mistake.place]
          let origin = data.origins?[row]
          return Mistake(
            label: answers.labels[mistake.place], answer: mistake.answer,
            probability: probability(mistake), record: origin?.record, sample: origin?.sample,
            length: data.unpaddedLength(of: row), row: Array(data.row(row)))
        }
    }
  }

  /// The folds of one training together: the surest of each class among all.
  init(joining folds: [MistakesFile]) {
    let classCount = folds.map(\.counts.count).max() ?? 0
    self.init(
      counts: (0..<classCount).map { label in
        folds.reduce(0) { $0 + ($1.counts.indices.contains(label) ? $1.counts[label] : 0) }
      },
      mistakes: (0..<classCount).flatMap { label in
        folds.flatMap { $0.mistakes.filter { $0.label == label } }.enumerated()
          .sorted { ($1.element.probability, $0.offset) < ($0.element.probability, $1.offset) }
          .prefix(Self.countPerClass).map(\.element)
      })
  }
}

/// Samples of a row, written as one line of text with the shortest digits that read back exactly.
public struct SampleText: Sendable, Codable, Equatable {
  /// The samples.
  public let samples: [Float]

  init(_ samples: [Float]) { self.samples = samples }

  /// Reads the line.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let words = try container.decode(String.self).split(separator: " ")
    samples = words.compactMap { Float($0) }
    guard samples.count == words.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not all of the samples are numbers")
    }
  }

  /// Writes the line.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(samples.map { "\($0)" }.joined(separator: " "))
  }
}
