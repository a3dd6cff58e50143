/// How the answers of several networks become one.
public enum EnsembleMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// The mean of the members' probabilities.
  case mean = "ensemble-mean"
  /// The share of members whose most probable class it is; equal shares stay equal.
  case vote = "ensemble-vote"
  /// A softmax (for two classes a sigmoid) layer on all members' probabilities beside each other,
  /// fitted on validation rows.
  case logistic = "ensemble-logistic"

  /// Title for tables and figures.
  public var title: String {
    switch self {
    case .mean: "Ensemble, mean"
    case .vote: "Ensemble, vote"
    case .logistic: "Ensemble, logistic"
    }
  }

  /// Where the method comes from.
  public var source: String {
    switch self {
    case .mean: "published study, mean of outputs"
    case .vote: "published study, majority vote"
    case .logistic: "published study, logistic layer on outputs; doi:10.1016/S0893-6080(05)80023-1"
    }
  }
}

/// What a network says of validation and test rows.
struct EnsembleMember {
  /// The member's name, for example `baseline+tuned`.
  let name: String
  /// Probability of each class, row-major.
  let validation: [Float]
  /// The same for the test rows.
  let test: [Float]
}

/// A method with what it was fitted to, ready to join answers.
struct FittedEnsemble {
  let method: EnsembleMethod
  let classCount: Int
  /// For the logistic method.
  var stacker: Stacker?

  /// Fits the method to some rows of the members' answers, `[rows, classes]` each.
  init(_ method: EnsembleMethod, _ answers: [[Float]], labels: [Int], rows: [Int], classCount: Int)
  {
    self.method = method
    self.classCount = classCount
    stacker =
      method == .logistic
      ? Stacker(answers, labels: labels, rows: rows, classCount: classCount) : nil
  }

  /// Joins the members' answers to some rows: probabilities, `[rows, classes]`.
  func join(_ answers: [[Float]], rows: [Int]) -> [Float] {
    if let stacker { return stacker.join(answers, rows: rows) }
    return rows.flatMap { row in
      var sums = [Float](repeating: 0, count: classCount)
      for answer in answers {
        let probabilities = answer[row * classCount..<(row + 1) * classCount]
        switch method {
        case .vote: sums[probabilities.placeOfLargest] += 1
        case .mean, .logistic:
          for (place, probability) in probabilities.enumerated() { sums[place] += probability }
        }
      }
      // Divided last, so that no rounding carries a share above 1.
      return sums.map { $0 / Float(answers.count) }
    }
  }
}

extension ArraySlice<Float> {
  /// The place of the largest, counted from the first; the lowest of several.
  var placeOfLargest: Int {
    indices.reduce(startIndex) { self[$1] > self[$0] ? $1 : $0 } - startIndex
  }
}
