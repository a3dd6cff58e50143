import CKernels
import Tensors

/// The real Fourier transform of each row, as a product with a constant matrix.
///
/// Reference: ``Reference/realFourierTransform(_:length:)``. At these lengths a product takes as long as a fast transform would, and it is one chain a
/// number. Not counted among the multiply-adds, which are those of trained weights.
struct FourierTransforming: Operation {
  let input: Value
  let output: Value
  /// `[samples, 2 · bins]`, see ``Elementary/realFourierMatrix(length:)``.
  let matrix: FloatBuffer
  /// The same, transposed, where a gradient is wanted.
  let transposed: FloatBuffer?

  init(input: Value, output: Value, needsInputGradient: Bool) {
    self.input = input
    self.output = output
    let (rows, columns) = (input.count, output.count)
    let values = Elementary.realFourierMatrix(length: rows)
    matrix = FloatBuffer(count: values.count)
    matrix.assign(values)
    transposed = needsInputGradient ? FloatBuffer(count: values.count) : nil
    transposed?.assign((0..<values.count).map { values[$0 % rows * columns + $0 / rows] })
  }

  var inputs: [Value] { [input] }
  var readsOutputGoingBack: Bool { false }

  func forward(_ shard: Shard) {
    var product = product(
      shard.values(input), input.count, matrix, shard.values(output), output.count, shard.rows)
    shard.kernels.table.product(&product)
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input), let transposed else { return }
    var product = product(
      shard.gradients(output), output.count, transposed, shard.gradients(input), input.count,
      shard.rows)
    product.gate = shard.gate(input)
    product.gate_batch = shard.stride(input)
    product.accumulate = accumulating & 1 == 0 ? 0 : 1
    shard.kernels.table.product(&product)
  }

  /// Rows of `inner` numbers times a matrix of `inner` rows and `columns` columns.
  private func product(
    _ x: Rows, _ inner: Int, _ matrix: FloatBuffer, _ y: Rows, _ columns: Int, _ rows: Int
  ) -> DetectronProduct {
    var product = DetectronProduct(
      rows: 1, columns: columns, outer: 1, inner: inner, a: x.start, b: matrix.start, c: y.start)
    product.batches = rows
    product.a_batch = x.stride
    product.a_row = x.stride
    product.a_inner = 1
    product.b_inner = columns
    product.c_batch = y.stride
    product.c_row = y.stride
    return product
  }
}
