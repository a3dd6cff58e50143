public import Datasets

/// One epoch of a training, as it is drawn in the training curves.
public struct EpochRecord: Sendable, Codable, Equatable {
  /// The epoch, counted from 1.
  public let epoch: Int
  /// Learning rate in this epoch.
  public let learningRate: Double
  /// Mean loss over the training rows, dropout on.
  public let trainLoss: Double
  /// Share of training rows that were right, dropout on.
  public let trainAccuracy: Double?
  /// Mean loss over the validation rows.
  public let validationLoss: Double
  /// Share of validation rows that were right.
  public let validationAccuracy: Double?

  /// Creates a record.
  public init(
    epoch: Int, learningRate: Double, trainLoss: Double, trainAccuracy: Double?,
    validationLoss: Double, validationAccuracy: Double?
  ) {
    self.epoch = epoch
    self.learningRate = learningRate
    self.trainLoss = trainLoss
    self.trainAccuracy = trainAccuracy
    self.validationLoss = validationLoss
    self.validationAccuracy = validationAccuracy
  }
}

/// What a model is, independent of one training of it.
public struct VariantFacts: Sendable, Codable, Equatable {
  /// Stable name, for example `vanilla-cnn`.
  public let id: String
  /// Title for tables and figures.
  public let title: String
  /// Where the architecture comes from.
  public let source: String
  /// Parameters that are trained, and statistics that are kept.
  public let parameters: Int
  /// Multiply-adds of the forward pass, a row.
  public let multiplyAdds: Int

  /// Creates the facts.
  public init(id: String, title: String, source: String, parameters: Int, multiplyAdds: Int) {
    self.id = id
    self.title = title
    self.source = source
    self.parameters = parameters
    self.multiplyAdds = multiplyAdds
  }
}

/// What was found out about a finished cell after its training; `nil` where nobody has looked.
public struct CellFindings: Sendable, Equatable {
  /// The mistakes that it was surest of.
  public let mistakes: MistakesFile?
  /// What its weights answer where rows are disturbed.
  public let robustness: RobustnessFile?
  /// Which samples its answers rest on; of several folds, in the first one.
  public let explanations: ExplanationFile?

  /// Creates findings.
  public init(
    mistakes: MistakesFile? = nil, robustness: RobustnessFile? = nil,
    explanations: ExplanationFile? = nil
  ) {
    self.mistakes = mistakes
    self.robustness = robustness
    self.explanations = explanations
  }
}

/// A finished cell: one training of one variant on one task with one seed.
public struct CellResult: Sendable, Equatable {
  /// The cell's key: SHA-256 over everything that decides its bytes.
  public let key: String
  /// The variant.
  public let variant: VariantFacts
  /// The recipe's name, for example `published`.
  public let recipe: String
  /// The seed.
  public let seed: Int
  /// The epochs, in order.
  public let history: [EpochRecord]
  /// The epoch whose weights were kept, counted from 1.
  public let bestEpoch: Int
  /// Class of each test row, in the order of the task's test split.
  public let labels: [Int]
  /// Probability of each class, row-major `[rows, classes]`; two columns for a binary task.
  public let probabilities: [Float]
  /// SHA-256 over labels and 16-bit log odds; of several folds, over the hashes of all.
  public let predictionsHash: String
  /// Answers to validation rows, one entry a fold in the order of the test rows; empty where they
  /// were not kept.
  public let validation: [ValidationAnswers]
  /// What was found out about it after its training.
  public let findings: CellFindings
  /// Splits whose test rows are joined; history and epochs are those of the first one.
  public let foldCount: Int
  /// How many of the training rows were used, 0…1.
  public let trainingShare: Double
  /// How an ensemble was put together; `nil` for a trained network.
  public let ensemble: EnsembleFile?
  /// Share of validation rows that the kept weights had right; of several folds their mean, `nil`
  /// where no training recorded it.
  public let validationAccuracy: Double?
  /// The settings of the training; `nil` for an ensemble, and where they can no longer be read.
  public let settings: TrainingSettings?

