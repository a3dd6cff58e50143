/// What a network answers where noise is added to test rows, as it stands in the store.
public struct RobustnessFile: Sendable, Codable, Equatable {
  /// The answers under one noise at one ratio.
  public struct Level: Sendable, Codable, Equatable {
    /// The noise.
    public let disturbance: Disturbance
    /// The signal-to-noise ratio, in decibels.
    public let decibels: Int
    /// Rows by true and predicted class, row-major `[truth, prediction]`.
    public let counts: [Int]

    /// Creates a level.
    public init(disturbance: Disturbance, decibels: Int, counts: [Int]) {
      self.disturbance = disturbance
      self.decibels = decibels
      self.counts = counts
    }
  }

  /// Signal-to-noise ratios that are tried, in decibels.
  public static let ratios = [24, 18, 12, 6, 0, -6]
  /// Test rows of a fold that are disturbed, at most.
  public static let rowLimit = 2000

  /// Test rows that were disturbed.
  public let rowCount: Int
  /// The same rows without noise, by true and predicted class.
  public let clean: [Int]
  /// Every noise at every ratio.
  public let levels: [Level]

  /// Creates the file's content.
  public init(rowCount: Int, clean: [Int], levels: [Level]) {
    self.rowCount = rowCount
    self.clean = clean
    self.levels = levels
  }

  /// The folds of one training together; `nil` where one has other levels than the rest.
  init?(joining folds: [RobustnessFile]) {
    guard let first = folds.first,
      folds.allSatisfy({ fold in
        fold.clean.count == first.clean.count
          && fold.levels.map(\.disturbance) == first.levels.map(\.disturbance)
          && fold.levels.map(\.decibels) == first.levels.map(\.decibels)
      })
    else { return nil }
    func sum(_ counts: [[Int]]) -> [Int] {
      first.clean.indices.map { index in counts.reduce(0) { $0 + $1[index] } }
    }
    self.init(
      rowCount: folds.reduce(0) { $0 + $1.rowCount }, clean: sum(folds.map(\.clean)),
      levels: first.levels.enumerated().map { place, level in
        Level(
          disturbance: level.disturbance, decibels: level.decibels,
          counts: sum(folds.map { $0.levels[place].counts }))
      })
  }
}
