/// Finds the inputs in which the trainings of two runs differ.
struct CauseFinder {
  private let old: RunSide
  private let new: RunSide

  init(_ old: RunSide, _ new: RunSide) {
    (self.old, self.new) = (old, new)
  }

  /// Every cause once, by kind and input.
  ///
  /// Cells are held against each other by seed and fold; where no seed is common, in their order.
  func causes(_ old: TrainingGroup, _ new: TrainingGroup, isSame: Bool) throws -> [ChangeCause] {
    guard !old.cells.isEmpty, !new.cells.isEmpty else { return [] }
    var found: Set<ChangeCause> = []
    if old.seeds != new.seeds {
      found.insert(
        ChangeCause(.seed, "seeds", old: Self.list(old.seeds), new: Self.list(new.seeds)))
    }
    let pairs = Self.pairs(old, new)
    for (one, other) in pairs where one.key != other.key {
      var seen: Set<[String]> = []
      found.formUnion(try causes(one.key, other.key, seen: &seen))
    }
    if !isSame, found.isEmpty {
      for (one, other) in pairs { found.formUnion(try makerCauses(one.key, other.key)) }
    }
    return found.sorted {
      ($0.kind, $0.input, $0.old ?? "", $0.new ?? "")
        < ($1.kind, $1.input, $1.old ?? "", $1.new ?? "")
    }
  }

  private static func list(_ seeds: [Int]) -> String {
    seeds.map(String.init).joined(separator: ", ")
  }

  private static func pairs(
    _ old: TrainingGroup, _ new: TrainingGroup
  ) -> [(RunRecord.Cell, RunRecord.Cell)] {
    let common = old.seeds.filter(new.seeds.contains)
    let seeds = common.isEmpty ? Array(zip(old.seeds, new.seeds)) : common.map { ($0, $0) }
    return seeds.flatMap { oldSeed, newSeed in
      old.cells.filter { $0.seed == oldSeed }.compactMap { cell in
        new.cells.first { $0.seed == newSeed && $0.fold == cell.fold }.map { (cell, $0) }
      }
    }
  }

  /// What differs between two cells, and between those that they build on.
  private func causes(
    _ oldKey: String, _ newKey: String, seen: inout Set<[String]>
  ) throws -> [ChangeCause] {
    guard oldKey != newKey, seen.insert([oldKey, newKey]).inserted else { return [] }
    guard let one = inputs(oldKey, in: old), let other = inputs(newKey, in: new) else {
      return [ChangeCause(.program, "description", old: oldKey, new: newKey)]
    }
    let networks = networkCauses(oldKey, newKey)
    var causes = networks
    // Of two variants every setting may differ: that they are two says it all, but for the data.
    let isOther = one.identity.variant != other.identity.variant
    for change in other.changes(since: one) where change.input != "seed" {
      guard !isOther || ["variant", "dataFingerprint"].contains(change.input) else { continue }
      if let kind = ChangeKind(input: change.input) {
        if change.input == "dataFingerprint", let old = change.old, let new = change.new {
          causes += try DataChange(old: self.old, new: self.new).causes(old, new)
        } else {
          causes.append(
            ChangeCause(
              change.input == "variantVersion" && !networks.isEmpty ? .architecture : kind,
              change.input, old: change.old, new: change.new))
        }
      } else if change.input.hasPrefix("parents."), let old = change.old, let new = change.new {
        let name = inputs(new, in: self.new)?.identity.variant ?? "parent"
        causes += try self.causes(old, new, seen: &seen).map { $0.below(name) }
      }
    }
    return causes + (try memberCauses(one, other, seen: &seen))
  }

