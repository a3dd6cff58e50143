import Crypto
import Foundation
import Testing

@testable import Datasets

@Suite("Files of a data folder")
struct DataFilesTests {
  @Test("The stamp follows content, size, time and number of the files that a task could use")
  func stamp() throws {
    try withTemporaryFolder { folder in
      let records = "\(folder)/mitdb"
      try FileManager.default.createDirectory(atPath: records, withIntermediateDirectories: true)
      try Data("one".utf8).write(to: URL(filePath: "\(records)/100.hea"))
      let data = DataDirectory(path: folder)
      func stamp(_ task: String = "mitbih") throws -> String { try data.files(of: task).stamp }
      let first = try stamp()
      #expect(try stamp() == first)
      try Data("note".utf8).write(to: URL(filePath: "\(folder)/notes.txt"))
      #expect(try stamp() == first)
      try Data("two".utf8).write(to: URL(filePath: "\(records)/100.hea"))
      let second = try stamp()
      #expect(second != first)
      try Data().write(to: URL(filePath: "\(folder)/mitbih_test.csv"))
      #expect(try stamp() != second)
      let other = try stamp("ptb-10s")
      try Data("three".utf8).write(to: URL(filePath: "\(records)/100.hea"))
      #expect(try stamp("ptb-10s") == other)
    }
  }

  @Test("Patients' folders count for the task that reads them")
  func patients() throws {
    try withTemporaryFolder { folder in
      let patient = "\(folder)/ptbdb/patient001"
      try FileManager.default.createDirectory(atPath: patient, withIntermediateDirectories: true)
      let data = DataDirectory(path: folder)
      let before = try data.files(of: "ptb").stamp
      try Data("x".utf8).write(to: URL(filePath: "\(patient)/s1.hea"))
      #expect(try data.files(of: "ptb").stamp != before)
    }
  }

  @Test("Contents are the files that a source is read from, with their SHA-256")
  func contents() throws {
    try withTemporaryFolder { folder in
      let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
      try bytes.write(to: URL(filePath: "\(folder)/100.dat"))
      try Data("a".utf8).write(to: URL(filePath: "\(folder)/mitbih_train.csv"))
      let files = try DataDirectory(path: folder).files(of: "mitbih")
      let hash = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
      #expect(
        try files.contents(of: .recordings)
          == [.init(path: "100.dat", size: bytes.count, sha256: hash)])
      #expect(try files.contents(of: .publishedFiles).map(\.path) == ["mitbih_train.csv"])
    }
  }
}
