import Foundation
import Testing

/// What `scripts/soak-runs.sh` does for hours, as far as seconds go.
@Suite("Reports survive kills and power losses, and are the same everywhere", .serialized)
struct KillTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  /// A small full run below a folder, with one of the figures.
  private func report(_ place: String, _ options: [String] = []) throws -> [String] {
    let study = try write(
      """
      title: Small
      name: small
      tasks: [synthetic-binary]
      variants: [vanilla-mlp]
      recipes: [published]
      epochs: 1
      figures: [roc]
      """, to: "study.yml")
    return ["report", study] + output(place) + options
  }

  private func output(_ place: String) -> [String] {
    [
      "--store", "\(place)/store", "--report-dir", "\(place)/report", "--figures-dir",
      "\(place)/figures",
    ]
  }

  /// Report and figures below a folder, and the store as far as it is computed.
  private func results(_ place: String) throws -> [String: Data] {
    try files(place).filter { !$0.key.hasPrefix("cache") }
  }

  @Test("A run that is killed at any moment goes on by the same command, to the same report")
  func kills() throws {
    let environment = ["XDG_CACHE_HOME": path("killed/cache")]
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try Call(try report(path("first"))).status == 0)
    let whole = clock.now - start
    let expected = try results("first")
    #expect(expected.count > 30)
    var kills = 0
    for round in 1...3 {
      try remove("killed")
      // Spread over the run, no two rounds alike.
      for share in [round, round + 3].map({
        (Double($0) * 0.618).truncatingRemainder(dividingBy: 1)
      }) {
        let call = try Call(
          try report(path("killed")), environment: environment, killedAfter: whole * share)
        kills += call.status == SIGKILL ? 1 : 0
        #expect([0, SIGKILL].contains(call.status), "\(round), \(share)")
      }
      let call = try Call(try report(path("killed")), environment: environment)
      #expect(call.status == 0, "\(call.messages)")
      #expect(try results("killed") == expected, "\(round)")
    }
    #expect(try Call("store", "check", "--store", path("killed/store")).status == 0)
    #expect(kills > 2)
  }

  #if os(Linux)
    @Test("A report goes on after a loss of power at any operation, to the same bytes")
    func power() throws {
      let environment = ["XDG_CACHE_HOME": path("lost/cache")]
      let report = try report(path("lost"))
      #expect(try faulty(report, root: "lost", environment: environment).status == 0)
      let count = try operationCount()
      let expected = try results("lost")
      #expect(count > 200)
      for place in places(count, atMost: 3).dropFirst() {
        try remove("lost")
        let call = try faulty(report, root: "lost", at: place, .power, environment: environment)
        #expect(call.status == SIGKILL, "\(place): \(call.messages)")
        let again = try Call(report, environment: environment)
        #expect(again.status == 0, "\(place): \(again.messages)")
        #expect(try results("lost") == expected, "\(place)")
      }
    }

    @Test("A rename that no fsync of its folder followed is lost with the power")
    func lostRenames() throws {
      // The run's record is replaced; the last operations are the fsync of its folder and later ones.
      let run = [
        "run", "--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--epochs", "1",
      ]
      let store = ["--store", path("store"), "--name", "small"]
      #expect(try Call(run + store).status == 0)
      let take = ["runs", "name", "small", "other", "--store", path("store")]
      #expect(try faulty(take, root: "store").status == 0)
      let count = try operationCount()
      #expect(try Call("runs", "name", "other", "small", "--store", path("store")).status == 0)
      // Renamed, then brought to the disk: between the two the old name is what is left.
      #expect(try faulty(take, root: "store", at: count, .power).status == SIGKILL)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: path("store/runs")) == ["small.json"])
      #expect(try faulty(take, root: "store", at: count, .kill).status == SIGKILL)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: path("store/runs")) == ["other.json"])
    }

    @Test("A kill or a loss of power while a damaged cell is removed leaves one that is made again")
    func damagedCell() throws {
      let run = ["run"] + quickStudy
      #expect(try Call(run).status == 0)
      let expected = try files("store")
      let weights = try #require(expected.keys.first { $0.hasSuffix("weights.safetensors") })
      func damage() throws {
        var bytes = try #require(expected[weights])
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: folder.appending(path: "store/\(weights)"))
      }
      try damage()
      #expect(try faulty(run, root: "store").status == 0)
      let count = try operationCount()
      // The lock is opened; the cell loses its name, for good with the third; then its files go.
      let places = [Fault.kill: [2, 3, 4, 8, 12], .power: [3, 8, 13]]
      for fault in [Fault.kill, .power] {
        for place in Self.isSoak ? Array(1...count) : places[fault] ?? [] {
          try damage()
          #expect(try faulty(run, root: "store", at: place, fault).status == SIGKILL)
          let again = try Call(run)
          #expect(again.status == 0, "\(fault) \(place): \(again.messages)")
          #expect(try files("store") == expected, "\(fault) \(place)")
        }
      }
    }
  #endif

  @Test("One report in other directories, zones and locales, by one worker or two")
  func places() throws {
    // Two levels of four factors: every two levels of every two factors meet once.
    let trials = [[0, 0, 0, 0], [0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]]
    for (one, other) in (0..<4).flatMap({ one in (one + 1..<4).map { (one, $0) } }) {
      #expect(Set(trials.map { [$0[one], $0[other]] }).count == 4)
    }
    var reports: [[String: Data]] = []
    for trial in trials {
      let place = folder.appending(path: ["one", "another place/ü"][trial[0]])
      try? FileManager.default.removeItem(at: place)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let locale = ["C.UTF-8", "tr_TR.UTF-8"][trial[2]]
      let call = try Call(
        try report(".", ["--workers", "\(trial[3] + 1)"]),
        environment: [
          "TZ": ["UTC", "Pacific/Auckland"][trial[1]], "LC_ALL": locale, "LANG": locale,
          "XDG_CACHE_HOME": place.appending(path: "cache").path,
        ], folder: place)
      #expect(call.status == 0, "\(trial): \(call.messages)")
      reports.append(try results(["one", "another place/ü"][trial[0]]))
    }
    for (trial, report) in zip(trials, reports) { #expect(report == reports[0], "\(trial)") }
    #expect(reports[0].keys.contains("report/project_report.pdf"))
  }
}
