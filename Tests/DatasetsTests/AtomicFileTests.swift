import ECG
import Foundation
import Testing

@testable import Datasets

struct AtomicFileTests {
  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("A committed file holds what was written, and nothing else is left")
  func commit() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.txt"
      for text in ["first", "second, longer"] {
        var file = try AtomicFile(path: path)
        try file.write(Array(text.utf8.prefix(3)))
        try file.write(Array(text.utf8.dropFirst(3)))
        try file.commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        #expect(try names(folder) == ["a.txt"])
      }
    }
  }

  @Test("A file that is not committed leaves what was there")
  func abandon() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.txt"
      try AtomicFile.write([1, 2, 3], to: path)
      do {
        var file = try AtomicFile(path: path)
        try file.write([9])
        #expect(try names(folder).count == 2)
      }
      #expect(try names(folder) == ["a.txt"])
      #expect(try Data(contentsOf: URL(filePath: path)) == Data([1, 2, 3]))
    }
  }

  @Test("Two files of one name may be written at once; the last to commit stays")
  func together() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.txt"
      var first = try AtomicFile(path: path)
      var second = try AtomicFile(path: path)
      try first.write([1])
      try second.write([2])
      try second.commit()
      try first.commit()
      #expect(try Data(contentsOf: URL(filePath: path)) == Data([1]))
      #expect(try names(folder) == ["a.txt"])
    }
  }

  @Test("A missing folder is named, with the system's reason and the remedy")
  func missingFolder() {
    do {
      try AtomicFile.write([1], to: "/nowhere/at/all.txt")
      Issue.record("no error")
    } catch .file(let failure) {
      #expect(failure.operation == .create && failure.path == "/nowhere/at/all.txt")
      #expect(failure.reason == .system(ENOENT))
      #expect(failure.description.hasSuffix("check that the folder exists and can be written to"))
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("A name that is a folder is refused and nothing is left behind")
  func folder() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/a/b", withIntermediateDirectories: true)
      #expect(throws: DatasetsError.self) { try AtomicFile.write([1], to: "\(folder)/a") }
      #expect(try names(folder) == ["a"])
    }
  }
}
