import Foundation
import Testing

@testable import Datasets

@Suite("Predictions files of other programs")
struct PredictionsFileTests {
  private func file(_ text: String) throws -> PredictionsFile {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "p.csv")
    try Data(text.utf8).write(to: path)
    return try PredictionsFile(path: path.path)
  }

  private let plain = "label,p0,p1,subject\n0,.8,.2,Doe\n1,.3,.7,Roe\n"

  @Test(
    "Line ends, empty lines, a byte order mark, quotation marks, blanks and labels with a point are taken",
    arguments: [
      "label,p0,p1,subject\r\n0,.8,.2,Doe\r\n1,.3,.7,Roe\r\n",
      "\u{FEFF}label,p0,p1,subject\n0,.8,.2,Doe\n1,.3,.7,Roe",
      "\u{FEFF}\"label\",\"p0\",\"p1\",\"subject\"\n\"0\",\".8\",\".2\",\"Doe\"\n1,.3,.7,Roe\n",
      "label, p0, p1, subject\n0, .8,\t.2, Doe \n1 ,.3,.7,Roe\n",
      "label,p0,p1,subject\n0.0,8e-1,.2,Doe\n1.0,.3,.7,Roe\n",
      "label,p0,p1,subject\n0,.8,.2,Doe\n\n1,.3,.7,Roe\n\n",
      "label,p0,p1,subject\n  \n0,.8,.2,Doe\n\t\r\n1,.3,.7,Roe\n \n",
    ])
  func forms(text: String) throws {
    #expect(try file(text) == file(plain))
  }

  @Test("A comma or a quotation mark within quotation marks is part of a name")
  func quoted() throws {
    let read = try file("label,score,subject\n1,.5,\"Doe, J\"\n0,.5,\"a \"\"b\"\"\"\n")
    #expect(read.subjects == ["Doe, J", "a \"b\""])
    #expect(read.scores == [0.5, 0.5, 0.5, 0.5])
  }

  @Test("What is not understood is named with its line")
  func refused() throws {
    for (text, line) in [
      ("label,p0,p1\n\"0,.5,.5\n", 2), ("label;p0;p1\n0;,5;,5\n", 1), ("label,p0,p2\n", 1),
      ("label,p0,p1\n0,.5,.5\n,\n1,.5,.5\n", 3), ("label,p0,p1\n0.5,.5,.5\n", 2),
      ("label,score,subject\n0,.5,a\n\n1,.5,\n", 4), ("", 1),
      ("label,p0,p1\n99999999999999999999,.5,.5\n", 2), ("PK\u{03}\u{04}\"\n", 1),
    ] {
      #expect {
        _ = try file(text)
      } throws: { error in
        switch error as? DatasetsError {
        case .malformedPredictions(_, let found, _): found == line
        case .missingSubject(_, let place): place == "line \(line)"
        case .missingArray: line == 1
        default: false
        }
      }
    }
  }

  @Test("Subjects are named in all rows of an archive or in none, and a single column is the score")
  func archive() throws {
    func read(_ subjects: [String]) throws -> PredictionsFile {
      let arrays = [
        (name: "label", array: NPYArray(.int64([0, 1]))),
        (name: "score", array: NPYArray(.float64([0.25, 0.5]))),
        (name: "subject", array: NPYArray(.text(subjects))),
      ]
      return try PredictionsFile(NPZFile(NPZFile.encode(arrays), path: "p.npz"), path: "p.npz")
    }
    let named = try read(["Doe", "Roe"])
    #expect(named.subjects == ["Doe", "Roe"] && named.scores == [0.75, 0.25, 0.5, 0.5])
    #expect(try read(["", ""]).subjects == nil)
    #expect(throws: DatasetsError.missingSubject(path: "p.npz", place: "row 1")) {
      try read(["Doe", ""])
    }
    #expect(try file("label,score,subject\n0,.25,\n1,.5,\n").subjects == nil)
  }

  @Test("Endings are known in capitals too, and others are not guessed at")
  func endings() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, isRead) in [("P.CSV", true), ("p.Csv", true), ("p.txt", false)] {
      let path = folder.appending(path: name)
      try Data(plain.utf8).write(to: path)
      #expect(
        (try? PredictionsFile(path: path.path)) == (isRead ? try file(plain) : nil), "\(name)")
    }
  }

  /// An npy file of one dimension.
  private func array(_ kind: String, _ count: Int, _ bytes: [UInt8]) throws -> NPYArray {
    let header = "{'descr': '\(kind)', 'fortran_order': False, 'shape': (\(count),), }\n"
    let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
    return try NPYFile.decode((start + Array(header.utf8) + bytes)[...], path: "a.npy")
  }

  @Test("Half precision, both orders of bytes, unsigned numbers and bytes as text are read")
  func kinds() throws {
    // numpy: np.array([1, -2.5, 6e-8, 65504], "<f2").tobytes().
    let half = try array("<f2", 4, [0, 0x3C, 0, 0xC1, 1, 0, 0xFF, 0x7B])
    #expect(half.doubles == [1, -2.5, 0x1p-24, 65504])
    #expect(try array(">f2", 1, [0x3C, 0]).doubles == [1])
    #expect(try array("<f2", 2, [0, 0x7C, 1, 0x7C]).doubles?.map(\.isFinite) == [false, false])
    #expect(try array(">f4", 1, [0x3F, 0x80, 0, 0]).elements == .float32([1]))
    #expect(try array(">i8", 1, [0, 0, 0, 0, 0, 0, 1, 2]).integers == [258])
    #expect(try array("<u4", 1, [255, 255, 255, 255]).integers == [4_294_967_295])
    #expect(try array("|S3", 2, Array("ab\0cde".utf8)).texts == ["ab", "cde"])
    #expect(try array("<i2", 2, [1, 0, 255, 255]).texts == ["1", "-1"])
    #expect(throws: DatasetsError.self) {
      try array("<u8", 1, [255, 255, 255, 255, 255, 255, 255, 255])
    }
    for kind in ["|O", "<c8", "<f3", "<f", "<M8"] {
      #expect(throws: DatasetsError.self) { try array(kind, 1, [0, 0, 0, 0, 0, 0, 0, 0]) }
    }
  }
}
