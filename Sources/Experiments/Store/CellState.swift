import Foundation

/// Where a cell of a run stands.
public enum CellState: Sendable, Equatable {
  /// It is in the store.
  case finished
  /// A training of it has begun; so many of its epochs are kept.
  case underWay(epochs: Int)
  /// Its last training failed.
  case failed(String)
  /// Nothing of it is there.
  case open
}

extension RunStore {
  /// Where a cell of a run stands; changes nothing.
  public func state(of cell: RunRecord.Cell) -> CellState {
    if contains(cell.key) { return .finished }
    if let file = try? checkpoint(cell.key) {
      return .underWay(epochs: file.checkpoint.history.count)
    }
    return cell.failure.map { .failed($0) } ?? .open
  }

  /// Whether a process holds the store's lock.
  public var isInUse: Bool {
    guard FileManager.default.fileExists(atPath: "\(root)/lock") else { return false }
    do throws(ExperimentsError) {
      let lock = try StoreLock(root: root) { false }
      withExtendedLifetime(lock) {}
      return false
    } catch {
      if case .storeIsLocked = error { return true }
      return false
    }
  }
}
