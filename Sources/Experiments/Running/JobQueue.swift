import Foundation

/// Hands open cells to workers: each when all that it needs is finished and the memory that it takes
/// is free, first the one that the longest way leads on from: its own work and that of what builds on
/// it, one after another. One that takes more than there is runs alone.
final class JobQueue: @unchecked Sendable {
  /// What became of a cell.
  enum Outcome {
    case finished
    case failed(String)
  }

  private let condition = NSCondition()
  private let needs: [String: Int]
  // Guarded by the condition.
  private var waiting: [CellJob]
  private var running: Set<String> = []
  private var freeBytes: Int
  private var failed: [String: CellName] = [:]
  private var failures: [CellName: String] = [:]
  private var isCancelled = false

  /// - Parameters:
  ///   - open: Cells that are not in the store; what they build on is among them or finished.
  ///   - needs: Bytes that each of them takes, by its key; none where it is not named.
  ///   - memory: Bytes that there are.
  init(_ open: [CellJob], needs: [String: Int] = [:], memory: Int = .max) {
    self.needs = needs
    freeBytes = memory
    var ways = LongestWays(open)
    waiting = open.map { (job: $0, way: ways.cost(from: $0)) }.enumerated().sorted { left, right in
      (right.element.way, left.offset) < (left.element.way, right.offset)
    }.map(\.element.job)
  }

  /// The next cell; waits while others have to finish first, `nil` when none is left.
  func next() -> CellJob? {
    condition.lock()
    defer { condition.unlock() }
    while !isCancelled {
      if let place = waiting.firstIndex(where: isReady) {
        let job = waiting.remove(at: place)
        running.insert(job.key)
        freeBytes -= bytes(of: job)
        return job
      }
      if waiting.isEmpty || running.isEmpty { return nil }
      condition.wait()
    }
    return nil
  }

  /// Says what became of a cell; whatever needs a failed one fails too and is returned.
  func end(_ job: CellJob, _ outcome: Outcome) -> [(job: CellJob, message: String)] {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    running.remove(job.key)
    freeBytes += bytes(of: job)
    guard case .failed(let message) = outcome else { return [] }
    failed[job.key] = job.name
    failures[job.name] = message
    var lost: [(job: CellJob, message: String)] = []
    while let place = waiting.firstIndex(where: { $0.parents.contains { failed[$0] != nil } }) {
      let job = waiting.remove(at: place)
      let parent = job.parents.compactMap { failed[$0] }.first.map { "\($0)" } ?? ""
      let message = "\(ExperimentsError.parentFailed(parent))"
      failed[job.key] = job.name
      failures[job.name] = message
      lost.append((job, message))
    }
    return lost
  }

  /// Hands out nothing more.
  func cancel() {
    condition.lock()
    isCancelled = true
    condition.broadcast()
    condition.unlock()
  }

  /// The messages of the cells that failed.
  var messages: [CellName: String] { condition.withLock { failures } }

  private func bytes(of job: CellJob) -> Int { needs[job.key] ?? 0 }

  private func isReady(_ job: CellJob) -> Bool {
    guard running.isEmpty || bytes(of: job) <= freeBytes else { return false }
    return !job.parents.contains { parent in
      running.contains(parent) || waiting.contains { $0.key == parent }
    }
  }
}

/// What is still to be computed, one cell after another, on the longest way that begins with a cell.
private struct LongestWays {
  private let children: [String: [CellJob]]
  private var known: [String: Int] = [:]

  init(_ jobs: [CellJob]) {
    children = jobs.reduce(into: [:]) { children, job in
      for parent in job.parents { children[parent, default: []].append(job) }
    }
  }

  mutating func cost(from job: CellJob) -> Int {
    if let cost = known[job.key] { return cost }
    var longest = 0
    for child in children[job.key] ?? [] { longest = max(longest, cost(from: child)) }
    known[job.key] = job.expectedCost + longest
    return job.expectedCost + longest
  }
}
