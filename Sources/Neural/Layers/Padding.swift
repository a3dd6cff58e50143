/// How a convolution or a pooling treats the ends of a row.
public enum Padding: Sendable, Hashable {
  /// Only where all taps meet samples: `L − (kernel − 1)·dilation` positions.
  case valid
  /// Padding around the row: `⌈L / stride⌉` positions; of an odd number one more at the end.
  case same
  /// So many samples before and after the row.
  case explicit(before: Int, after: Int)

  /// The samples around a row of `length` for taps that reach `reach` beyond the first one.
  func halo(length: Int, reach: Int, stride: Int) -> Halo {
    switch self {
    case .valid: return Halo()
    case .explicit(let before, let after):
      precondition(
        before >= 0 && after >= 0, "a padding of \(before) and \(after) samples is negative")
      return Halo(before: before, after: after)
    case .same:
      let positions = (length + stride - 1) / stride
      let total = max(0, (positions - 1) * stride + reach + 1 - length)
      return Halo(before: total / 2, after: total - total / 2)
    }
  }
}
