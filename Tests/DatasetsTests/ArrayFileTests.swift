import Foundation
import Testing

@testable import Datasets

struct ArrayFileTests {
  private let floats = NPYArray(.float32([0.5, -1.25, 3e-8, 1, 2, 65504]), shape: [2, 3])
  private let integers = NPYArray(.int64([0, -1, 1 << 62]))

  private func decode(_ data: Data) throws -> NPYArray {
    try NPYFile.decode([UInt8](data)[...], path: "a.npy")
  }

  @Test("Arrays are read as numpy wrote them")
  func npyReading() throws {
    let golden = try Golden.load().arrays
    let expected: [String: NPYArray] = [
      "float32": floats,
      "float64": NPYArray(
        .float64([0.5, -1.25, Double(Float(3e-8)), 1, 2, 65504]), shape: [2, 3]),
      "int64": integers, "int32": NPYArray(.int64([1, -2]), shape: [2, 1]),
      "int16": NPYArray(.int64([-300, 7])), "int8": NPYArray(.int64([-3, 7])),
      "uint8": NPYArray(.int64([200, 7])), "bool": NPYArray(.int64([1, 0])),
      "empty": NPYArray(.float32([]), shape: [0, 5]),
      "scalar": NPYArray(.float32([2.5]), shape: []),
      "text": NPYArray(.text(["100", "s0014lre", "ü"])),
    ]
    #expect(Set(golden.npy.keys) == Set(expected.keys))
    for (name, array) in expected {
      #expect(try decode(try #require(golden.npy[name])) == array, "\(name)")
    }
    #expect(try decode(golden.version2) == floats)
  }

  @Test("Arrays are written byte for byte as numpy writes them")
  func npyWriting() throws {
    let golden = try Golden.load().arrays.npy
    for name in ["float32", "float64", "int64", "empty", "text"] {
      let data = try #require(golden[name])
      #expect(Data(NPYFile.encode(try decode(data))) == data, "\(name)")
    }
  }

  @Test("Kinds and layouts that are not read are named")
  func unsupported() throws {
    let golden = try Golden.load().arrays
    for (data, part) in [(golden.columns, "column by column"), (golden.object, "kind |O")] {
      do {
        _ = try decode(data)
        Issue.record("no error")
      } catch DatasetsError.malformedArray(_, let problem) {
        #expect(problem.contains(part))
      }
    }
  }

  @Test("A shape beyond all memory is refused before it is allocated")
  func hugeShape() {
    let bytes = NPYFile.header("<f4", [1 << 40, 1 << 40]) + [0, 0, 0, 0]
    #expect(throws: DatasetsError.self) { try NPYFile.decode(bytes[...], path: "a.npy") }
    let one = NPYFile.header("<f4", [1 << 40]) + [0, 0, 0, 0]
    #expect(throws: DatasetsError.self) { try NPYFile.decode(one[...], path: "a.npy") }
  }

  @Test("Archives of numpy are read, stored and compressed")
  func npzReading() throws {
    let golden = try Golden.load().arrays
    for data in [golden.npz, golden.npzCompressed] {
      let file = try NPZFile([UInt8](data), path: "a.npz")
      #expect(file.names == ["p", "label"])
      #expect(try file.array("p") == floats)
      #expect(try file.array("label") == integers)
      #expect(
        throws: DatasetsError.missingArray(path: "a.npz", name: "q", present: ["p", "label"])
      ) { try file.array("q") }
    }
  }

  @Test("Archives are the same bytes each time and read back")
  func npzRoundTrip() throws {
    try withTemporaryFolder { folder in
      let arrays = [("p", floats), ("label", integers), ("subject", NPYArray(.text(["a", "bc"])))]
      try NPZFile.write(arrays, to: "\(folder)/a.npz")
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/a.npz")))
      #expect(bytes == NPZFile.encode(arrays))
      let file = try NPZFile(path: "\(folder)/a.npz")
      for (name, array) in arrays { #expect(try file.array(name) == array) }
    }
  }

  @Test("A changed byte in an archive is found by its checksum")
  func damaged() throws {
    var bytes = NPZFile.encode([("p", floats)])
    bytes[30 + 5 + 128] ^= 1
    let file = try NPZFile(bytes, path: "a.npz")
    #expect(throws: DatasetsError.self) { try file.array("p") }
  }

  @Test("Elements are given in the kind that is asked for, where that is possible")
  func conversions() {
    #expect(integers.floats == [0, -1, 0x1p62])
    #expect(NPYArray(.float64([1, 2])).integers == [1, 2])
    #expect(NPYArray(.float32([1.5])).integers == nil)
    #expect(NPYArray(.text(["1"])).doubles == nil)
  }

  @Test("Damaged arrays and archives give a result or a typed error")
  func fuzz() throws {
    let golden = try Golden.load().arrays
    var mutations = Mutations(seed: 5)
    for data in golden.npy.sorted(by: { $0.key < $1.key }).map(\.value) {
      for _ in 0..<1000 {
        _ = try? NPYFile.decode(mutations.mutate([UInt8](data))[...], path: "a.npy")
      }
    }
    for data in [golden.npz, golden.npzCompressed] {
      for _ in 0..<3000 {
        guard let file = try? NPZFile(mutations.mutate([UInt8](data)), path: "a.npz") else {
          continue
        }
        for name in file.names { _ = try? file.array(name) }
      }
    }
  }
}
