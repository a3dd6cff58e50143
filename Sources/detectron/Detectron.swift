import ArgumentParser
import Foundation
import Tensors

/// The command line: parses, wires, and turns errors into exit codes.
@main struct Detectron: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detectron",
    abstract: "Regenerates a research report on ECG arrhythmia classification.",
    discussion: """
      EXAMPLES
        detectron report                        demonstration on synthetic signals, into demo/
        detectron report --data ~/physionet     the study on real recordings, into report/
        detectron train mitbih/baseline/1 --data ~/physionet
        detectron evaluate --predictions mine.csv --json

      EXIT CODES
        0 fine · 1 'verify' or 'explain' found a difference, 'diff' a regression · 2 some cells failed,
        report still written · 64 usage · 65 bad input · 73 cannot create a file · 74 input/output error ·
        75 store in use · 130/143 interrupted · 141 output no longer read

      Results go to standard output, everything else to standard error. Finished trainings are kept
      in DETECTRON_STORE (by default in the data folder of the user) and never done twice.
      DETECTRON_ISA=portable, avx2 or avx512 forces an instruction set; the bytes are the same.
      """,
    version: "0.1.0",
    subcommands: [
      ReportCommand.self, RunCommand.self, TrainCommand.self, RenderCommand.self,
      EvaluateCommand.self, DiffCommand.self, RunsCommand.self,
      ExportCommand.self, ImportCommand.self,
      PlanCommand.self,
      StatusCommand.self, CostCommand.self, ExplainCommand.self, VerifyCommand.self,
      StoreCommand.self, ModelsCommand.self, DataCommand.self, FigureCommand.self,
      TableCommand.self,
    ])

  static func main() {
    Interruption.prepare()
    do {
      var command = try parseAsRoot()
      if let problem = Kernels.problem(ProcessInfo.processInfo.environment) {
        throw ValidationError(problem)
      }
      try command.run()
      try StandardOutput.finish()
    } catch {
      ExitStatus(error).leave(error)
    }
  }
}
