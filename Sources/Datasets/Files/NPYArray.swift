/// An array with a shape, as in numpy's npy files; row-major.
public struct NPYArray: Sendable, Equatable {
  /// The elements, in one of the kinds that are read and written.
  public enum Elements: Sendable, Equatable {
    /// Single precision, `<f4`; half precision is widened when it is read.
    case float32([Float])
    /// Double precision, `<f8`.
    case float64([Double])
    /// Small whole numbers, `<i2`; only written, read as `int64`.
    case int16([Int16])
    /// Whole numbers, `<i8`; narrower and unsigned kinds are widened when they are read.
    case int64([Int64])
    /// Texts, `<U`.
    case text([String])

    /// The number of elements.
    public var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int16(let values): values.count
      case .int64(let values): values.count
      case .text(let values): values.count
      }
    }
  }

  /// The length of each dimension.
  public let shape: [Int]
  /// The elements, the last dimension running fastest.
  public let elements: Elements

  /// Creates an array.
  ///
  /// - Parameter shape: By default one dimension.
  /// - Precondition: The shape has as many places as there are elements.
  public init(_ elements: Elements, shape: [Int]? = nil) {
    self.shape = shape ?? [elements.count]
    self.elements = elements
    precondition(
      self.shape.reduce(1, *) == elements.count,
      "shape \(self.shape) does not hold \(elements.count) elements")
  }

  /// The elements in single precision, or `nil` where they are texts; double precision and whole
  /// numbers are rounded.
  public var floats: [Float]? {
    switch elements {
    case .float32(let values): values
    case .float64(let values): values.map { Float($0) }
    case .int16(let values): values.map { Float($0) }
    case .int64(let values): values.map { Float($0) }
    case .text: nil
    }
  }

  /// The elements in double precision, or `nil` where they are texts.
  public var doubles: [Double]? {
    switch elements {
    case .float32(let values): values.map { Double($0) }
    case .float64(let values): values
    case .int16(let values): values.map { Double($0) }
    case .int64(let values): values.map { Double($0) }
    case .text: nil
    }
  }

  /// The elements as whole numbers, or `nil` where one of them is none.
  public var integers: [Int64]? {
    switch elements {
    case .int16(let values): return values.map { Int64($0) }
    case .int64(let values): return values
    case .text: return nil
    case .float32, .float64:
      let whole = (doubles ?? []).compactMap { Int64(exactly: $0) }
      return whole.count == elements.count ? whole : nil
    }
  }

  /// The elements as texts, whole numbers by their digits; `nil` for other numbers.
  var texts: [String]? {
    switch elements {
    case .text(let values): values
    case .int16(let values): values.map { "\($0)" }
    case .int64(let values): values.map { "\($0)" }
    case .float32, .float64: nil
    }
  }
}