  /// Creates a result.
  public init(
    key: String, variant: VariantFacts, recipe: String, seed: Int, history: [EpochRecord],
    bestEpoch: Int, labels: [Int], probabilities: [Float], predictionsHash: String,
    foldCount: Int = 1, trainingShare: Double = 1, ensemble: EnsembleFile? = nil,
    validationAccuracy: Double? = nil, settings: TrainingSettings? = nil,
    validation: [ValidationAnswers] = [], findings: CellFindings = CellFindings()
  ) {
    self.validation = validation
    self.findings = findings
    self.key = key
    self.variant = variant
    self.recipe = recipe
    self.seed = seed
    self.history = history
    self.bestEpoch = bestEpoch
    self.labels = labels
    self.probabilities = probabilities
    self.predictionsHash = predictionsHash
    self.foldCount = foldCount
    self.trainingShare = trainingShare
    self.ensemble = ensemble
    self.validationAccuracy =
      validationAccuracy ?? history.first { $0.epoch == bestEpoch }?.validationAccuracy
    self.settings = settings
  }
}

/// A finished autoencoder: a network that gives rows back and tells no classes apart.
public struct ReconstructionResult: Sendable, Equatable {
  /// The cell's key.
  public let key: String
  /// The variant.
  public let variant: VariantFacts
  /// The recipe's name.
  public let recipe: String
  /// The seed.
  public let seed: Int
  /// The epochs, in order; without accuracies.
  public let history: [EpochRecord]
  /// The epoch whose weights were kept, counted from 1.
  public let bestEpoch: Int
  /// How well test rows were given back.
  public let reconstruction: ReconstructionFile
  /// The settings of the training; `nil` where they can no longer be read.
  public let settings: TrainingSettings?

  /// Creates a result.
  public init(
    key: String, variant: VariantFacts, recipe: String, seed: Int, history: [EpochRecord],
    bestEpoch: Int, reconstruction: ReconstructionFile, settings: TrainingSettings? = nil
  ) {
    self.key = key
    self.variant = variant
    self.recipe = recipe
    self.seed = seed
    self.history = history
    self.bestEpoch = bestEpoch
    self.reconstruction = reconstruction
    self.settings = settings
  }
}

/// The cells of one task, beside the data that they were trained on.
public struct TaskResults: Sendable, Equatable {
  /// The data.
  public let data: DatasetSummary
  /// The finished cells, in study order: variants in the order of the study, then seeds.
  public internal(set) var cells: [CellResult]
  /// The finished cells that were trained with a share of the training rows only.
  public internal(set) var partialCells: [CellResult]
  /// The finished autoencoders.
  public internal(set) var reconstructions: [ReconstructionResult]
  /// What did not finish, and why: printed as a gap in the report.
  public internal(set) var failures: [CellFailure]
  /// What was found out about the data; `nil` where nobody has looked.
  public internal(set) var audit: DataAudit?

  /// Creates the results of one task.
  public init(
    data: DatasetSummary, cells: [CellResult], failures: [CellFailure],
    partialCells: [CellResult] = [], reconstructions: [ReconstructionResult] = [],
    audit: DataAudit? = nil
  ) {
    self.audit = audit
    self.data = data
    self.cells = cells
    self.partialCells = partialCells
    self.reconstructions = reconstructions
    self.failures = failures
  }
}

/// A cell that did not finish.
public struct CellFailure: Sendable, Codable, Equatable {
  /// The variant's stable name.
  public let variant: String
  /// The seed.
  public let seed: Int
  /// The error's message.
  public let message: String

  /// Creates a failure.
  public init(variant: String, seed: Int, message: String) {
    self.variant = variant
    self.seed = seed
    self.message = message
  }
}

/// Everything the report is made from: a run, resolved into its results.
public struct StudyResults: Sendable, Equatable {
  /// SHA-256 over the study and the keys of its cells.
  public let runID: String
  /// The study's title.
  public let title: String
  /// Whether data and epochs are at demonstration size only.
  public let isDemonstration: Bool
  /// The tasks, in study order.
  public let tasks: [TaskResults]
  /// What the study asks for and this run does not hold, each a whole sentence.
  public let gaps: [String]
  /// Names of the figures that the study asks for; `nil` for all.
  public let figures: [String]?
  /// What was asked for; `nil` where no run stands behind the results.
  public let study: Study?

  /// Creates the results.
  public init(
    runID: String, title: String, isDemonstration: Bool, tasks: [TaskResults], gaps: [String],
    figures: [String]? = nil, study: Study? = nil
  ) {
    self.study = study
    self.runID = runID
    self.title = title
    self.isDemonstration = isDemonstration
    self.tasks = tasks
    self.gaps = gaps
    self.figures = figures
  }
}
