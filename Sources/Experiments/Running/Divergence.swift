import Neural

extension Trainer.Outcome {
  /// Throws where what was kept is not made of finite numbers: answers and metrics have no place for
  /// others. An epoch that diverged after the kept one does no harm.
  ///
  /// - Throws: `diverged` with the first epoch that has such a loss, else the kept one.
  func checkFinite() throws(ExperimentsError) {
    let areFinite = tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) }
    guard !areFinite || !answers.areFinite else { return }
    for record in history {
      if !record.trainLoss.isFinite {
        throw .diverged(what: "the training loss", epoch: record.epoch)
      }
      if !record.validationLoss.isFinite {
        throw .diverged(what: "the validation loss", epoch: record.epoch)
      }
    }
    throw .diverged(what: "a weight or an answer", epoch: bestEpoch)
  }
}

extension TrainingAnswers {
  fileprivate var areFinite: Bool {
    switch self {
    case .probabilities(let validation, let test):
      validation.allSatisfy(\.isFinite) && test.allSatisfy(\.isFinite)
    case .reconstruction(let rows):
      rows.errors.allSatisfy(\.isFinite) && rows.outputs.allSatisfy(\.isFinite)
    }
  }
}
