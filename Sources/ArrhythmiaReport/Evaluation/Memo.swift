import Synchronization

/// Values that are worked out when they are first asked for and kept: many tables and sentences say
/// the same number.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let values = Mutex<[Key: Value]>([:])

  /// The value of a key. Who asks at the same time may work it out too, to the same result.
  func value(of key: Key, _ work: () -> Value) -> Value {
    if let known = values.withLock({ $0[key] }) { return known }
    let value = work()
    values.withLock { $0[key] = value }
    return value
  }
}

/// A value that is worked out once, when it is first asked for.
final class Lazy<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let work: @Sendable () -> Value

  init(_ work: @escaping @Sendable () -> Value) { self.work = work }

  /// The value; who asks meanwhile waits for it.
  var wrapped: Value {
    value.withLock { value in
      if let value { return value }
      let made = work()
      value = made
      return made
    }
  }
}
