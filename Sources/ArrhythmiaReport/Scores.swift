/// How well one class is told from the rest; a score is `nil` where it is undefined.
public struct ClassScores: Sendable, Hashable {
  /// Share of the class's rows that are predicted as it.
  public let sensitivity: Double?
  /// Share of the rows predicted as the class that are of it.
  public let ppv: Double?
  /// Share of the other classes' rows that are not predicted as it.
  public let specificity: Double?
  /// Harmonic mean of sensitivity and positive predictivity.
  public let f1: Double?
  /// Area under the receiver operating characteristic, against the rest.
  public let auroc: Double?
  /// Average precision, against the rest.
  public let auprc: Double?
}

/// The scores of one cell's predictions; `nil` where one is undefined.
public struct Scores: Sendable, Hashable {
  /// The predicted class of each row: the highest probability, the first of several.
  public let predictions: [Int]
  /// Share of rows whose prediction is their class.
  public let accuracy: Double?
  /// The classes, in label order.
  public let classes: [ClassScores]

  /// Scores predictions: classes of the rows, and probabilities row-major `[rows, classes]`.
  init(labels: [Int], probabilities: [Double], classes count: Int) {
    precondition(
      probabilities.count == labels.count * count,
      "\(probabilities.count) probabilities for [\(labels.count), \(count)]")
    let predictions = labels.indices.map { row in
      (0..<count).reduce(0) { best, index in
        probabilities[row * count + index] > probabilities[row * count + best] ? index : best
      }
    }
    self.predictions = predictions
    accuracy = Self.share(zip(labels, predictions).count { $0 == $1 }, of: labels.count)
    classes = (0..<count).map { index in
      Self.scores(
        isPositive: labels.map { $0 == index }, isPredicted: predictions.map { $0 == index },
        scores: labels.indices.map { probabilities[$0 * count + index] })
    }
  }

  /// Plain mean of the classes' F1.
  public var macroF1: Double? { Self.mean(classes.map(\.f1)) }

  /// F1 of the second class of two, the mean over more.
  public var headlineF1: Double? { classes.count == 2 ? classes[1].f1 : macroF1 }

  /// Area under the receiver operating characteristic: of the second class of two, the mean over
  /// more.
  public var auroc: Double? {
    classes.count == 2 ? classes[1].auroc : Self.mean(classes.map(\.auroc))
  }

  /// Average precision: of the second class of two, the mean over more.
  public var auprc: Double? {
    classes.count == 2 ? classes[1].auprc : Self.mean(classes.map(\.auprc))
  }

  private static func scores(
    isPositive: [Bool], isPredicted: [Bool], scores: [Double]
  ) -> ClassScores {
    let pairs = zip(isPositive, isPredicted)
    let positives = isPositive.count { $0 }
    let hits = pairs.count { $0 && $1 }
    let predicted = isPredicted.count { $0 }
    let negatives = isPositive.count - positives
    return ClassScores(
      sensitivity: share(hits, of: positives),
      ppv: share(hits, of: predicted),
      specificity: share(negatives - (predicted - hits), of: negatives),
      f1: share(2 * hits, of: positives + predicted),
      auroc: auroc(isPositive, scores), auprc: auprc(isPositive, scores))
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  private static func mean(_ values: [Double?]) -> Double? { SeedSummary(values).mean }
}
