import Datasets
import Foundation
import Statistics

/// The forms that other programs read a run in.
public enum ForeignFormat: String, Sendable, CaseIterable {
  /// Comma-separated values: answers, epochs and scores.
  case csv
  /// NumPy's archives of answers.
  case npz
  /// A folder for `mlflow ui --backend-store-uri`.
  case mlflow
  /// A folder for `tensorboard --logdir`.
  case tensorboard
}

/// The results of a run as files for other programs.
public struct RunFiles: Sendable {
  /// Their paths from the folder that they go into, with their bytes, always in the same order.
  public let files: [(path: String, bytes: [UInt8])]

  /// Makes the files of a run.
  ///
  /// - Throws: `ExperimentsError` where the run cannot be read or evaluated.
  public init(_ run: RunRecord, in store: RunStore, as format: ForeignFormat) throws {
    let trainings = try store.results(of: run).tasks.flatMap { task in
      try (task.cells + task.partialCells).map { try ForeignTraining($0, of: task.data) }
    }
    files =
      switch format {
      case .csv: trainings.flatMap(\.textFiles) + [("scores.csv", Self.scores(trainings))]
      case .npz: trainings.map { ("\($0.path).npz", $0.archive) }
      case .mlflow: MLflowFolder(run, trainings).files
      case .tensorboard:
        trainings.map { ("\($0.path)/events.out.tfevents.0.detectron", TensorBoardFile($0).bytes) }
      }
  }

  /// Writes the files into a folder.
  public func write(into folder: String) throws {
    let store = RunStore(root: folder)
    for file in files {
      let path = "\(folder)/\(file.path)"
      try store.makeFolder(URL(filePath: path).deletingLastPathComponent().path)
      try store.write(file.bytes, to: path)
    }
  }

  private static func scores(_ trainings: [ForeignTraining]) -> [UInt8] {
    let lines = trainings.flatMap { training in
      training.scores.map { score in
        let cell = training.cell
        return "\(training.data.id),\(cell.variant.id),\"\(cell.recipe)\",\(cell.seed),"
          + "\(cell.trainingShare),\(score.name),\(score.value.map { "\($0)" } ?? "")"
      }
    }
    let text = ["task,variant,recipe,seed,training_share,score,value"] + lines
    return Array((text.joined(separator: "\n") + "\n").utf8)
  }
}

/// A finished training, as other programs name things.
struct ForeignTraining: Sendable {
  let cell: CellResult
  let data: DatasetSummary
  /// Scores of all test rows by their names in files, in order; `nil` for an undefined one.
  let scores: [(name: String, value: Double?)]

  init(_ cell: CellResult, of data: DatasetSummary) throws {
    self.cell = cell
    self.data = data
    do throws(StatisticsError) {
      let document = MetricsDocument(
        try ClassificationMetrics(
          labels: cell.labels, probabilities: cell.probabilities.map(Double.init),
          classCount: data.classes.count))
      scores = document.summaryMetrics.map { ($0.name, document.metrics[$0.metric].value) }
    } catch {
      throw ExperimentsError.unusablePredictions(path: cell.key, problem: error.description)
    }
  }

  /// A path of letters that every system takes: task, variant with recipe and share, seed.
  var path: String {
    let recipe = cell.recipe == RecipeName.published ? "" : "+\(cell.recipe)"
    let share = cell.trainingShare < 1 ? "-share-\(cell.trainingShare)" : ""
    return [data.id, cell.variant.id + recipe + share, "seed-\(cell.seed)"].map(Self.plain)
      .joined(separator: "/")
  }

  private static func plain(_ text: String) -> String {
    let kept = String(
      text.map { sign in
        sign.isASCII && (sign.isLetter || sign.isNumber || "+-._".contains(sign)) ? sign : "-"
      })
    return kept.hasPrefix(".") ? "-" + kept : kept
  }

  /// The answers, and the epochs where there are any.
  var textFiles: [(path: String, bytes: [UInt8])] {
    let answers = ("\(path)/answers.csv", answerText)
    guard !cell.history.isEmpty else { return [answers] }
    return [
      answers, ("\(path)/epochs.csv", HistoryFile.encode(cell.history, kept: cell.bestEpoch)),
    ]
  }

  private var answerText: [UInt8] {
    let width = data.classes.count
    let subjects = data.testSubjects
    let head =
      (["label"] + (0..<width).map { "p\($0)" } + (subjects == nil ? [] : ["subject"]))
      .joined(separator: ",")
    let lines = cell.labels.enumerated().map { row, label in
      let scores = cell.probabilities[row * width..<(row + 1) * width].map { "\($0)" }
      return (["\(label)"] + scores + (subjects.map { [$0[row]] } ?? [])).joined(separator: ",")
    }
    return Array((([head] + lines).joined(separator: "\n") + "\n").utf8)
  }

  var archive: [UInt8] {
    PredictionsFile.encode(
      labels: cell.labels, probabilities: cell.probabilities, classCount: data.classes.count,
      subjects: data.testSubjects)
  }

  /// What changes from epoch to epoch: name and values by epoch.
  var curves: [(name: String, points: [(epoch: Int, value: Double)])] {
    let columns: [(String, (EpochRecord) -> Double?)] = [
      ("train_loss", { $0.trainLoss }), ("train_accuracy", { $0.trainAccuracy }),
      ("validation_loss", { $0.validationLoss }),
      ("validation_accuracy", { $0.validationAccuracy }), ("learning_rate", { $0.learningRate }),
    ]
    return columns.map { name, value in
      (
        name,
        cell.history.compactMap { epoch in
          value(epoch).flatMap { $0.isFinite ? (epoch.epoch, $0) : nil }
        }
      )
    }.filter { !$0.points.isEmpty }
  }
}
