import Models

extension VariantFacts {
  /// The name of the variant whose weights, trained on another task, a training of this one begins
  /// with; `nil` for one that begins with random weights, or with weights of the same rows.
  public func transferOrigin(task: String, classCount: Int) -> String? {
    let task = ClassificationTask(id: task, classCount: classCount)
    let origin = ModelCatalogue.variant(id)?.origin(for: task)
    return origin?.place == .sourceTask ? origin?.variant : nil
  }
}
