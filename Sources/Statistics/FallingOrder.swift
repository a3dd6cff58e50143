/// The rows by falling score, those of equal score by row, each marked as positive or not.
///
/// Ranking is most of the work of an area under a curve. Rows are sorted by the 26 highest bits in
/// which their scores differ, two digits of a radix sort, O(rows); where neighbours differ only
/// below these, they are sorted by the rest.
struct FallingOrder {
  /// A row with the highest bits of a number that grows as the score falls.
  struct Element {
    let key: UInt32
    fileprivate let bits: UInt32

    var row: Int { Int(bits >> 1) }
    var isPositive: Bool { bits & 1 != 0 }
  }

  private static let digitBits = 13

  /// Highest score first.
  private(set) var elements: [Element]
  /// The whole numbers of the rows.
  private let keys: [UInt64]

  /// Sorts rows by `score`, which must not be NaN.
  ///
  /// - Precondition: There are fewer than 2³¹ rows.
  @inline(__always)
  init(count: Int, score: (Int) -> Double, isPositive: (Int) -> Bool) {
    precondition(count < 1 << 31, "\(count) rows are too many to rank")
    var (lowest, highest) = (UInt64.max, UInt64.min)
    let keys = [UInt64](unsafeUninitializedCapacity: count) { keys, initialized in
      for row in 0..<count {
        let key = Self.key(score(row))
        (lowest, highest) = (min(lowest, key), max(highest, key))
        keys[row] = key
      }
      initialized = count
    }
    self.keys = keys
    let range = count == 0 ? 0 : highest - lowest
    let shift = UInt64(max(0, 64 - 2 * Self.digitBits - range.leadingZeroBitCount))
    elements = [Element](unsafeUninitializedCapacity: count) { elements, initialized in
      for row in 0..<count {
        elements[row] = Element(
          key: UInt32(truncatingIfNeeded: (keys[row] - lowest) >> shift),
          bits: UInt32(row) << 1 | (isPositive(row) ? 1 : 0))
      }
      initialized = count
    }
    sortByHighBits()
    if shift > 0 { sortByLowBits() }
  }

  /// Whether the next element has a lower score, or there is none.
  @inline(__always)
  func endsTie(at index: Int) -> Bool {
    guard index + 1 < elements.count, elements[index].key == elements[index + 1].key else {
      return true
    }
    return keys[elements[index].row] != keys[elements[index + 1].row]
  }

  /// The bits of a number are in order of size if the sign is turned, those of negative numbers if
  /// all bits are; inverted, the highest number comes first.
  private static func key(_ score: Double) -> UInt64 {
    let bits = score == 0 ? 0 : score.bitPattern
    return bits >> 63 == 1 ? bits : ~(bits | 1 << 63)
  }

  private mutating func sortByHighBits() {
    let mask = UInt32(1) << UInt32(Self.digitBits) - 1
    var spare = elements
    for shift in [0, UInt32(Self.digitBits)] {
      var starts = [Int32](repeating: 0, count: 1 << Self.digitBits)
      starts.withUnsafeMutableBufferPointer { starts in
        for element in elements { starts[Int(element.key >> shift & mask)] &+= 1 }
        var sum: Int32 = 0
        for value in starts.indices { (starts[value], sum) = (sum, sum &+ starts[value]) }
        spare.withUnsafeMutableBufferPointer { spare in
          for element in elements {
            let value = Int(element.key >> shift & mask)
            spare[Int(starts[value])] = element
            starts[value] &+= 1
          }
        }
      }
      swap(&elements, &spare)
    }
  }

  /// Sorts runs of rows that agree in their high bits and not in all.
  private mutating func sortByLowBits() {
    var start = 0
    while start < elements.count {
      var end = start + 1
      while end < elements.count, elements[end].key == elements[start].key { end += 1 }
      let first = keys[elements[start].row]
      if end > start + 1, elements[start..<end].contains(where: { keys[$0.row] != first }) {
        let keys = keys
        elements[start..<end].sort {
          (keys[$0.row], $0.bits) < (keys[$1.row], $1.bits)
        }
      }
      start = end
    }
  }
}
