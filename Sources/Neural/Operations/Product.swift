import CKernels

extension DetectronProduct {
  /// A product of one batch; strides are set one by one after it.
  init(
    rows: Int, columns: Int, outer: Int, inner: Int, a: UnsafePointer<Float>,
    b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>
  ) {
    self.init(
      batches: 1, rows: rows, columns: columns, outer: outer, inner: inner, a: a, a_batch: 0,
      a_row: 0, a_outer: 0, a_inner: 0, b: b, b_batch: 0, b_outer: 0, b_inner: 0, c: c,
      c_batch: 0, c_row: 0, bias: nil, gate: nil, gate_batch: 0, accumulate: 0, relu: 0)
  }
}
