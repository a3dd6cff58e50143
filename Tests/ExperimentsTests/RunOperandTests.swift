import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("What a user names to be compared")
struct RunOperandTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
  }

  /// Runs without cells.
  private func write(_ names: [String], into store: RunStore) throws {
    try store.create()
    try store.prepare()
    for name in names {
      let study = Study(title: name, name: name, tasks: [])
      _ = try store.write(try RunRecord(study: study, data: [], cells: [], gaps: []))
    }
  }

  private func label(_ text: String, in working: String = "/") throws -> String {
    let operand = try RunOperand(
      text, store: store, scratch: "\(folder.path)/scratch", workingFolder: working)
    return switch operand {
    case .published: "the table"
    case .run(let side): "\(side.record.study.name) as \(side.label)"
    }
  }

  @Test("Names, folders and the published table are told apart; what means two things is an error")
  func kinds() throws {
    try write(["one"], into: store)
    #expect(try label("one") == "one as one" && label("run:one") == "one as one")
    #expect(try label("published") == "the table")
    let other = "\(folder.path)/report"
    try write(["first", "second"], into: RunStore(root: "\(other)/results"))
    #expect(try label("\(other):second") == "second as \(other):second")
    #expect(
      throws: ExperimentsError.severalRuns(
        path: "\(other)/results", names: ["first", "second"])
    ) { try label(other) }
    #expect(throws: ExperimentsError.unknownOperand("nothing", runs: ["one"])) {
      try label("nothing")
    }
    try write(["published"], into: store)
    #expect(throws: ExperimentsError.ambiguousOperand("published", store: store.root)) {
      try label("published")
    }
    #expect(try label("table:published") == "the table")
    #expect(try label("run:published") == "published as published")
  }

  @Test("A revision means the results that it holds, whatever lies in the working folder")
  func revision() throws {
    let repository = "\(folder.path)/repository"
    try write(["committed"], into: RunStore(root: "\(repository)/report/results"))
    func git(_ arguments: String...) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", repository, "-c", "user.name=t", "-c", "user.email=t@localhost"] + arguments
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    try #require(try git("init", "-q") == 0, "this test needs git")
    #expect(try git("add", "-A") == 0)
    #expect(try git("commit", "-q", "-m", "results") == 0)
    try FileManager.default.removeItem(atPath: "\(repository)/report")
    #expect(try label("HEAD", in: repository).hasPrefix("committed as HEAD ("))
    #expect(try label("git:HEAD", in: repository).hasPrefix("committed as HEAD ("))
    #expect(throws: ExperimentsError.unknownOperand("--output=x", runs: [])) {
      try label("--output=x", in: repository)
    }
  }
}

@Suite("Archives of files")
struct TarArchiveTests {
  private let long =
    "cells/\(String(repeating: "ab", count: 32))/\(String(repeating: "c", count: 60)).npz"

  @Test("What is packed comes back, and the same files give the same bytes")
  func roundTrip() throws {
    let files = [
      TarArchive.File(path: "runs/a.json", bytes: Array("{}".utf8)),
      TarArchive.File(path: long, bytes: [UInt8](repeating: 7, count: 1025)),
      TarArchive.File(path: "empty", bytes: []),
    ]
    let bytes = try TarArchive(files).encode()
    let again = try TarArchive(files).encode()
    #expect(bytes.count % 512 == 0 && bytes == again)
    #expect(try TarArchive(bytes, path: "x").files == files)
  }

  @Test("Paths that lead out of the folder, links and damage are errors, and nothing is written")
  func hostile() throws {
    for path in ["../x", "/etc/x", "a/../../x", "a//x", "./x", "a\\b", "a/.."] {
      let bytes = try TarArchive([TarArchive.File(path: path, bytes: [1])]).encode()
      #expect(throws: ExperimentsError.self, "\(path)") { try TarArchive(bytes, path: "t") }
    }
    let twice = [TarArchive.File](repeating: .init(path: "a", bytes: [1]), count: 2)
    #expect(throws: ExperimentsError.self) {
      try TarArchive(try TarArchive(twice).encode(), path: "t")
    }
    let good = try TarArchive([TarArchive.File(path: "a", bytes: [1, 2, 3])]).encode()
    var link = good
    link[156] = UInt8(ascii: "2")
    let sum = try #require(Int(String(decoding: link[148..<154], as: UTF8.self), radix: 8)) + 2
    let digits = String(sum, radix: 8)
    link.replaceSubrange(154 - digits.utf8.count..<154, with: digits.utf8)
    #expect(
      throws: ExperimentsError.unusableArchive(
        path: "t", problem: "\"a\" is no regular file")
    ) { try TarArchive(link, path: "t") }
    #expect(throws: ExperimentsError.self) { try TarArchive(Array(good.prefix(513)), path: "t") }
    #expect(throws: ExperimentsError.self) { try TarArchive([], path: "t") }
    // Cut off between two files.
    #expect(throws: ExperimentsError.self) { try TarArchive(Array(good.prefix(1024)), path: "t") }
    for place in stride(from: 0, to: 512, by: 3) {
      var damaged = good
      damaged[place] ^= 0x15
      if let files = try? TarArchive(damaged, path: "t").files { #expect(files.count == 1) }
    }
  }
}
