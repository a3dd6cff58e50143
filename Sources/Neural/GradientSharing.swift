/// Which gradients are the same memory: the gradient of a sum is that of each of its parts.
///
/// Nothing is copied then, and along a chain of residual units one gradient is added to from the
/// last unit to the first. A part joins only where no other use adds to its gradient while another
/// part is still to be read.
struct GradientSharing {
  /// For each storage, the one that holds its gradient.
  private(set) var owners: [Int]

  /// A storage whose gradient lives in shared memory, in operations: first written by the backward
  /// pass of one, read by that of its producer, added to by those of its other uses.
  private struct Member {
    let storage: Int
    let written: Int
    let read: Int
    let added: [Int]

    /// Whether something is added to this one while the other waits to be read.
    func disturbs(_ other: Member) -> Bool {
      added.contains { other.read <= $0 && $0 < other.written }
    }
  }

  init(_ operations: [any Operation], storages: [Storage], input: Int) {
    owners = Array(storages.indices)
    var producers = [[Int]](repeating: [], count: storages.count)
    var consumers = producers
    for (index, operation) in operations.enumerated() {
      producers[operation.output.storage].append(index)
      for value in operation.inputs { consumers[value.storage].append(index) }
    }
    var groups: [Int: [Member]] = [:]
    for (index, operation) in operations.enumerated().reversed() where operation is Summation {
      let sum = operation.output.storage
      guard storages[sum].needsGradient, !storages[sum].isFlat else { continue }
      for part in operation.inputs.map(\.storage) where part != input {
        guard let producer = producers[part].first, producers[part].count == 1,
          consumers[part].last == index, consumers[part].filter({ $0 == index }).count == 1,
          storages[part].needsGradient, !storages[part].isFlat
        else { continue }
        let others = consumers[part].dropLast()
        // Somebody has to apply the gate of a rectified part: who adds to its gradient does.
        guard
          !storages[part].isRectified || others.contains(where: { operations[$0] is Convolution })
        else { continue }
        let member = Member(storage: part, written: index, read: producer, added: Array(others))
        let group = groups[owners[sum], default: []]
        guard group.allSatisfy({ !$0.disturbs(member) && !member.disturbs($0) }) else { continue }
        owners[part] = owners[sum]
        groups[owners[sum]] = group + [member]
      }
    }
  }

  /// The storages, those that share a gradient with the same zeros around it.
  func padded(_ storages: [Storage]) -> [Storage] {
    var halos = storages.map(\.gradientHalo)
    for (storage, owner) in owners.enumerated() {
      halos[owner].cover(storages[storage].gradientHalo)
    }
    return storages.indices.map { index in
      var storage = storages[index]
      storage.gradientHalo = halos[owners[index]]
      return storage
    }
  }
}
