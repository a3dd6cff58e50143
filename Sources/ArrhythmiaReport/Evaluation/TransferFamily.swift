import Datasets
import Experiments
import Statistics

/// Networks of one kind, trained from scratch and with the weights of another task, on as many rows.
struct TransferFamily {
  /// A kind of training: one variant under one recipe, on every share of the training rows.
  struct Member {
    /// By share, the smallest first.
    let variants: [EvaluatedVariant]
    /// Whether it begins with weights of another task.
    let isTransferred: Bool

    /// The training with as many rows as another one.
    func like(_ other: EvaluatedVariant) -> EvaluatedVariant? {
      variants.first { $0.trainingShare == other.trainingShare }
    }
  }

  /// From scratch; `nil` where the study does not hold it.
  let scratch: Member?
  /// With the weights of another task, in study order.
  let transfers: [Member]
  /// What each transfer gains in accuracy over training from scratch on as many rows, corrected for
  /// the number of these comparisons.
  private let gains: [VariantComparison]

  init(scratch: Member?, transfers: [Member], in task: EvaluatedTask) {
    self.scratch = scratch
    self.transfers = transfers
    let pairs = transfers.flatMap(\.variants).compactMap { variant in
      scratch?.like(variant).map { (first: variant, second: $0) }
    }
    let family = Comparison.family(pairs, by: task.metric(.accuracy))
    gains = zip(pairs, family).map { VariantComparison(variant: $0.first, comparison: $1) }
  }

  /// From scratch first.
  var members: [Member] { [scratch].compactMap(\.self) + transfers }

  /// The shares of the training rows, the smallest first.
  var shares: [Double] {
    Set(members.flatMap(\.variants).map(\.trainingShare)).sorted()
  }

  /// What a transfer gains in accuracy over training from scratch on as many rows; `nil` for
  /// training from scratch itself.
  func gain(of variant: EvaluatedVariant) -> Comparison? {
    gains.first { $0.variant.isSame(as: variant) }?.comparison
  }
}

extension EvaluatedTask {
  /// Transfers with the networks that their weights come from, in study order.
  var transferFamilies: [TransferFamily] {
    let all = variants + partialVariants
    let transfers = all.compactMap { variant in
      variant.facts.transferOrigin(task: id, classCount: data.classes.count).map {
        (origin: $0, variant: variant)
      }
    }
    return Self.distinct(transfers.map(\.origin)).map { origin in
      let kinds = Self.distinct(transfers.filter { $0.origin == origin }.map(\.variant.facts.id))
      return TransferFamily(
        scratch: member(origin, isTransferred: false),
        transfers: kinds.compactMap { member($0, isTransferred: true) }, in: self)
    }
  }

  /// A variant under its published recipe, the only one that shares of the rows are trained with.
  private func member(_ id: String, isTransferred: Bool) -> TransferFamily.Member? {
    let own = (variants + partialVariants).filter { $0.facts.id == id }
    let chosen = own.filter(\.recipeName.isPublished)
    let found = (chosen.isEmpty ? own : chosen).sorted { $0.trainingShare < $1.trainingShare }
    return found.isEmpty
      ? nil : TransferFamily.Member(variants: found, isTransferred: isTransferred)
  }

  private static func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
