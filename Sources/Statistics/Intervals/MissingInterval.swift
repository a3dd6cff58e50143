/// Why a score has no bootstrap interval.
public enum MissingInterval: Sendable, Equatable, CustomStringConvertible {
  /// Fewer than ``ClassSubjects/fewest`` effective people have the class, or anything else.
  case fewSubjects(effective: Double)
  /// Undefined in more than one draw in twenty.
  case undefined(draws: Int, of: Int)
  /// All draws give the same.
  case constant

  /// The reason in words.
  public var description: String {
    switch self {
    case .fewSubjects(let effective):
      "it rests on \(effective) effective subjects, fewer than \(ClassSubjects.fewest)"
    case .undefined(let draws, let all):
      "undefined in \(draws) of \(all) draws, more than one in twenty"
    case .constant: "the same in all draws"
    }
  }
}

extension Resampling {
  /// Why a metric has no ``Replicates/scoreInterval(of:level:method:contributions:)``.
  ///
  /// - Parameters:
  ///   - metric: One that is defined and has none.
  ///   - model: The predictions that were drawn from.
  ///   - replicates: What the draws gave.
  public func missingInterval(
    of metric: Metric, model: Predictions, replicates: Replicates<Metric>
  ) -> MissingInterval {
    if let effective = classHolders(of: model).effectiveCount(metric),
      effective < Double(ClassSubjects.fewest)
    {
      return .fewSubjects(effective: effective)
    }
    let undefined = replicates.values(of: metric).count { $0.isNaN }
    return undefined * 20 > replicates.drawCount
      ? .undefined(draws: undefined, of: replicates.drawCount) : .constant
  }
}
