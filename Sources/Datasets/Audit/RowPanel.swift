internal import CKernels
internal import Tensors

/// Rows of one person, laid out as a factor of a matrix product: `[187][columns]`, a column a row.
struct RowPanel: Sendable {
  /// Columns at most: with them a panel stays in the second cache.
  static let size = 512

  /// The rows, by their index in the data set.
  let rows: [Int]
  /// The person, by number; `nil` where nobody is named.
  let subject: Int?
  /// Columns: the rows, filled up to a multiple of 16.
  let columns: Int
  let largestNorm: Double
  private let values: FloatBuffer
  /// −|b|²/2 of each column; −∞ where there is no row, so that it is never the nearest.
  private let starts: FloatBuffer

  private init(_ rows: [Int], subject: Int?, of data: Dataset) {
    self.rows = rows
    self.subject = subject
    columns = (rows.count + 15) / 16 * 16
    values = FloatBuffer(count: columns * data.rowWidth)
    starts = FloatBuffer(count: columns)
    var largest = 0.0
    for column in 0..<columns {
      guard column < rows.count else {
        starts.elements[column] = -.infinity
        continue
      }
      var norm = 0.0
      for (sample, value) in data.row(rows[column]).enumerated() {
        values.elements[sample * columns + column] = value
        norm += Double(value) * Double(value)
      }
      starts.elements[column] = Float(-norm / 2)
      largest = max(largest, norm)
    }
    largestNorm = largest.squareRoot()
  }

  /// The rows in panels, person by person, each in the order of the data set.
  static func panels(_ rows: [Int], of data: Dataset, subjects: [Int]?) -> [RowPanel] {
    let ordered = rows.map { (subject: subjects?[$0] ?? 0, row: $0) }.sorted { $0 < $1 }
    var panels: [RowPanel] = []
    var start = 0
    while start < ordered.count {
      var end = start
      while end < ordered.count, end - start < size,
        ordered[end].subject == ordered[start].subject
      {
        end += 1
      }
      panels.append(
        RowPanel(
          ordered[start..<end].map(\.row), subject: subjects == nil ? nil : ordered[start].subject,
          of: data))
      start = end
    }
    return panels
  }

  /// The products of so many rows with all columns, into rows of ``size`` numbers.
  func multiply(
    _ left: FloatBuffer, rows: Int, into result: FloatBuffer, inner: Int, _ kernels: Kernels
  ) {
    var product = DetectronProduct(
      batches: 1, rows: rows, columns: columns, outer: 1, inner: inner, a: left.start, a_batch: 0,
      a_row: inner, a_outer: 0, a_inner: 1, b: values.start, b_batch: 0, b_outer: 0,
      b_inner: columns, c: result.start, c_batch: 0, c_row: Self.size, bias: starts.start,
      gate: nil, gate_batch: 0, accumulate: 0, relu: 0)
    kernels.table.product(&product)
  }
}

/// The products of one row with those of a panel.
struct RowProducts {
  /// One a column.
  let values: UnsafeMutablePointer<Float>
  /// The largest.
  let largest: Float
}

/// The memory of a worker: rows that are searched for together, and their products with a panel.
struct RowBlock {
  /// Rows at most.
  static let size = 128

  private let rows = FloatBuffer(count: size * Dataset.rowLength)
  private let products = FloatBuffer(count: size * RowPanel.size)

  /// Copies rows of a data set.
  func load(_ indices: [Int], of data: Dataset) {
    precondition(data.rowWidth == Dataset.rowLength, "rows of \(data.rowWidth) numbers")
    for (place, index) in indices.enumerated() {
      for (sample, value) in data.row(index).enumerated() {
        rows.elements[place * Dataset.rowLength + sample] = value
      }
    }
  }

  func multiply(_ panel: RowPanel, rows count: Int, _ kernels: Kernels) {
    panel.multiply(rows, rows: count, into: products, inner: Dataset.rowLength, kernels)
  }

  /// The products of the row at a place; that with itself, if the panel holds it, never counts.
  func products(_ place: Int, of panel: RowPanel, without row: Int) -> RowProducts {
    let values = products.start + place * RowPanel.size
    if let column = panel.column(of: row) { values[column] = -.infinity }
    var largest = SIMD16<Float>(repeating: -.infinity)
    for column in stride(from: 0, to: panel.columns, by: 16) {
      let lane = UnsafeRawPointer(values + column).loadUnaligned(as: SIMD16<Float>.self)
      largest.replace(with: lane, where: lane .> largest)
    }
    return RowProducts(values: values, largest: largest.indices.map { largest[$0] }.max() ?? 0)
  }
}

extension RowPanel {
  /// Where a row stands; the rows of a panel are in ascending order.
  fileprivate func column(of row: Int) -> Int? {
    guard let first = rows.first, let last = rows.last, first <= row, row <= last else {
      return nil
    }
    var (low, high) = (0, rows.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return rows[low] == row ? low : nil
  }
}
