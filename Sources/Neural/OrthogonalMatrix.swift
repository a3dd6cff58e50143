import Tensors

/// A random matrix with orthonormal rows or columns, whichever are fewer.
///
/// The orthogonal factor of a matrix of normal variates, its columns given the signs of the
/// triangular factor's diagonal, so that it is uniform among all such matrices (and as Keras has
/// it). Source: Saxe et al., doi:10.48550/arXiv.1312.6120; signs: Mezzadri,
/// doi:10.48550/arXiv.math-ph/0609050.
func orthogonalMatrix(rows: Int, columns: Int, random: consuming RandomStream) -> [Float] {
  let (long, short) = (max(rows, columns), min(rows, columns))
  let normal = (0..<short).map { _ in (0..<long).map { _ in random.nextNormal() } }
  let factor = orthogonalFactor(columns: normal)
  return (0..<rows * columns).map { index in
    let (row, column) = (index / columns, index % columns)
    return Float(rows < columns ? factor[row][column] : factor[column][row])
  }
}

/// The columns of the orthogonal factor, by reflections (Householder, doi:10.1145/320941.320947).
private func orthogonalFactor(columns: [[Double]]) -> [[Double]] {
  var work = columns
  var reflections: [[Double]] = []
  var signs: [Double] = []
  for (index, _) in columns.enumerated() {
    var normal = work[index]
    for row in 0..<index { normal[row] = 0 }
    let length = dot(normal, normal).squareRoot()
    // Away from the axis, so that nothing cancels; the diagonal then has the other sign.
    let diagonal = normal[index] > 0 ? -length : length
    signs.append(diagonal < 0 ? -1 : 1)
    normal[index] -= diagonal
    let scale = 1 / dot(normal, normal).squareRoot()
    for row in index..<normal.count { normal[row] *= scale }
    reflections.append(normal)
    for column in index + 1..<max(index + 1, columns.count) { reflect(&work[column], by: normal) }
  }
  return columns.indices.map { index in
    var column = [Double](repeating: 0, count: columns[index].count)
    column[index] = signs[index]
    for reflection in reflections.reversed() { reflect(&column, by: reflection) }
    return column
  }
}

private func reflect(_ vector: inout [Double], by normal: [Double]) {
  let distance = 2 * dot(vector, normal)
  for index in vector.indices { vector[index] -= distance * normal[index] }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
