import CKernels
import Tensors
import Testing

@Suite("Activation kernels")
struct ActivationKernelTests {
  /// Floats of either sign, denser than one in 2⁹, with the borders of the kernels' branches.
  private static let grid: [Float] = {
    let magnitudes = stride(from: UInt32(0x0080_0000), to: 0x7f80_0000, by: 4099)
      .map { Float(bitPattern: $0) }
    let borders: [Float] = [
      0.625, 9.02, 16.635, 17.33, 87.33654, 88, 88.37626, 88.72284, .infinity, 0,
    ]
    return (magnitudes + borders.flatMap { [$0.nextDown, $0, $0.nextUp] }).flatMap { [$0, -$0] }
  }()

  private static let sets = InstructionSet.allCases.compactMap(\.kernels)

  private func apply(
    _ function: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void, _ x: [Float]
  ) -> [Float] {
    let (input, output) = (FloatBuffer(count: x.count), FloatBuffer(count: x.count))
    input.assign(x)
    function(x.count, UnsafePointer(input.start), output.start)
    return output.array
  }

  private func isClose(_ found: Float, _ exact: Double) -> Bool {
    guard exact.magnitude >= Double(Float.leastNormalMagnitude) else { return abs(found) < 2e-38 }
    return abs(Double(found) - exact) <= 2 * Double(Float(exact).ulp)
  }

  @Test("The exponential is within 2 ulp")
  func exp() {
    for kernels in Self.sets {
      let y = apply(kernels.table.exp, Self.grid)
      let wrong = zip(Self.grid, y).filter {
        Float(Elementary.exp(Double($0))).isInfinite
          ? $1 < .greatestFiniteMagnitude : !isClose($1, Elementary.exp(Double($0)))
      }
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  @Test("The hyperbolic tangent is within 2 ulp")
  func tanh() {
    for kernels in Self.sets {
      let y = apply(kernels.table.tanh, Self.grid)
      let wrong = zip(Self.grid, y).filter { !isClose($1, Elementary.tanh(Double($0))) }
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  @Test("The logistic function is within 2 ulp")
  func sigmoid() {
    for kernels in Self.sets {
      let y = apply(kernels.table.sigmoid, Self.grid)
      let wrong = zip(Self.grid, y).filter { !isClose($1, Elementary.sigmoid(Double($0))) }
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  @Test("Every instruction set gives the same bits")
  func sameBits() {
    let powers = Self.sets.map { apply($0.table.exp, Self.grid) }
    let tangents = Self.sets.map { apply($0.table.tanh, Self.grid) }
    let logistics = Self.sets.map { apply($0.table.sigmoid, Self.grid) }
    #expect(powers.allSatisfy { $0 == powers[0] })
    #expect(tangents.allSatisfy { $0 == tangents[0] })
    #expect(logistics.allSatisfy { $0 == logistics[0] })
  }

  @Test("What is not a number stays so")
  func notANumber() {
    for kernels in Self.sets {
      #expect(apply(kernels.table.exp, [.nan, 0.5, -.nan])[2].isNaN)
      #expect(apply(kernels.table.tanh, [.nan, 0.5, -.nan])[0].isNaN)
      #expect(apply(kernels.table.sigmoid, [.nan])[0].isNaN)
    }
  }
}
