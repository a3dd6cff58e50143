import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Stored files that hold their own hash")
struct SealedFileTests {
  private struct Values: Codable, Equatable {
    var numbers = [1, 2, 3]
    var text = "seventeen"
  }

  @Test("A change of any byte of a file is noticed, and what was written is read")
  func everyByte() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let path = "\(folder.path)/values.json"
    try store.write(sealed: Values(), to: path)
    let whole = try store.contents(path)
    #expect(try store.decode(path) == Values())
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= 1
      try Data(bytes).write(to: URL(filePath: path))
      #expect(throws: ExperimentsError.self, "\(place)") { try store.decode(path) as Values }
      // Without its last line feed it is whole.
      try Data(whole.prefix(max(0, place - 1))).write(to: URL(filePath: path))
      #expect(throws: ExperimentsError.self, "\(place)") { try store.decode(path) as Values }
    }
    // As any other program makes the hash: of the text without its line.
    let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n")
    let text = lines.dropLast(2).joined(separator: "\n").dropLast() + "\n}\n"
    #expect(lines[lines.count - 2] == "  \"sha256\" : \"\(Hash.sha256(Array(text.utf8)))\"")
  }

  @Test("A hash that is not in its place is no reason to believe a file")
  func movedHash() throws {
    let whole = String(decoding: try SealedJSON.encode(Values()), as: UTF8.self)
    #expect(SealedJSON.isWhole(Array(whole.utf8)))
    let lines = whole.split(separator: "\n").map(String.init)
    let moved = [
      whole + "\n", whole.replacing("  \"", with: "    \""), whole.replacing("\n", with: ""),
      whole.replacing("\n", with: "\r\n"), String(whole.dropLast()),
      ([lines[0], lines[lines.count - 2] + ","] + lines[1..<lines.count - 3] + [
        String(lines[lines.count - 3].dropLast()), "}\n",
      ]).joined(separator: "\n"),
    ]
    for text in moved {
      #expect(!SealedJSON.isWhole(Array(text.utf8)), "\(text)")
      let changed = text.replacing("seventeen", with: "seventy")
      #expect(!SealedJSON.isWhole(Array(changed.utf8)), "\(text)")
    }
    // Members of members, values and other names are none.
    for text in [
      #"{"a": {"sha256": "x"}}"#, #"[{"sha256": "x"}]"#, #"{"a": "sha256"}"#, #"{"a": "\"sha256"}"#,
      #"{"sha2560": 1, "b": "sha256\\"}"#, "{", "\"", "\"sha256\":", "",
    ] { #expect(SealedJSON.isWhole(Array(text.utf8)), "\(text)") }
    #expect(!SealedJSON.isWhole(Array(#"{"a": ["}"], "sha256" : "x", "b": 1}"#.utf8)))
  }

  /// A run with what lies beside its cells.
  private func run(in store: RunStore, _ log: EventLog = EventLog()) throws -> RunRecord {
    var study = smallStudy
    (study.variants, study.maximumEpochs) = (["vanilla-mlp"], 1)
    let environment = RunEnvironment(
      program: "1", commit: nil, sources: "s", compiler: "c", system: "y", processor: "p", cores: 2,
      instructionSet: "portable", drawing: [:], finished: "now")
    return try StudyRunner(
      study: study, store: store, data: [TaskData(smallData)], workers: 1,
      environment: { environment }
    ).run(events: log.take)
  }

  /// All digits of a JSON text that are no part of a name.
  private func digits(of bytes: Data) -> [Int] {
    bytes.indices.filter { (UInt8(ascii: "1")...UInt8(ascii: "8")).contains(bytes[$0]) }
  }

  @Test("A changed digit in any file beside the cells is found; the next run makes it again")
  func heals() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let record = try run(in: store)
    #expect(try store.check().problems.isEmpty)
    let results = try store.results(of: record)
    for file in DataFile.allCases where store.has(file, smallData.fingerprint) {
      let path = store.path(file, smallData.fingerprint)
      let whole = try #require(FileManager.default.contents(atPath: path))
      let places = digits(of: whole)
      for place in stride(from: 0, to: places.count, by: max(1, places.count / 5)) {
        var bytes = whole
        bytes[places[place]] += 1
        try bytes.write(to: URL(filePath: path))
        #expect(try store.check().problems.map(\.path) == [path])
      }
      // What the report needs is named where it is read.
      if [.summary, .audit].contains(file) {
        #expect(
          throws: ExperimentsError.damagedStore(path: path, problem: "it is not what was written")
        ) { try store.results(of: record) }
      }
      let log = EventLog()
      _ = try run(in: store, log)
      #expect(log.started.isEmpty && log.notes.contains { $0.contains(path) }, "\(path)")
      #expect(FileManager.default.contents(atPath: path) == whole, "\(path)")
    }
    #expect(try store.results(of: record) == results && store.check().problems.isEmpty)
  }

  @Test("A changed digit in what was measured is found and named, and costs no training")
  func measured() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let record = try run(in: store)
    let key = record.cells[0].key
    let paths = [
      "\(store.cellFolder(key))/\(CellFile.timing)", "\(store.cellFolder(key))/\(CellFile.maker)",
      "\(store.root)/environments/\(record.id).json", "\(store.root)/runs/small.json",
    ]
    for path in paths {
      let whole = try #require(FileManager.default.contents(atPath: path))
      var bytes = whole
      bytes[try #require(digits(of: whole).last)] += 1
      try bytes.write(to: URL(filePath: path))
      #expect(try store.check().problems.map(\.path) == [path])
      if path == paths[0] {
        #expect(throws: ExperimentsError.damagedMeasurement(path: path)) {
          try store.timing(of: key)
        }
      }
      if path == paths[1] {
        #expect(throws: ExperimentsError.damagedMeasurement(path: path)) {
          try store.maker(of: key)
        }
      }
      try whole.write(to: URL(filePath: path))
    }
    #expect(try store.timing(of: key)?.epochs == 1 && store.check().problems.isEmpty)
  }

  @Test("Files of an earlier program, which hold no hash, are read as they were")
  func earlier() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let record = try run(in: store)
    let key = record.cells[0].key
    let results = try store.results(of: record)
    let timing = try store.timing(of: key)
    try store.write(
      try store.json([DataFiles.Content(path: "a", size: 1, sha256: "b")]),
      to: store.path(.files, smallData.fingerprint))
    try store.write(
      try store.json(DataParts(of: smallData)), to: store.path(.parts, smallData.fingerprint))
    try store.write(
      try store.json(store.summary(smallData.fingerprint)),
      to: store.path(.summary, smallData.fingerprint))
    let audit = try #require(try store.audit(smallData.fingerprint))
    try store.write(try store.json(audit), to: store.path(.audit, smallData.fingerprint))
    try store.write(try store.json(record), to: "\(store.root)/runs/small.json")
    try store.write(
      try store.json(timing), to: "\(store.cellFolder(key))/\(CellFile.timing)")
    #expect(try store.check().problems.isEmpty)
    #expect(try store.results(of: store.run("small")) == results)
    #expect(try store.timing(of: key) == timing)
    #expect(store.files(smallData.fingerprint)?.map(\.path) == ["a"])
    #expect(store.parts(smallData.fingerprint) == DataParts(of: smallData))
    let log = EventLog()
    _ = try run(in: store, log)
    #expect(log.started.isEmpty && log.notes.isEmpty)
  }
}
