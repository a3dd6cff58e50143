import CKernels
import Foundation
import KernelCases
import Testing

import Tensors

/// Whatever compiles or runs the kernels otherwise shows itself here, by the kernel's name.
@Suite("Kernel hashes", .serialized)
struct KernelHashTests {
  private static let sets = InstructionSet.allCases.filter { $0.kernels != nil }

  /// Lines of a kernel's name and its hash; see `Golden/README.md`.
  private func golden() throws -> [Substring] {
    let url = Bundle.module.url(forResource: "Golden/kernel-hashes", withExtension: "txt")
    return try String(contentsOf: #require(url), encoding: .utf8).split(separator: "\n")
  }

  @Test("Every kernel has its golden bits on every instruction set", arguments: sets)
  func bits(_ set: InstructionSet) throws {
    let kernels = try #require(detectron_kernels(set.rawValue))
    let found = (0..<kernel_case_count()).map { index in
      let hex = String(kernel_case_hash(kernels, index), radix: 16)
      let name = String(cString: kernel_case_name(index))
      return name + " " + String(repeating: "0", count: 16 - hex.count) + hex
    }
    let expected = try golden()
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) { #expect(found == expected) }
  }
}
