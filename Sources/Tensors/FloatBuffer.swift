import Foundation

/// Zeroed floats that kernels work on: aligned to a cache line, with room behind the last
/// element that kernels may read.
///
/// Not synchronised: the training step that owns a buffer hands disjoint parts to its threads.
public final class FloatBuffer: @unchecked Sendable {
  /// Floats behind the last element that may be read.
  public static let slack = 64

  private static let hugePage = 1 << 21

  /// The first element.
  public let start: UnsafeMutablePointer<Float>
  /// The number of elements.
  public let count: Int

  /// Allocates `count` zeros.
  public init(count: Int) {
    self.count = count
    let size = Self.byteCount(count)
    let isLarge = size >= 2 * Self.hugePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: isLarge ? Self.hugePage : 64)
    // Walking through hundreds of megabytes, the translation of small pages costs as much as the
    // arithmetic. Only advice: where it is refused, nothing but time is lost.
    if isLarge { madvise(memory, size, MADV_HUGEPAGE) }
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    start = memory.assumingMemoryBound(to: Float.self)
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }

  /// Bytes that so many elements take.
  public static func byteCount(_ count: Int) -> Int {
    (count + slack) * MemoryLayout<Float>.stride
  }

  /// The elements, for reading and writing.
  public var elements: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: start, count: count)
  }

  /// The elements as an array.
  public var array: [Float] { Array(elements) }

  /// Copies as many elements as both sides have.
  public func assign(_ values: some Collection<Float>) {
    precondition(values.count == count, "\(values.count) values for a buffer of \(count)")
    _ = elements.update(fromContentsOf: values)
  }
}
