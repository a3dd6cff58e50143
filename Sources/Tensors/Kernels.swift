public import CKernels
import Foundation

/// The instruction sets that the kernels are compiled for. All give the same bits.
public enum InstructionSet: String, Sendable, CaseIterable {
  /// Any processor.
  case portable
  /// x86-64 with AVX2 and fused multiply-add.
  case avx2
  /// x86-64 with AVX-512 (F, VL, DQ, BW).
  case avx512

  /// The kernels, or `nil` where this processor lacks the instructions.
  public var kernels: Kernels? { detectron_kernels(rawValue).map { Kernels(table: $0.pointee) } }
}

/// The numeric kernels of one instruction set.
///
/// Unchecked, since C says nothing of threads: the table holds pointers to constant functions.
public struct Kernels: @unchecked Sendable {
  /// The functions, as C declares them.
  public let table: DetectronKernels

  /// The instruction set's name.
  public var name: String { String(cString: table.name) }

  /// The widest instruction set of this processor, or the one that `DETECTRON_ISA` names.
  ///
  /// A name that is unknown or that this processor cannot run falls back to the widest: the
  /// result has the same bits.
  public static let current: Kernels = {
    let forced = ProcessInfo.processInfo.environment["DETECTRON_ISA"].flatMap {
      InstructionSet(rawValue: $0)?.kernels
    }
    let widest = InstructionSet.allCases.reversed().lazy.compactMap(\.kernels).first
    guard let kernels = forced ?? widest else {
      preconditionFailure("the portable kernels run on every processor")
    }
    return kernels
  }()

  /// What is wrong with `DETECTRON_ISA`, with the names to use, or `nil`.
  public static func problem(_ environment: [String: String]) -> String? {
    guard let name = environment["DETECTRON_ISA"], !name.isEmpty else { return nil }
    guard InstructionSet(rawValue: name)?.kernels == nil else { return nil }
    let known = InstructionSet.allCases.filter { $0.kernels != nil }.map(\.rawValue)
    return "DETECTRON_ISA=\(name): this processor has no such instruction set; use one of "
      + known.joined(separator: ", ")
  }

  /// Runs the body with denormal numbers flushed to zero on this thread, then puts the
  /// processor's state back.
  ///
  /// Part of the definition of every trained number: see docs/design.md.
  public static func flushingDenormals<Result>(_ body: () throws -> Result) rethrows -> Result {
    let state = detectron_flush_denormals()
    defer { detectron_restore(state) }
    return try body()
  }
}
