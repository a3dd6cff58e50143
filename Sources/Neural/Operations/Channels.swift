import CKernels

extension DetectronChannels {
  /// Lines a channel over contiguous rows; what differs is set after it.
  init(
    batches: Int, rows: Int, columns: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
  ) {
    self.init(
      batches: batches, rows: rows, columns: columns, x: x, x_batch: 0, x_row: columns,
      factor: nil, z: nil, z_batch: 0, z_row: columns, z_factor: nil, offset: nil, gate: nil,
      gate_batch: 0, y: y, y_batch: 0, y_row: columns, accumulate: 0, relu: 0)
  }
}