  /// What is known to differ between the networks of two cells. The source of a variant may change
  /// without them, and is then a part of the program like any other.
  private func networkCauses(_ oldKey: String, _ newKey: String) -> [ChangeCause] {
    let facts = [(old, oldKey), (new, newKey)].compactMap { side, key in
      // Of ensembles and of what was trained elsewhere no size is known.
      side.record.cells.first {
        $0.key == key && ![.ensemble, .imported].contains($0.kind)
      }?.variant
    }
    guard facts.count == 2 else { return [] }
    return [
      ("parameters", facts[0].parameters, facts[1].parameters),
      ("multiplyAdds", facts[0].multiplyAdds, facts[1].multiplyAdds),
    ].filter { $0.1 != $0.2 }.map {
      ChangeCause(.architecture, $0.0, old: "\($0.1)", new: "\($0.2)")
    }
  }

  /// What differs between the cells that two ensembles chose their members from: each is held against
  /// the one of its name, else of its variant and recipe.
  private func memberCauses(
    _ one: CellInputs, _ other: CellInputs, seen: inout Set<[String]>
  ) throws -> [ChangeCause] {
    var causes: [ChangeCause] = []
    var olds = one.members(of: old)
    var added: [String] = []
    for member in other.members(of: new) {
      let match =
        olds.firstIndex { $0.name == member.name } ?? olds.firstIndex { $0.kind == member.kind }
      guard let match else {
        added.append(member.name)
        continue
      }
      let partner = olds.remove(at: match)
      causes += try self.causes(partner.key, member.key, seen: &seen).map {
        $0.below(member.name)
      }
    }
    guard !olds.isEmpty || !added.isEmpty else { return causes }
    let removed = olds.map(\.name).joined(separator: ", ")
    return causes + [
      ChangeCause(
        .architecture, "members", old: removed.isEmpty ? nil : removed,
        new: added.isEmpty ? nil : added.joined(separator: ", "))
    ]
  }

  private func inputs(_ key: String, in side: RunSide) -> CellInputs? {
    (try? side.store.read(CellFile.description, cell: key)).flatMap { CellInputs($0) }
  }

  /// The same inputs gave other bytes: what is known of the machines.
  private func makerCauses(
    _ oldKey: String, _ newKey: String
  ) throws(ExperimentsError) -> [ChangeCause] {
    let one = try old.store.maker(of: oldKey, in: old.record)
    let other = try new.store.maker(of: newKey, in: new.record)
    guard let one, let other else {
      return [ChangeCause(.environment, "environment", old: one?.summary, new: other?.summary)]
    }
    let changes = zip(one.facts, other.facts).filter { $0.1 != $1.1 }
    guard !changes.isEmpty else {
      return [ChangeCause(.environment, "none that is recorded", old: nil, new: nil)]
    }
    return changes.map { ChangeCause(.environment, $0.0, old: $0.1, new: $1.1) }
  }
}

/// A cell that an ensemble chose its members from.
private struct Member {
  let name: String
  let key: String
  /// Its variant and recipe, without a bound on the epochs; its name where it cannot be read.
  let kind: [String]
}

extension CellInputs {
  /// The cells that an ensemble chose its members from, by name; none for another cell.
  fileprivate func members(of side: RunSide) -> [Member] {
    values.keys.sorted().compactMap { path in
      guard path.hasPrefix("candidates."), path.hasSuffix(".key"), let key = values[path],
        let name = values["\(path.dropLast("key".count))name"]
      else { return nil }
      let identity = (try? side.store.read(CellFile.description, cell: key))
        .flatMap { CellInputs($0)?.identity }
      return Member(
        name: name, key: key, kind: identity.map { [$0.variant, $0.recipe] } ?? [name])
    }
  }
}

extension Maker {
  /// What may differ between two machines, by name, always in this order.
  fileprivate var facts: [(String, String)] {
    [
      ("program", program), ("commit", commit ?? "unknown"), ("sources", sources),
      ("compiler", compiler), ("system", system), ("processor", processor),
      ("instruction set", instructionSet),
    ]
  }

  fileprivate var summary: String { "\(system), \(processor), \(instructionSet)" }
}
