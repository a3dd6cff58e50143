import Foundation

/// Getting damaged files out of the way where no run makes them again.
extension RunStore {
  /// Moves whatever is not what was written into the folder `damaged` of the store, where nobody reads
  /// it: what cannot be read by the program may still mean something to a person. The store is whole
  /// after that, and the next run makes what it can.
  ///
  /// What only cannot be read stays where it is.
  ///
  /// - Parameters:
  ///   - waits: Whether to wait for another process that works on the store.
  ///   - isDryRun: Whether to say only what would be moved.
  /// - Returns: What was moved and where to, by path from the root of the store.
  public func setAsideDamaged(
    waits: Bool, isDryRun: Bool = false
  ) throws(ExperimentsError) -> [(path: String, place: String)] {
    guard FileManager.default.fileExists(atPath: root) else { return [] }
    if isDryRun { return try damagedPlaces() }
    let lock = try StoreLock(root: root) { waits }
    defer { withExtendedLifetime(lock) {} }
    try prepare()
    let moves = try damagedPlaces()
    guard !moves.isEmpty else { return [] }
    try makeFolder("\(root)/damaged")
    for (path, place) in moves {
      try move("\(root)/\(path)", to: "\(root)/\(place)")
    }
    return moves
  }

  /// What is damaged, each once, with a free name among what was set aside before.
  private func damagedPlaces() throws(ExperimentsError) -> [(path: String, place: String)] {
    var taken = Set(try names(in: "damaged", ifThere: true))
    var moves: [(path: String, place: String)] = []
    for obstacle in try check().problems.compactMap(\.obstacle) {
      let path = String(obstacle.dropFirst(root.count + 1))
      // A folder goes with all that is in it.
      if moves.contains(where: { path == $0.path || path.hasPrefix("\($0.path)/") }) { continue }
      let name = path.replacing("/", with: "-")
      let names = [name] + (2...taken.count + 2).map { "\(name)-\($0)" }
      let free = names.first { !taken.contains($0) } ?? name
      taken.insert(free)
      moves.append((path, "damaged/\(free)"))
    }
    return moves
  }
}
