internal import Datasets
internal import Experiments
internal import Statistics

/// What tests that take rows as independent say about two variants, one seed of each at a time.
///
/// They stand beside the verdict, which is made by subject where subjects are known: with several
/// beats a subject they claim differences that are none.
struct BeatwiseTests {
  /// p-values of McNemar's test, one for each seed that both variants have.
  let mcNemar: [Double]
  /// p-values of DeLong's test of the area under the ROC curve; the mean area of several classes.
  let deLong: [Double]

  /// Tests two variants of a task.
  init(_ first: EvaluatedVariant, _ second: EvaluatedVariant, in task: EvaluatedTask) {
    self.init(first, second, classCount: task.data.classes.count)
  }

  /// Tests two variants on the same rows of so many classes.
  ///
  /// - Parameter hasDeLong: Whether areas are tested, which takes longer than all else.
  init(
    _ first: EvaluatedVariant, _ second: EvaluatedVariant, classCount: Int, hasDeLong: Bool = true
  ) {
    let pairs = first.cells.compactMap { cell in
      second.cells.first { $0.result.seed == cell.result.seed }
        .map { (cell.predictions, $0.predictions) }
    }
    let classes = classCount == 2 ? [1] : Array(0..<classCount)
    mcNemar = pairs.map { McNemarTest($0, $1).pValue }
    deLong =
      hasDeLong ? pairs.compactMap { DeLongTest($0, $1, classes: classes)?.pValue } : []
  }

  /// The name of the test of a score with its p-values; `nil` for a score that has none.
  func test(of score: Score) -> (name: String, pValues: [Double])? {
    switch score {
    case .accuracy: ("McNemar", mcNemar)
    case .auroc: ("DeLong", deLong)
    case .f1, .auprc: nil
    }
  }
}
