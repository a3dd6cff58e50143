import Datasets

/// A run as MLflow keeps experiments in files: one experiment, one of its runs a training.
///
/// Dates are fixed, so that the same results give the same bytes. Layout:
/// <https://mlflow.org/docs/latest/tracking/backend-stores/>.
struct MLflowFolder {
  /// The experiment's number; any but 0, which is MLflow's own.
  private static let experiment = "1"

  private let run: RunRecord
  private let trainings: [ForeignTraining]

  init(_ run: RunRecord, _ trainings: [ForeignTraining]) {
    (self.run, self.trainings) = (run, trainings)
  }

  var files: [(path: String, bytes: [UInt8])] {
    let meta = """
      artifact_location: mlflow-artifacts:/\(Self.experiment)
      creation_time: 0
      experiment_id: '\(Self.experiment)'
      last_update_time: 0
      lifecycle_stage: active
      name: \(Self.quoted(run.study.name))

      """
    return [("\(Self.experiment)/meta.yaml", Array(meta.utf8))] + trainings.flatMap(files)
  }

  private func files(of training: ForeignTraining) -> [(path: String, bytes: [UInt8])] {
    let id = String(training.cell.key.prefix(32))
    let folder = "\(Self.experiment)/\(id)"
    func text(_ name: String, _ text: String) -> (path: String, bytes: [UInt8]) {
      ("\(folder)/\(name)", Array(text.utf8))
    }
    let params = [
      ("task", training.data.id), ("variant", training.cell.variant.id),
      ("recipe", training.cell.recipe), ("seed", "\(training.cell.seed)"),
      ("training_share", "\(training.cell.trainingShare)"),
      ("data_sha256", training.data.fingerprint), ("cell", training.cell.key),
    ]
    let scores = training.scores.compactMap { score in
      score.value.map { text("metrics/test_\(score.name)", "0 \($0) 0\n") }
    }
    let curves = training.curves.map { curve in
      text(
        "metrics/\(curve.name)",
        curve.points.map { "\($0.epoch) \($0.value) \($0.epoch)\n" }.joined())
    }
    return [
      text("meta.yaml", meta(id, training)), text("tags/mlflow.runName", training.path),
      ("\(folder)/artifacts/answers.npz", training.archive),
    ]
      + params.map { text("params/\($0.0)", $0.1) } + scores + curves
  }

  private func meta(_ id: String, _ training: ForeignTraining) -> String {
    """
    artifact_uri: mlflow-artifacts:/\(Self.experiment)/\(id)/artifacts
    end_time: 0
    entry_point_name: ''
    experiment_id: '\(Self.experiment)'
    lifecycle_stage: active
    run_id: '\(id)'
    run_name: \(Self.quoted(training.path))
    run_uuid: '\(id)'
    source_name: ''
    source_type: 4
    source_version: ''
    start_time: 0
    status: 3
    tags: []
    user_id: detectron

    """
  }

  /// A text in YAML's single quotation marks.
  private static func quoted(_ text: String) -> String {
    "'\(text.filter { !$0.isNewline }.replacing("'", with: "''"))'"
  }
}
