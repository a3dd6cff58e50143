/// Which samples of test rows a network's answers rest on, and whether that depends on what it has
/// learnt, as it stands in the store.
public struct ExplanationFile: Sendable, Codable, Equatable {
  /// A test row with the parts that its samples have in the answer.
  public struct Example: Sendable, Codable, Equatable {
    /// Class of the row.
    public let label: Int
    /// The class that was answered.
    public let answer: Int
    /// The record that the row was cut from; `nil` where the source does not say.
    public let record: String?
    /// First sample of the row in its record; `nil` likewise.
    public let sample: Int?
    /// Samples before the zero padding.
    public let length: Int
    /// The row, samples between 0 and 1.
    public let row: SampleText
    /// Integrated gradients of the answer's logit, as shares of the largest magnitude.
    public let gradients: SampleText
    /// Grad-CAM of the same, as shares of its largest value; `nil` for a network without features
    /// along time.
    public let activation: SampleText?

    /// Creates an example.
    public init(
      label: Int, answer: Int, record: String?, sample: Int?, length: Int, row: [Float],
      gradients: [Float], activation: [Float]?
    ) {
      self.label = label
      self.answer = answer
      self.record = record
      self.sample = sample
      self.length = length
      self.row = SampleText(row)
      self.gradients = SampleText(gradients)
      self.activation = activation.map { SampleText($0) }
    }
  }

  /// How like the parts are to those of the same network with random weights in some layers; means of
  /// Spearman's rank correlation over the rows for which it is defined.
  public struct Randomization: Sendable, Codable, Equatable {
    /// Layers with random weights, counted from the last one.
    public let layers: Int
    /// Of integrated gradients.
    public let gradients: Double?
    /// Of their magnitudes.
    public let magnitudes: Double?
    /// Of Grad-CAM.
    public let activation: Double?

    /// Creates a level.
    public init(layers: Int, gradients: Double?, magnitudes: Double?, activation: Double?) {
      self.layers = layers
      self.gradients = gradients
      self.magnitudes = magnitudes
      self.activation = activation
    }
  }

  /// Test rows of each class that are looked at, at most, where there is one fold.
  public static let rowsPerClass = 4

  /// Test rows of each class that are looked at in a fold: of several folds together at least as many
  /// as of one.
  public static func rowsPerClass(folds: Int) -> Int {
    (rowsPerClass + folds - 1) / max(1, folds)
  }

  /// Steps of the way of integrated gradients.
  public static let pathSteps = 256
  /// Fewer of a network with random weights, whose parts are only compared.
  static let comparedPathSteps = 64

  /// Rows that were looked at.
  public let rowCount: Int
  /// Layers with weights.
  public let layerCount: Int
  /// How far the integrated gradients are from adding up to the difference of the outputs, summed
  /// over the rows, as a share of the summed differences; `nil` without any difference.
  public let gap: Double?
  /// Rank correlation of the gradients' magnitudes with the samples' own heights.
  public let likenessToRow: Double?
  /// The share of the gradients' magnitudes that numbers have which are no samples of the beat; `nil`
  /// for a network that is fed a beat only.
  public let elsewhere: Double?
  /// From the last layer to all of them.
  public let randomizations: [Randomization]
  /// The first row of each class, class by class.
  public let examples: [Example]

  /// Creates the file's content.
  public init(
    rowCount: Int, layerCount: Int, gap: Double?, likenessToRow: Double?, elsewhere: Double? = nil,
    randomizations: [Randomization], examples: [Example]
  ) {
    self.rowCount = rowCount
    self.layerCount = layerCount
    self.gap = gap
    self.likenessToRow = likenessToRow
    self.elsewhere = elsewhere
    self.randomizations = randomizations
    self.examples = examples
  }

  /// The folds of one training together: means over their rows, and the first row of each class;
  /// `nil` where one has other layers than the rest.
  init?(joining folds: [ExplanationFile]) {
    guard let first = folds.first,
      folds.allSatisfy({ fold in
        fold.layerCount == first.layerCount
          && fold.randomizations.map(\.layers) == first.randomizations.map(\.layers)
      })
    else { return nil }
    func mean(_ value: (ExplanationFile) -> Double?) -> Double? {
      let known = folds.compactMap { fold in value(fold).map { ($0, Double(fold.rowCount)) } }
      let weight = known.reduce(0) { $0 + $1.1 }
      return weight > 0 ? known.reduce(0) { $0 + $1.0 * $1.1 } / weight : nil
    }
    let examples = folds.flatMap(\.examples)
    self.init(
      rowCount: folds.reduce(0) { $0 + $1.rowCount }, layerCount: first.layerCount,
      gap: mean(\.gap), likenessToRow: mean(\.likenessToRow), elsewhere: mean(\.elsewhere),
      randomizations: first.randomizations.enumerated().map { place, level in
        Randomization(
          layers: level.layers, gradients: mean { $0.randomizations[place].gradients },
          magnitudes: mean { $0.randomizations[place].magnitudes },
          activation: mean { $0.randomizations[place].activation })
      },
      examples: Set(examples.map(\.label)).sorted().compactMap { label in
        examples.first { $0.label == label }
      })
  }
}
