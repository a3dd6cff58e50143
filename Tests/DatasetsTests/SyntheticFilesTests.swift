import Foundation
import Testing

@testable import Datasets

struct SyntheticFilesTests {
  @Test("Generated files load as the task ptb with the published split, and are called synthetic")
  func load() throws {
    try withTemporaryFolder { folder in
      let paths = try SyntheticFiles.writePTB(to: "\(folder)/new")
      #expect(
        paths.map { URL(filePath: $0).lastPathComponent } == [
          "SYNTHETIC.txt", "ptbdb_normal.csv", "ptbdb_abnormal.csv",
        ])
      // The published files have these sizes.
      let sizes = try paths.dropFirst().map { try Data(contentsOf: URL(filePath: $0)).count }
      #expect(sizes == [19_016_200, 49_378_200])
      let data = try DataDirectory(path: "\(folder)/new").load("ptb")
      #expect(data.source == .synthetic && data.rowSamplingRate == 120)
      #expect(data.protocolLabel.hasPrefix("synthetic signal, no clinical meaning; "))
      #expect(data.title == "Synthetic stand-in for PTB diagnostic")
      #expect(data.split.train.count == 11_641 && data.split.test.count == 2_911)
      let test = (0..<2).map { label in data.split.test.count { Int(data.labels[$0]) == label } }
      #expect(test == [809, 2_102])
      #expect(!DatasetSummary(of: data).hasPublishedSplit)
      #expect(data.rows.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test("Only the mark makes files synthetic")
  func mark() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/ptbdb_normal.csv"
      #expect(!SyntheticFiles.areMarked([path]))
      try write("", to: "\(folder)/SYNTHETIC.txt")
      #expect(SyntheticFiles.areMarked(["other.csv", path]))
      #expect(!SyntheticFiles.areMarked(["other.csv"]))
    }
  }

  @Test(
    "Files that are not marked are neither replaced nor marked",
    arguments: ["ptbdb_normal.csv", "ptbdb_abnormal.csv.gz", "mitbih_test.csv"])
  func noReplacement(name: String) throws {
    try withTemporaryFolder { folder in
      try write("x", to: "\(folder)/\(name)")
      #expect(throws: DatasetsError.notSynthetic(path: "\(folder)/\(name)")) {
        try SyntheticFiles.writePTB(to: folder)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
    }
  }

  @Test("A folder that cannot be made is told by name")
  func noFolder() throws {
    try withTemporaryFolder { folder in
      do {
        _ = try SyntheticFiles.writePTB(to: "\(folder)/a/b")
        Issue.record("no error")
      } catch {
        #expect("\(error)".hasPrefix("\(folder)/a/b: cannot create"))
      }
    }
  }
}
