import ArgumentParser
import ArrhythmiaReport
import Experiments
import Foundation
import Tensors

extension RunEnvironment {
  /// This program on this machine, now.
  static var current: RunEnvironment { current(studyFile: nil) }

  /// The same, for a run that a study file asked for.
  static func current(studyFile: StudyFile?) -> RunEnvironment {
    RunEnvironment(
      program: Detectron.configuration.version, commit: BuildRecord.commit,
      sources: BuildRecord.sources, compiler: BuildRecord.compiler,
      system: ProcessInfo.processInfo.operatingSystemVersionString, processor: processorName,
      cores: ProcessInfo.processInfo.activeProcessorCount,
      instructionSet: Kernels.current.name, drawing: DrawingLibraries.versions,
      finished: Date.now.formatted(.iso8601), studyFile: studyFile)
  }

  private static var processorName: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let named = lines.split(separator: "\n").first { $0.hasPrefix("model name") }
    return named?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
