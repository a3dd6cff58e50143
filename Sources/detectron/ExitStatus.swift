import ArgumentParser
import ArrhythmiaReport
import Datasets
import ECG
import Experiments
import Models

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What an error means for whoever called the program.
enum ExitStatus {
  /// What was compared is not the same.
  case difference
  case someCellsFailed
  case badInput
  case cannotCreate
  case inputOutput
  case locked
  case interrupted(Int32)
  /// A name or option that is none.
  case usage
  /// Help, version and wrong usage, which the argument parser answers.
  case argumentParser

  init(_ error: any Error) {
    self =
      switch error {
      case is CellsFailed: .someCellsFailed
      case is ReportDiffers, is RegressionFound: .difference
      case is StoreDamaged: .badInput
      case is OutputRefused: .inputOutput
      case is CancellationError: .interrupted(Interruption.signal)
      case let error as DatasetsError: Self.status(error)
      case let error as ExperimentsError: Self.status(error)
      case let error as ReportError: Self.status(error)
      case is ModelsError: .badInput
      default: .argumentParser
      }
  }

  private static func status(_ error: ReportError) -> ExitStatus {
    switch error {
    case .cannotWrite: .cannotCreate
    case .file(let error): Self.status(error)
    case .unknownPiece: .usage
    default: .badInput
    }
  }

  private static func status(_ error: ExperimentsError) -> ExitStatus {
    switch error {
    case .unknownVariant, .notInRun, .unknownRecipe, .unknownTarget, .unusableShare,
      .nothingToTrain, .unknownOperand, .ambiguousOperand, .ambiguousCell, .severalRuns,
      .unusableQuery, .nameIsTaken:
      .usage
    case .unknownRun, .noStore, .unknownOrigin, .damagedStore, .damagedFinding, .lostFinding,
      .damagedMeasurement,
      .unusablePredictions, .weights, .diverged, .parentFailed, .reservedRecipeName, .studyFile,
      .unusableInput,
      .noExport, .changedData, .unusableArchive:
      .badInput
    case .unusableExport: .cannotCreate
    case .storeIsLocked: .locked
    case .data(let error): status(error)
    case .file(_, let action, _):
      switch action {
      case "create", "create files in it": .cannotCreate
      case "open": .badInput
      default: .inputOutput
      }
    }
  }

  private static func status(_ error: DatasetsError) -> ExitStatus {
    switch error {
    case .unknownTask, .unknownFileFormat: .usage
    case .file(let failure) where failure.isOfDisk: .inputOutput
    case .file(let failure):
      switch failure.operation {
      case .create: .cannotCreate
      case .open, .read: .badInput
      case .write, .sync, .rename: .inputOutput
      }
    default: .badInput
    }
  }

  /// The code that the process ends with.
  var code: Int32 {
    switch self {
    case .difference: 1
    case .someCellsFailed: 2
    case .badInput: 65
    case .cannotCreate: 73
    case .inputOutput: 74
    case .locked: 75
    case .interrupted(let signal): 128 + signal
    case .argumentParser, .usage: 64
    }
  }

  /// Says what went wrong and ends the process.
  func leave(_ error: any Error) -> Never {
    switch self {
    case .argumentParser: Detectron.exit(withError: error)
    case .interrupted: Terminal.say(message(of: error))
    default: Terminal.say("Error: \(message(of: error))")
    }
    exit(code)
  }

  /// The error in words.
  func message(of error: any Error) -> String {
    switch self {
    case .interrupted(SIGPIPE):
      "Stopped, since nobody reads the output any more; the same command goes on."
    case .interrupted:
      "Stopped. Finished trainings are kept; the same command trains the others."
    default: "\(error)"
    }
  }
}

/// Some cells of a run failed; the report was written all the same.
struct CellsFailed: Error, CustomStringConvertible {
  let count: Int

  var description: String {
    "\(count) of the cells failed; the report shows the gap, the same command tries them again"
  }
}
