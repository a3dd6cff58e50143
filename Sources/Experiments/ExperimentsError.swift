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
  /// A study file is not what such a file may be; the problem ends with the remedy.
  case studyFile(path: String, line: Int?, problem: String)
  /// A file that was named to be read and cannot be; the kind is what it should be.
  case unusableInput(path: String, kind: String, problem: String)
  /// A folder that holds no exported run, or a file in its place.
  case noExport(path: String)
  /// A recipe of one's own with the name of another.
  case reservedRecipeName(String)
  /// Nothing of the study can be trained, and why.
  case nothingToTrain(reasons: [String])
  /// A folder that an export would damage.
  case unusableExport(path: String, problem: String)
  /// The files of a task are no longer those that the run was planned with.
  case changedData(task: String)
  /// A share of the training rows that is none.
  case unusableShare(Double)
  /// A training came to numbers that are none, first in the epoch that is named.
  case diverged(what: String, epoch: Int)
  /// A cell needs another that did not finish.
  case parentFailed(String)
  /// The store has no run of that name.
  case unknownRun(String, known: [String], store: String)
  /// There is no store.
  case noStore(path: String)
  /// Neither a cell nor a run nor a file has that name.
  case unknownTarget(String, store: String)
  /// Nothing that could be compared has that name.
  case unknownOperand(String, runs: [String])
  /// Digits of a key or a name that several cells have.
  case ambiguousCell(String, candidates: [String])
  /// A name that means a run and the table of published results.
  case ambiguousOperand(String, store: String)
  /// A folder of results with several runs, or none.
  case severalRuns(path: String, names: [String])
  /// An archive that cannot be unpacked safely, or files that cannot be packed.
  case unusableArchive(path: String, problem: String)
  /// A condition on trainings that cannot be read.
  case unusableQuery(String, problem: String)
  /// A name that a run has already.
  case nameIsTaken(String, store: String)
  /// A file that no known run is named in.
  case unknownOrigin(path: String)
  /// A file of the store is not what was written there.
  case damagedStore(path: String, problem: String)
  /// What was found out about a cell is not what was written.
  case damagedFinding(path: String)
  /// The same, where the weights that it was found with are not there.
  case lostFinding(path: String)
  /// What was measured when a cell was made is not what was written.
  case damagedMeasurement(path: String)
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
    case .studyFile(let path, let line, let problem):
      "\(path)\(line.map { ", line \($0)" } ?? ""): \(problem)"
    case .unusableInput(let path, let kind, let problem):
      "\(path) cannot be read (\(problem)); name \(kind)"
    case .noExport(let path):
      "\(path) is no folder that 'detectron export' wrote; name one, use 'detectron runs import' for "
        + "a .tar file, or add --name and --task to take in predictions"
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
    case .changedData(let task):
      "the data of \(task) changed while it was in use; run the study again"
    case .unusableShare(let share):
      "\(share) is no share of the training rows; use a number between 0 and 1"
    case .diverged(let what, let epoch):
      "the training diverged: \(what) of epoch \(epoch) is not a finite number; use a smaller learning "
        + "rate"
    case .parentFailed(let name):
      "\(name), which it builds on, did not finish; train that one first"
    case .unknownRun(let name, let known, let store):
      known.isEmpty
        ? "the store \(store) holds no run; make one with 'detectron run'"
        : "there is no run \"\(name)\" in \(store); use one of \(known.joined(separator: ", "))"
    case .noStore(let path):
      "\(path) is no store; name another folder, or train something into it with 'detectron run'"
    case .unknownTarget(let name, let store):
      "\"\(name)\" is no file, no run of \(store) and no cell of it or of the study; name a cell as "
        + "in mitbih/baseline/1, with --data where it has not been trained, or by the first eight "
        + "digits of its key or more"
    case .unknownOperand(let name, let runs):
      "\"\(name)\" is no run, no folder of results and no revision with report/results; use "
        + "\"published\", a folder, a revision"
        + (runs.isEmpty ? "" : ", or one of \(runs.joined(separator: ", "))")
    case .ambiguousCell(let text, let candidates):
      "\"\(text)\" means several cells; use one of \(candidates.joined(separator: ", "))"
    case .ambiguousOperand(let name, let store):
      "\"\(name)\" is a run of \(store) and the table of published results; say run:\(name) or "
        + "table:\(name)"
    case .severalRuns(let path, let names):
      names.isEmpty
        ? "\(path) holds no run; name another folder"
        : "\(path) holds several runs; name one as in \(path):\(names[0]) "
          + "(\(names.joined(separator: ", ")))"
    case .unusableArchive(let path, let problem):
      "\(path): \(problem); use what 'detectron runs export' wrote"
    case .unusableQuery(let text, let problem):
      "\"\(text)\" is no condition: \(problem); write one as in f1 > .9 and variant = resnet"
    case .nameIsTaken(let name, let store):
      "\(store) has a run \"\(name)\" already; choose another name"
    case .unknownOrigin(let path):
      "\(path): it names no run that is known; give the store of its run with --store"
    case .damagedStore(let path, let problem):
      "\(path): \(problem); remove "
        + (path.contains("/cells/") ? "the folder of this cell" : "it")
        + " and run the study again"
    case .damagedFinding(let path):
      "\(path): it is not what was written; run, or export, the study again"
    case .lostFinding(let path):
      "\(path): it is not what was written, and the store has no weights to find it again with; "
        + "import its results again, or set it aside with 'detectron store gc --damaged', which "
        + "leaves a gap in the report"
    case .damagedMeasurement(let path):
      "\(path): it is not what was written; remove the file, what was measured is then unknown"
    case .storeIsLocked(let path):
      "another process works on the store \(path); wait for it, or set DETECTRON_STORE to another "
        + "folder"
    case .data(let error): error.description
    case .unusablePredictions(let path, let problem): "\(path): \(problem)"
    case .weights(let error): error.description
    case .file(let path, "read", let reason):
      "\(path): cannot read (\(reason)); check the disk and the permissions, nothing was removed"
    case .file(let path, let action, let reason):
      "\(path): cannot \(action) (\(reason)); make room, see to the permissions, or choose another "
        + "folder"
    }
  }
}

extension ExperimentsError {
  /// Whether the system refused to read or write a file of the store: the next one would be refused
  /// too. Files of the data, which concern those alone that read them, come as `DatasetsError`.
  var isOfDisk: Bool {
    switch self {
    case .file, .data(.file): true
    default: false
    }
  }

  /// Whether a file could be read, or is not there, and is not what was written: only then may it be
  /// thrown away. What the system does not hand out may be whole.
  var isOfDamage: Bool {
    switch self {
    case .damagedStore, .damagedFinding, .damagedMeasurement: true
    default: false
    }
  }
}
