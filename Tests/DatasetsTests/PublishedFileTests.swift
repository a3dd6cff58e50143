import ECG
import Foundation
import Testing

@testable import Datasets

struct PublishedFileTests {
  /// Reads a text as a file with the given name, with one row of class 0 and one of class 1.
  private func read(_ text: String, as name: String = "a.csv") throws -> PublishedFile {
    try withTemporaryFolder { folder in
      try write(text, to: "\(folder)/\(name)")
      return try PublishedFile(path: "\(folder)/\(name)", counts: [1, 1])
    }
  }

  @Test(
    "Plain and compressed files, with LF or CRLF, with and without a last line end",
    arguments: ["a.csv", "a.csv.gz"], ["\n", "\r\n"])
  func forms(name: String, end: String) throws {
    for last in ["", end] {
      let second = line("2.500000000000000000e-01", label: "1.000000000000000000e+00")
      let file = try read(line() + end + second + last, as: name)
      #expect(file.labels == [0, 1])
      #expect(file.rows.count == 374 && file.rows[0] == 1 && file.rows[187] == 0.25)
    }
  }

  @Test(
    "Each mistake is told with its line",
    arguments: [
      "x", "", line(columns: 186), line(columns: 188), line("1.5"), line("-0.5"), line("nan"),
      line("1.0 "), line(label: "2"), line(label: "0.5"), line(label: "-1"), line(label: ""),
      line(label: "0 "), line().replacingOccurrences(of: ",", with: ";"),
    ])
  func mistakes(second: String) throws {
    do {
      _ = try read("\(line())\n\(second)\n")
      Issue.record("no error")
    } catch DatasetsError.malformedText(let path, let line, _) {
      #expect(path.hasSuffix("a.csv") && line == 2)
    }
  }

  @Test("Other row counts than the published are refused, too many before they are read")
  func counts() throws {
    do {
      _ = try read(line())
      Issue.record("no error")
    } catch DatasetsError.unexpectedRows(_, let expected, let found) {
      #expect(expected == [1, 1] && found == [1, 0])
    }
    do {
      _ = try read([line(), line(label: "1"), line()].joined(separator: "\n"))
      Issue.record("no error")
    } catch DatasetsError.malformedText(_, let line, _) {
      #expect(line == 3)
    }
  }

  @Test("A line without end, a folder and a missing file are refused by name")
  func noText() throws {
    #expect(throws: DatasetsError.self) {
      try read(String(repeating: "1", count: LineReader.bufferSize + 1))
    }
    #expect(throws: DatasetsError.self) { try PublishedFile(path: "/", counts: [1]) }
    do {
      _ = try PublishedFile(path: "/nowhere.csv", counts: [1])
      Issue.record("no error")
    } catch .file(let failure) {
      #expect(failure.isMissingFile && failure.path == "/nowhere.csv")
    }
  }

  @Test("A compressed file that is cut off or damaged is refused")
  func damagedCompression() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.csv.gz"
      try write("\(line())\n\(line(label: "1"))\n", to: path)
      let whole = try Data(contentsOf: URL(filePath: path))
      #expect(try PublishedFile(path: path, counts: [1, 1]).labels == [0, 1])
      for damage in [whole.prefix(whole.count - 4), whole.prefix(20)] {
        try Data(damage).write(to: URL(filePath: path))
        #expect(throws: DatasetsError.self) { try PublishedFile(path: path, counts: [1, 1]) }
      }
      var flipped = whole
      flipped[whole.count - 6] ^= 1
      try flipped.write(to: URL(filePath: path))
      do {
        _ = try PublishedFile(path: path, counts: [1, 1])
        Issue.record("no error")
      } catch DatasetsError.damagedCompression(let found, let problem) {
        #expect(found == path && problem == "incorrect data check")
      }
    }
  }

  @Test(
    "Damaged files, plain and compressed, give rows or a typed error", arguments: [false, true])
  func fuzz(isCompressed: Bool) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.csv\(isCompressed ? ".gz" : "")"
      try write("\(line())\n\(line(label: "1"))\n", to: path)
      let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
      var mutations = Mutations(seed: 4)
      for _ in 0..<1500 {
        try Data(mutations.mutate(whole)).write(to: URL(filePath: path))
        _ = try? PublishedFile(path: path, counts: [1, 1])
      }
    }
  }

  @Test(
    "The genuine samples are read", .enabled(if: SharedData.has("data/heartbeat/samples")))
  func samples() throws {
    let folder = "\(SharedData.path)/data/heartbeat/samples"
    let normal = try PublishedFile(path: "\(folder)/ptbdb_normal_sample.csv", counts: [100, 0])
    let abnormal = try PublishedFile(path: "\(folder)/ptbdb_abnormal_sample.csv", counts: [0, 100])
    #expect(normal.rows.count == 18_700 && abnormal.rows.count == 18_700)
    let head = try PublishedFile(
      path: "\(folder)/mitbih_train_head10.csv", counts: [10, 0, 0, 0, 0])
    #expect(head.labels.count == 10)
  }
}
