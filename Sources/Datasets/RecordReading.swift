internal import Dispatch
internal import Synchronization

/// Reads the records of a database two at a time, whatever the machine: each holds a decoded record
/// of some megabytes.
enum RecordReading {
  /// Reads `count` parts and hands them on in order; each is let go of once it is taken.
  ///
  /// - Throws: What `read` throws first, by order of the parts.
  static func inOrder<Part: Sendable>(
    _ count: Int, _ read: @Sendable (_ index: Int) throws(DatasetsError) -> Part,
    take: (_ index: Int, _ part: Part) -> Void
  ) throws(DatasetsError) {
    let parts = Mutex([Result<Part, DatasetsError>?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      for index in stride(from: worker, to: count, by: 2) {
        let part = Result { () throws(DatasetsError) in try read(index) }
        parts.withLock { $0[index] = part }
      }
    }
    for index in 0..<count {
      guard let part = try parts.withLock({ $0[index].take() })?.get() else { continue }
      take(index, part)
    }
  }
}
