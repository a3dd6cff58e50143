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

  @Test("GELU is within 8 ulp, far into the lower tail")
  func gelu() {
    let x = Self.grid.filter { $0 > -12.5 && $0.isFinite }
    for kernels in Self.sets {
      let y = apply({ kernels.table.gelu($0, $1, $2, nil) }, x)
      let wrong = zip(x, y).filter { x, y in
        // erfc through its own tail, since 1 + erf has no digits left there.
        let exact = Double(x) * Self.normalDistribution(Double(x))
        return abs(Double(y) - exact) > 8 * Double(Float(exact).ulp) + 2e-38
      }
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  @Test("GELU's slope is that of finite differences of its value")
  func geluSlope() {
    let x = stride(from: Float(-8), to: 8, by: 0.03125).map { $0 }
    for kernels in Self.sets {
      let slope = apply(
        { count, x, slope in
          let values = FloatBuffer(count: count)
          kernels.table.gelu(count, x, values.start, slope)
        }, x)
      for (x, slope) in zip(x, slope) {
        let (up, down) = (Double(x) + 1e-4, Double(x) - 1e-4)
        let numeric = up * Self.normalDistribution(up) - down * Self.normalDistribution(down)
        #expect(abs(numeric / 2e-4 - Double(slope)) < 1e-6)
      }
    }
  }

  /// `Φ(x)`; below −5 by the continued fraction of its tail, as in Abramowitz and Stegun, 26.2.14.
  private static func normalDistribution(_ x: Double) -> Double {
    guard x < -5 else { return (1 + Elementary.erf(x / 2.0.squareRoot())) / 2 }
    let fraction = (1...60).reversed().reduce(-x) { Double($1) / $0 - x }
    return Elementary.exp(-x * x / 2) / (2 * Double.pi).squareRoot() / fraction
  }

  @Test("Every instruction set gives the same bits")
  func sameBits() {
    let powers = Self.sets.map { apply($0.table.exp, Self.grid) }
    let tangents = Self.sets.map { apply($0.table.tanh, Self.grid) }
    let logistics = Self.sets.map { apply($0.table.sigmoid, Self.grid) }
    #expect(powers.allSatisfy { $0 == powers[0] })
    let units = Self.sets.map { set in apply({ set.table.gelu($0, $1, $2, nil) }, Self.grid) }
    // Bits and not numbers: the limits of GELU are no numbers.
    #expect(units.allSatisfy { $0.map(\.bitPattern) == units[0].map(\.bitPattern) })
    #expect(tangents.allSatisfy { $0 == tangents[0] })
    #expect(logistics.allSatisfy { $0 == logistics[0] })
  }

  @Test("What is not a number stays so")
  func notANumber() {
    for kernels in Self.sets {
      #expect(apply(kernels.table.exp, [.nan, 0.5, -.nan])[2].isNaN)
      #expect(apply(kernels.table.tanh, [.nan, 0.5, -.nan])[0].isNaN)
      #expect(apply(kernels.table.sigmoid, [.nan])[0].isNaN)
      #expect(apply({ kernels.table.gelu($0, $1, $2, nil) }, [.nan])[0].isNaN)
    }
  }
}
