public import Datasets
public import Neural

/// What can go wrong between a study and its results.
public enum ExperimentsError: Error, Sendable, Equatable {
  /// A variant that the program does not have.
  case unknownVariant(String, known: [String])
  /// A task or variant that a run's results do not hold.
  case notInRun(kind: String, String, known: [String])
  /// A recipe that no variant has.
  case unknownRecipe(String, known: [String])
  /// A recipe of one's own with the name of another.
  case reservedRecipeName(String)
  /// Nothing of the study can be trained, and why.
  case nothingToTrain(reasons: [String])
  /// A folder that an export would damage.
  case unusableExport(path: String, problem: String)
  /// A share of the training rows that is none.
  case unusableShare(Double)
  /// A cell needs another that did not finish.
  case parentFailed(String)
  /// The store has no run of that name.
  case unknownRun(String, known: [String], store: String)
  /// A file of the store is not what was written there.
  case damagedStore(path: String, problem: String)
  /// Another process works on the store.
  case storeIsLocked(path: String)
  /// A file could not be read or written.
  case data(DatasetsError)
  /// Predictions that cannot be evaluated.
  case unusablePredictions(path: String, problem: String)
  /// Weights do not fit.
  case weights(NeuralError)
  /// The operating system refused.
  case file(path: String, action: String, reason: String)
}

extension ExperimentsError: CustomStringConvertible {
  /// One sentence that ends with the remedy.
  public var description: String {
    switch self {
    case .unknownVariant(let id, let known):
      "\"\(id)\" is no variant; use one of \(known.joined(separator: ", "))"
    case .notInRun(let kind, let name, let known):
      "the run holds no \(kind) \"\(name)\"; use one of \(known.joined(separator: ", "))"
    case .unknownRecipe(let name, let known):
      "\"\(name)\" is no recipe; use one of \(known.joined(separator: ", "))"
    case .reservedRecipeName(let name):
      "\"\(name)\" is the name of a recipe of the program; give yours another"
    case .nothingToTrain(let reasons):
      "there is nothing to train: "
        + (reasons.isEmpty
          ? "no variant that was asked for is meant for these tasks, or has such a recipe"
          : reasons.joined(separator: " "))
        + "; see 'detectron models' for what there is"
    case .unusableExport(let path, let problem):
      "\(path) cannot take an export (\(problem)); name another folder"
    case .unusableShare(let share):
      "\(share) is no share of the training rows; use a number between 0 and 1"
    case .parentFailed(let name):
      "\(name), which it builds on, did not finish; train that one first"
    case .unknownRun(let name, let known, let store):
      known.isEmpty
        ? "the store \(store) holds no run; make one with 'detectron run'"
        : "there is no run \"\(name)\" in \(store); use one of \(known.joined(separator: ", "))"
    case .damagedStore(let path, let problem):
      "\(path): \(problem); remove the folder of this cell and run the study again"
    case .storeIsLocked(let path):
      "another process works on the store \(path); wait for it, or set DETECTRON_STORE to another "
        + "folder"
    case .data(let error): error.description
    case .unusablePredictions(let path, let problem): "\(path): \(problem)"
    case .weights(let error): error.description
    case .file(let path, let action, let reason):
      "\(path): cannot \(action) (\(reason)); make room or choose another folder"
    }
  }
}
