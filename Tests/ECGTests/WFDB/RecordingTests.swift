import Foundation
import Testing

@testable import ECG

struct RecordingTests {
  /// Writes a golden record, changed if wanted, and reads it.
  private func read(
    _ record: Golden.Record, changing file: String = "", _ change: (inout Data) -> Void = { _ in }
  ) throws -> Recording {
    try withTemporaryFolder { folder in
      for (name, contents) in record.files {
        var contents = contents
        if name == file { change(&contents) }
        try contents.write(to: URL(filePath: "\(folder)/\(name)"))
      }
      return try Recording.read(directory: folder, record: record.name)
    }
  }

  @Test("Samples in formats 212 and 16, also in several files, are those of wfdb-python")
  func golden() throws {
    for golden in try Golden.load().records {
      let recording = try read(golden)
      #expect(recording.signals == golden.digital)
      for (index, physical) in golden.physical.enumerated() {
        #expect(recording.physical(signal: index, 0..<physical.count) == physical)
      }
    }
  }

  @Test("A truncated signal file names the missing samples")
  func truncated() throws {
    let golden = try Golden.load().records[0]
    do {
      _ = try read(golden, changing: "packed.dat") { $0.removeLast(3) }
      Issue.record("no error")
    } catch let ECGError.truncatedSignal(path, promised, found) {
      #expect(path.hasSuffix("packed.dat") && promised == 63 && found == 61)
    }
  }

  @Test("A changed sample is found by its checksum, a changed first sample by its value")
  func damaged() throws {
    let golden = try Golden.load().records[1]
    do {
      _ = try read(golden, changing: "words.dat") { $0[12] ^= 4 }
      Issue.record("no error")
    } catch ECGError.checksumMismatch(_, let signal, _, _) {
      #expect(signal == "s0")
    }
    do {
      _ = try read(golden, changing: "words.dat") { $0[2] ^= 4 }
      Issue.record("no error")
    } catch ECGError.initialValueMismatch(_, let signal, let header, let found) {
      #expect(signal == "s1" && header == -32767 && found == -32763)
    }
  }

  @Test(
    "What cannot be read is refused by name",
    arguments: [
      "r 1 360 1\nr.dat 8\n", "r 1 360 1\nr.dat 16:2\n", "r 1 360 1\n../r.dat 16\n",
      "r 2 360 1\nr.dat 16\nr.dat 212\n", "r 3 360 1\nr.dat 16\nq.dat 16\nr.dat 16\n",
      "r 1 360 1\n- 16\n",
    ])
  func unsupported(text: String) throws {
    let header = try RecordHeader.parse(Array(text.utf8), path: "r.hea")
    do {
      _ = try Recording.signalGroups(header, path: "r.hea")
      Issue.record("no error")
    } catch ECGError.unsupported(let path, _) {
      #expect(path == "r.hea")
    }
  }

  @Test("A missing signal file is named")
  func missing() throws {
    try withTemporaryFolder { folder in
      try Data("r 1 360 1\nr.dat 16\n".utf8).write(to: URL(filePath: "\(folder)/r.hea"))
      do {
        _ = try Recording.read(directory: folder, record: "r")
        Issue.record("no error")
      } catch ECGError.file(let failure) {
        #expect(failure.path == "\(folder)/r.dat" && failure.isMissingFile)
        #expect(failure.description.contains("download"))
      }
    }
  }

  @Test("Several samples a frame are taken apart; a missing length is taken from the file")
  func frames() throws {
    let text = "r 2 100\nr.dat 16x2\nr.dat 16\n"
    let group = try RecordHeader.parse(Array(text.utf8), path: "r").signals
    let bytes: [UInt8] = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0]
    let signals = try Recording.decode(bytes, group: group, frames: nil, path: "r")
    #expect(signals == [[1, 2, 4, 5], [3, 6]])
  }

  @Test("A length that no memory could hold is refused before it is allocated")
  func hugeLength() throws {
    let text = "r 1 100 1099511627776\nr.dat 16x2147483647\n"
    let header = try RecordHeader.parse(Array(text.utf8), path: "r")
    #expect(throws: ECGError.self) {
      try Recording.decode(
        [0, 0, 0], group: header.signals, frames: header.sampleCount, path: "r")
    }
  }

  @Test("A sample that is marked as missing has no physical value")
  func invalidSample() throws {
    let text = "r 1 100\nr.dat 16 100(50)\n"
    let header = try RecordHeader.parse(Array(text.utf8), path: "r")
    let recording = Recording(header: header, signals: [[250, .min]])
    let values = recording.physical(signal: 0, 0..<2)
    #expect(values[0] == 2 && values[1].isNaN)
  }

  @Test("Damaged signal files give a result or a typed error")
  func fuzz() throws {
    var mutations = Mutations(seed: 2)
    for golden in try Golden.load().records {
      for (name, contents) in golden.files where name.hasSuffix("hea") {
        for _ in 0..<1000 {
          let header = try? RecordHeader.parse(mutations.mutate([UInt8](contents)), path: "r")
          guard let header, let groups = try? Recording.signalGroups(header, path: "r") else {
            continue
          }
          for group in groups {
            let bytes = mutations.mutate(golden.files[group[0].fileName].map { [UInt8]($0) } ?? [])
            _ = try? Recording.decode(
              bytes, group: group, frames: header.sampleCount, path: "r")
          }
        }
      }
    }
  }

  @Test(
    "All 48 records of the MIT-BIH Arrhythmia Database agree with their headers' checksums",
    .enabled(if: SharedData.has("data/mitdb/RECORDS")))
  func database() throws {
    let names = String(decoding: try SharedData.bytes("data/mitdb/RECORDS"), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    #expect(names.count == 48)
    for name in names {
      let recording = try Recording.read(
        directory: "\(SharedData.path)/data/mitdb", record: String(name))
      #expect(recording.signals.map(\.count) == [650_000, 650_000])
      #expect(recording.header.signals.allSatisfy { $0.checksum != nil })
    }
  }

  @Test(
    "Records in format 16 with several files agree with their headers' checksums",
    .enabled(if: SharedData.has("data/ptbdb/patient001")))
  func diagnostic() throws {
    for name in ["s0010_re", "s0014lre", "s0016lre"] {
      let recording = try Recording.read(
        directory: "\(SharedData.path)/data/ptbdb/patient001", record: name)
      #expect(recording.signals.count == 15)
    }
  }

  @Test(
    "An odd number of samples in format 212 agrees with its checksum",
    .enabled(if: SharedData.has("data/wfdb-samples")))
  func oddLength() throws {
    let recording = try Recording.read(
      directory: "\(SharedData.path)/data/wfdb-samples", record: "100_3chan")
    #expect(recording.signals.map(\.count) == [999, 999, 999])
  }
}
