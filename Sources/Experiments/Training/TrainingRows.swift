import Tensors

/// Which training rows are learnt from and which are held out.
///
/// The split depends on the task, its protocol and the share only, so that every variant and seed
/// of a task has the same validation rows and their predictions can be joined.
struct TrainingRows: Equatable {
  /// Rows that gradients are computed from.
  let fitting: [Int]
  /// Rows that decide when to stop and which epoch is kept.
  let validation: [Int]

  /// Batches of an epoch, the last one perhaps smaller.
  func batches(of size: Int) -> Int { (fitting.count + size - 1) / size }

  /// Shuffles the rows once and holds out the last share, rounded as Keras rounds it.
  init(_ train: [Int], task: String, protocolLabel: String, validationShare: Double) {
    var random = Philox(seed: 0, purpose: "validation split", path: "\(task)/\(protocolLabel)")
      .stream()
    let shuffled = random.shuffled(train)
    let fittingCount = Int(Double(shuffled.count) * (1 - validationShare))
    fitting = Array(shuffled.prefix(fittingCount))
    validation = Array(shuffled.dropFirst(fittingCount))
  }
}
