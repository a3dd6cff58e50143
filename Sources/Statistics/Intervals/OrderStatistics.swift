extension [Double] {
  /// The quantile by linear interpolation (Hyndman and Fan 1996, type 7, the default of NumPy); not a
  /// number where there are none. The numbers, none of which is NaN, are rearranged: two of them have
  /// to be found and not all be sorted.
  ///
  /// - Complexity: O(count) on average.
  mutating func quantile(_ share: Double) -> Double {
    guard let last = indices.last else { return .nan }
    let position = Swift.max(0, Swift.min(1, share)) * Double(last)
    let lower = Int(position)
    let value = withUnsafeMutableBufferPointer { $0.select(lower) }
    guard let upper = self[(lower + 1)...].min() else { return value }
    return value + (position - Double(lower)) * (upper - value)
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// The number that sorting would put at a place; smaller ones are put before it, larger ones
  /// behind. Hoare 1961, doi:10.1145/366622.366647, with the numbers that equal the pivot set apart.
  fileprivate func select(_ place: Int) -> Double {
    var (first, end) = (0, count)
    while end - first > 1 {
      let pivot = median(self[first], self[first + (end - first) / 2], self[end - 1])
      var (below, next, above) = (first, first, end)
      while next < above {
        if self[next] < pivot {
          swapAt(below, next)
          below += 1
          next += 1
        } else if self[next] > pivot {
          above -= 1
          swapAt(next, above)
        } else {
          next += 1
        }
      }
      if place < below {
        end = below
      } else if place >= above {
        first = above
      } else {
        return pivot
      }
    }
    return self[place]
  }

  private func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
  }
}
