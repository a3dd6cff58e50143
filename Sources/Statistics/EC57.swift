/// The classes of beats of ANSI/AAMI EC57, in label order.
public enum EC57Class: Int, Sendable, CaseIterable {
  /// Normal and bundle branch block beats.
  case normal
  /// Supraventricular ectopic beats.
  case supraventricular
  /// Ventricular ectopic beats.
  case ventricular
  /// Fusion of a ventricular and a normal beat.
  case fusion
  /// Paced and unclassifiable beats.
  case unknown

  /// Classes whose beats count as false positives of this one where they are read as it: for V
  /// neither F nor Q, for S not Q, for the others every class.
  ///
  /// Source: ANSI/AAMI EC57, as de Chazal et al. 2004 write it out, doi:10.1109/TBME.2004.827359.
  var mistakable: [EC57Class] {
    switch self {
    case .ventricular: [.normal, .supraventricular]
    case .supraventricular: [.normal, .ventricular, .fusion]
    default: Self.allCases.filter { $0 != self }
    }
  }
}

/// What EC57 reports of a class.
public enum EC57Measure: String, Sendable, CaseIterable {
  /// TP / (TP + FN).
  case sensitivity
  /// TP / (TP + FP), where only what EC57 counts is a false positive.
  case positivePredictivity
  /// FP / (TN + FP), likewise.
  case falsePositiveRate
}

/// Beats of several records by true and predicted class, evaluated as ANSI/AAMI EC57 asks: over all
/// beats (gross) and as the mean over records (average).
public struct EC57: Sendable, Equatable {
  /// A mean over records.
  public struct Average: Sendable, Equatable {
    /// The mean over those records for which the measure is defined.
    public let value: MetricValue
    /// How many records those are.
    public let recordCount: Int
  }

  /// The beats of each record, in the order of the records' first beats.
  public let records: [(name: String, beats: ConfusionMatrix)]
  /// The beats of all records together.
  public let gross: ConfusionMatrix

  /// Counts beats.
  ///
  /// - Parameters:
  ///   - labels: True class of each beat.
  ///   - predicted: Predicted class of each beat.
  ///   - recordNames: Record of each beat.
  /// - Precondition: There is one of each for every beat, and no class but the five.
  public init(labels: [Int], predicted: [Int], records recordNames: [String]) {
    precondition(
      labels.count == predicted.count && labels.count == recordNames.count,
      "\(labels.count) labels, \(predicted.count) predictions, \(recordNames.count) records")
    let classCount = EC57Class.allCases.count
    var names: [String] = []
    var places: [String: Int] = [:]
    var counts: [[Int]] = []
    for (row, name) in recordNames.enumerated() {
      let place = places[name] ?? names.count
      if place == names.count {
        places[name] = place
        names.append(name)
        counts.append([Int](repeating: 0, count: classCount * classCount))
      }
      counts[place][labels[row] * classCount + predicted[row]] += 1
    }
    records = zip(names, counts).map { name, counts in
      (name, ConfusionMatrix(classCount: classCount, counts: counts))
    }
    gross = ConfusionMatrix(
      classCount: classCount,
      counts: (0..<classCount * classCount).map { cell in counts.reduce(0) { $0 + $1[cell] } })
  }

  /// The mean over records; records without the class have no sensitivity, and so on.
  public func average(_ measure: EC57Measure, of beat: EC57Class) -> Average {
    let values = records.compactMap { $0.beats.ec57(measure, of: beat).value }
    return Average(
      value: .quotient(
        values.reduce(0, +), Double(values.count), "no record has a value"),
      recordCount: values.count)
  }

  /// The same beats without those of a record.
  public func without(_ record: String) -> ConfusionMatrix {
    let kept = records.filter { $0.name != record }.map(\.beats)
    return ConfusionMatrix(
      classCount: gross.classCount,
      counts: gross.counts.indices.map { cell in kept.reduce(0) { $0 + $1.counts[cell] } })
  }

  /// Equal names and counts, in the same order.
  public static func == (left: EC57, right: EC57) -> Bool {
    left.records.elementsEqual(right.records) { $0 == $1 }
  }
}

extension ConfusionMatrix {
  /// A measure of EC57 over these beats.
  ///
  /// - Precondition: The classes are the five of EC57.
  public func ec57(_ measure: EC57Measure, of beat: EC57Class) -> MetricValue {
    precondition(
      classCount == EC57Class.allCases.count, "EC57 has five classes, these are \(classCount)")
    let index = beat.rawValue
    let falsePositives = beat.mistakable.reduce(0) { $0 + self[$1.rawValue, index] }
    switch measure {
    case .sensitivity: return sensitivity(index)
    case .positivePredictivity:
      return .quotient(
        Double(self[index, index]), Double(self[index, index] + falsePositives),
        "class \(index) is never predicted but where EC57 does not count it")
    case .falsePositiveRate:
      // Beats of other classes that are not read as this one.
      let negatives = total - supports[index] - predictions[index] + self[index, index]
      return .quotient(
        Double(falsePositives), Double(negatives + falsePositives),
        "every beat that counts is of class \(index)")
    }
  }

  /// jκ = κ / 2 + j / 8 with j = Se(S) + Se(V) + +P(S) + +P(V), all by EC57, and κ over all
  /// classes.
  ///
  /// Source: Mar et al. 2011, doi:10.1109/TBME.2011.2113395.
  public var jKappa: MetricValue {
    let parts = [EC57Class.supraventricular, .ventricular].flatMap { beat in
      [ec57(.sensitivity, of: beat), ec57(.positivePredictivity, of: beat)]
    }
    return .weightedSum([cohenKappa] + parts, [0.5] + parts.map { _ in 0.125 })
  }

  /// The mean F1 of N, S, V and F, one against the rest: without Q, which the protocol leaves with
  /// a few beats.
  public var macroF1WithoutUnknown: MetricValue {
    macroF1(of: EC57Class.allCases.filter { $0 != .unknown }.map(\.rawValue))
  }

  /// The mean sensitivity of N, S, V and F.
  public var meanSensitivityWithoutUnknown: MetricValue {
    .mean(EC57Class.allCases.filter { $0 != .unknown }.map { sensitivity($0.rawValue) })
  }
}
