import Datasets
import Tensors

/// Which training rows are learnt from and which are held out.
///
/// The split depends on the data's path of draws and the share only, so that every variant and seed
/// of a task has the same validation rows and their predictions can be joined. Where only a share
/// of the training rows may be used, each seed draws its own, and smaller shares lie in larger ones.
struct TrainingRows: Equatable {
  /// Rows that gradients are computed from.
  let fitting: [Int]
  /// Rows that decide when to stop and which epoch is kept.
  let validation: [Int]

  /// Batches of an epoch, the last one perhaps smaller.
  func batches(of size: Int) -> Int { (fitting.count + size - 1) / size }

  /// Takes the protocol's validation rows; where it names none, shuffles the rows once and holds
  /// out the last share, rounded as Keras rounds it.
  ///
  /// - Parameters:
  ///   - path: Path of the draws, see `Dataset.drawPath`.
  ///   - share: How many of the rows may be used at all, 0…1; at least two are.
  init(
    _ split: Split, path: String, validationShare: Double, share: Double = 1, seed: Int = 0
  ) {
    func used(of rows: [Int]) -> [Int] {
      guard share < 1 else { return rows }
      var random = Philox(seed: seed, purpose: "share of training rows", path: path).stream()
      let count = max(2, Int((Double(rows.count) * share).rounded()))
      return Array(random.shuffled(rows).prefix(count))
    }
    if let validation = split.validation {
      let held = Set(validation)
      fitting = used(of: split.train.filter { !held.contains($0) })
      self.validation = validation
    } else {
      var random = Philox(seed: 0, purpose: "validation split", path: path).stream()
      let shuffled = random.shuffled(used(of: split.train))
      let fittingCount = max(1, Int(Double(shuffled.count) * (1 - validationShare)))
      fitting = Array(shuffled.prefix(fittingCount))
      validation = Array(shuffled.dropFirst(fittingCount))
    }
  }
}
