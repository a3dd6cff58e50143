import Datasets

/// How well an autoencoder gives test rows back, as it stands in the store.
public struct ReconstructionFile: Sendable, Codable, Equatable {
  /// A test row beside what came back.
  public struct Example: Sendable, Codable, Equatable {
    /// Class of the row.
    public let label: Int
    /// The row, 187 samples.
    public let input: [Float]
    /// What the network made of it, 187 samples.
    public let output: [Float]

    /// Creates an example.
    public init(label: Int, input: [Float], output: [Float]) {
      self.label = label
      self.input = input
      self.output = output
    }
  }

  /// Mean over the test rows of each row's mean squared error; `nil` without test rows.
  public let meanSquaredError: Double?
  /// The same for the rows of each class; `nil` for a class without rows.
  public let classErrors: [Double?]
  /// Test rows of each class; `nil` in files of an earlier program.
  public let classCounts: [Int]?
  /// The first test rows of each class.
  public let examples: [Example]

  /// Creates the file's content.
  public init(
    meanSquaredError: Double?, classErrors: [Double?], classCounts: [Int]? = nil,
    examples: [Example]
  ) {
    self.classCounts = classCounts
    self.meanSquaredError = meanSquaredError
    self.classErrors = classErrors
    self.examples = examples
  }

  init(
    _ reconstruction: RowReconstruction, labels: [Int], classCount: Int, test: [Int],
    rows: [Float]
  ) {
    func mean(_ errors: [Float]) -> Double? {
      errors.isEmpty ? nil : errors.reduce(0) { $0 + Double($1) } / Double(errors.count)
    }
    let errors = reconstruction.errors
    let width = Dataset.rowLength
    meanSquaredError = mean(errors)
    classErrors = (0..<classCount).map { label in
      mean(labels.indices.filter { labels[$0] == label }.map { errors[$0] })
    }
    classCounts = (0..<classCount).map { label in labels.count { $0 == label } }
    examples = reconstruction.examples.enumerated().map { place, row in
      Example(
        label: labels[row], input: Array(rows[test[row] * width..<(test[row] + 1) * width]),
        output: Array(reconstruction.outputs[place * width..<(place + 1) * width]))
    }
  }

  /// The folds of one training together: means over the test rows of all, examples of the first.
  init(joining folds: [ReconstructionFile]) {
    let counts = folds.map { $0.classCounts ?? [] }
    func mean(_ pairs: [(error: Double?, rows: Int)]) -> Double? {
      let total = pairs.reduce(0) { $0 + $1.rows }
      guard total > 0 else { return nil }
      return pairs.reduce(0) { $0 + ($1.error ?? 0) * Double($1.rows) } / Double(total)
    }
    let classCount = folds.first?.classErrors.count ?? 0
    self.init(
      meanSquaredError: mean(
        zip(folds, counts).map { ($0.meanSquaredError, $1.reduce(0, +)) }),
      classErrors: (0..<classCount).map { label in
        mean(zip(folds, counts).map { ($0.classErrors[label], $1.isEmpty ? 0 : $1[label]) })
      },
      classCounts: (0..<classCount).map { label in
        counts.reduce(0) { $0 + ($1.isEmpty ? 0 : $1[label]) }
      }, examples: folds.first?.examples ?? [])
  }
}
