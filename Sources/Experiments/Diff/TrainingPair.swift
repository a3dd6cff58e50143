/// The trainings of two runs that answer the same question, or those that only one of them has.
public struct TrainingPair: Sendable {
  /// Those of the old run.
  public let old: TrainingGroup?
  /// Those of the new run.
  public let new: TrainingGroup?

  /// Pairs trainings, or names those of one run.
  public init(old: TrainingGroup?, new: TrainingGroup?) {
    self.old = old
    self.new = new
  }

  /// Those of the new run, or else of the old one.
  public var either: TrainingGroup? { new ?? old }
}

extension RunSide {
  /// The trainings of a task in this and in a newer run: in the order of the new one, then what it
  /// does not have.
  ///
  /// A variant is matched by its recipe's whole name, then by that without the bound on its epochs,
  /// and where one recipe is left on both sides these are compared with each other.
  ///
  /// - Parameter matches: Variants of both runs that are to be compared with each other though they
  ///   have other names.
  public func pairs(
    of task: String, with newer: RunSide, matches: [(old: String, new: String)] = []
  ) -> [TrainingPair] {
    var olds: [TrainingGroup?] = groups(of: task)
    let news = newer.groups(of: task)
    guard matches.isEmpty else {
      return matches.map { names in
        TrainingPair(
          old: olds.compactMap(\.self).first { $0.isCalled(names.old) },
          new: news.first { $0.isCalled(names.new) })
      }.filter { $0.old != nil && $0.new != nil }
    }
    var partners = [TrainingGroup?](repeating: nil, count: news.count)
    func match(where isMatch: (TrainingGroup, TrainingGroup) -> Bool) {
      for (place, group) in news.enumerated() where partners[place] == nil {
        let found = olds.firstIndex {
          $0.map { $0.isSameQuestion(as: group) && isMatch($0, group) } ?? false
        }
        guard let found else { continue }
        partners[place] = olds[found]
        olds[found] = nil
      }
    }
    match { $0.recipe == $1.recipe }
    match { $0.recipe.kind == $1.recipe.kind }
    let left = (
      old: olds.compactMap(\.self), new: zip(news, partners).filter { $1 == nil }.map(\.0)
    )
    match { old, _ in
      left.old.count { $0.isSameQuestion(as: old) } == 1
        && left.new.count { $0.isSameQuestion(as: old) } == 1
    }
    return zip(partners, news).map { TrainingPair(old: $0, new: $1) }
      + olds.compactMap(\.self).map { TrainingPair(old: $0, new: nil) }
  }
}

extension TrainingGroup {
  /// Whether a text names it, a variant alone or with its recipe as in `baseline+tuned`; of several
  /// recipes the first one of a run goes by the name of the variant.
  fileprivate func isCalled(_ name: String) -> Bool {
    kind != .autoencoder && [variant.id, "\(variant.id)+\(recipe.kind)"].contains(name)
  }

  /// Whether it is the same variant on as many training rows, under any recipe.
  fileprivate func isSameQuestion(as other: TrainingGroup) -> Bool {
    variant.id == other.variant.id && trainingShare == other.trainingShare && kind == other.kind
  }
}
