/// What a network says of rows, dropout off.
extension Network {
  /// Losses and right rows.
  public func evaluate(_ batch: Batch, loss: some Loss) -> BatchOutcome {
    var outcome = BatchOutcome()
    var unused = [Float](repeating: 0, count: plan.output.count)
    forEachRow(of: logits(batch)) { row, logits in
      let label = batch.label(row)
      let value = unused.withUnsafeMutableBufferPointer {
        loss.evaluate(logits: logits, label: label, weight: 1, gradient: $0)
      }
      outcome.lossSum += Double(value)
      outcome.rightCount += loss.prediction(logits: logits) == label ? 1 : 0
    }
    return outcome
  }

  /// The probability of each class, `[rows, classes]`.
  public func probabilities(_ batch: Batch, loss: some Loss) -> [Float] {
    var result: [Float] = []
    forEachRow(of: logits(batch)) { _, logits in
      result += loss.probabilities(logits: logits)
    }
    return result
  }

  private func forEachRow(
    of logits: [Float], _ body: (_ row: Int, _ logits: UnsafeBufferPointer<Float>) -> Void
  ) {
    let outputs = plan.output.count
    logits.withUnsafeBufferPointer { all in
      for row in 0..<all.count / outputs {
        body(row, UnsafeBufferPointer(rebasing: all[row * outputs..<(row + 1) * outputs]))
      }
    }
  }
}
