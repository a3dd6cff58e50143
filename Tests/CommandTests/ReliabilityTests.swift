import Foundation
import Synchronization
import Testing

@Suite("Runs survive what disks and people do", .serialized)
struct ReliabilityTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  private func study(_ store: String) -> [String] {
    [
      "--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--epochs", "1", "--name",
      "small", "--store", path(store),
    ]
  }

  /// A store opens and is what was written, or is not there yet.
  private func expectWhole(_ store: String, _ comment: Comment) throws {
    guard FileManager.default.fileExists(atPath: path("\(store)/runs")) else { return }
    let check = try Call("store", "check", "--store", path(store))
    #expect(check.status == 0, comment)
    #expect(check.output.isEmpty, comment)
  }

  #if os(Linux)
    @Test("A store opens after a failure of any operation, and the same command completes it")
    func everyOperation() throws {
      #expect(try Call(["run"] + study("store")).status == 0)
      #expect(
        try Call("export", "small", "--store", path("store"), "--to", path("results")).status == 0)
      let take = ["import", path("results"), "--store", path("taken")]
      #expect(try faulty(take, root: "taken").status == 0)
      let count = try operationCount()
      let expected = try files("taken")
      #expect(count > 30 && expected.count > 5)
      for fault in [Fault.full, .error, .power] {
        for place in places(count, atMost: 7) {
          try remove("taken")
          let call = try faulty(take, root: "taken", at: place, fault)
          if fault == .power {
            #expect(call.status == SIGKILL, "\(place)")
          } else if call.status != 0 {
            #expect([73, 74].contains(call.status), "\(fault) \(place): \(call.messages)")
            #expect(call.messages.contains(path("taken")), "\(fault) \(place): \(call.messages)")
          }
          try expectWhole("taken", "\(fault) \(place)")
          let again = try Call(take)
          #expect(again.status == 0, "\(fault) \(place): \(again.messages)")
          #expect(try files("taken") == expected, "\(fault) \(place)")
        }
      }
    }

    @Test("A run goes on after a failure of any operation, to the same bytes")
    func everyOperationOfARun() throws {
      let run = ["run"] + study("run")
      #expect(try faulty(run, root: "run").status == 0)
      let count = try operationCount()
      let expected = try files("run")
      let places = places(count, atMost: 5)
      let faults = [Fault.power, .full, .error]
      let trials =
        Self.isSoak
        ? places.flatMap { place in faults.map { (place, $0) } }
        : Array(zip(places, faults.cycled))
      #expect(!Self.isSoak || trials.count >= 3 * count)
      for (place, fault) in trials {
        try remove("run")
        let call = try faulty(run, root: "run", at: place, fault)
        let ends = fault == .power ? [SIGKILL] : [0, 73, 74]
        #expect(ends.contains(call.status), "\(fault) \(place): \(call.messages)")
        try expectWhole("run", "\(fault) \(place)")
        #expect(try Call(run).status == 0, "\(fault) \(place)")
        #expect(try files("run") == expected, "\(fault) \(place)")
      }
    }

    @Test(
      "A file that the disk does not hand out ends with 74 and its name, and nothing is removed")
    func unreadable() throws {
      let run = ["run"] + study("read")
      #expect(try Call(run).status == 0)
      let expected = try files("read")
      for name in ["weights.safetensors", "manifest.json", "robustness.json", ".audit.json"] {
        let file = try #require(expected.keys.first { $0.hasSuffix(name) }, "\(name)")
        // Touched, so that it is read again.
        try expected[file]?.write(to: folder.appending(path: "read/\(file)"))
        let call = try Call(
          run,
          environment: disk("read").merging(["FAULT_READ": name]) { $1 })
        #expect(call.status == 74, "\(name): \(call.messages)")
        #expect(call.messages.contains(path("read/\(file)")), "\(name): \(call.messages)")
        #expect(try files("read") == expected, "\(name)")
      }
      let again = try Call(run)
      #expect(again.status == 0 && !again.messages.contains(": training"), "\(again.messages)")
      #expect(try files("read") == expected)
    }
  #endif

  @Test(
    "A process that waits for the store ends by a signal, and does not wait where it shall not",
    arguments: [SIGINT, SIGTERM])
  func signals(number: Int32) throws {
    #expect(try Call(["run"] + study("held")).status == 0)
    let lock = open(path("held/lock"), O_RDWR)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let another = ["run"] + study("held") + ["--seeds", "2"]
    let refused = try Call(another + ["--no-wait"])
    #expect(refused.status == 75)
    #expect(refused.messages.contains("another process works on the store"))
    let call = try Call(another, signal: number, onceSaid: "Waiting")
    #expect(call.endedBySignal == false && call.status == 128 + number, "\(call.messages)")
  }

  @Test("What the store knows of data besides its rows is made again where it is damaged")
  func derivedFiles() throws {
    let run = ["run"] + study("derived")
    #expect(try Call(run).status == 0)
    let expected = try files("derived")
    let derived = expected.keys.filter {
      $0.hasSuffix(".audit.json") || $0.hasSuffix(".parts.json")
    }
    #expect(derived.count == 2)
    for file in derived { try Data("{".utf8).write(to: folder.appending(path: "derived/\(file)")) }
    let check = try Call("store", "check", "--store", path("derived"))
    #expect(check.status == 65)
    for file in derived { #expect(check.output.contains(file), "\(check.output)") }
    #expect(try Call(run).status == 0)
    #expect(try files("derived") == expected)
  }

  @Test("Processes on one store wait for each other; nothing is trained twice, nothing torn")
  func manyProcesses() throws {
    let count = Self.isSoak ? 8 : 3
    let calls = Mutex<[Call]>([])
    DispatchQueue.concurrentPerform(iterations: count) { _ in
      if let call = try? Call(["run"] + study("shared")) { calls.withLock { $0.append(call) } }
    }
    let all = calls.withLock(\.self)
    #expect(all.count == count && all.allSatisfy { $0.status == 0 })
    #expect(Set(all.map(\.output)).count == 1)
    let begun = all.flatMap { $0.messages.split(separator: "\n") }.filter {
      $0.hasSuffix(": training")
    }
    #expect(begun.count == 1)
    #expect(try Call("store", "check", "--store", path("shared")).status == 0)
  }
}

extension Array {
  /// The elements again and again.
  fileprivate var cycled: some Sequence<Element> {
    (0...).lazy.map { self[$0 % count] }
  }
}
