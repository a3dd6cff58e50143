import Testing

@testable import ECG

struct AnnotationTests {
  @Test("Annotations are read as wfdb-python wrote them")
  func golden() throws {
    let golden = try Golden.load().annotations
    let list = try AnnotationList.parse([UInt8](golden.bytes), path: "made.atr")
    #expect(list.timeResolution == golden.fs)
    #expect(list.annotations.map(\.sample) == golden.sample)
    #expect(list.annotations.map(\.code.symbol) == golden.symbol)
    #expect(list.annotations.map(\.subtype) == golden.subtype)
    #expect(list.annotations.map(\.channel) == golden.chan)
    #expect(list.annotations.map(\.number) == golden.num)
    #expect(list.annotations.map(\.text) == golden.aux)
  }

  @Test("The symbols are those of the standard table")
  func symbols() throws {
    for (number, symbol) in try Golden.load().symbols {
      let code = try #require(UInt8(number).flatMap(AnnotationCode.init(rawValue:)))
      #expect(code.symbol == symbol)
      #expect(AnnotationCode(symbol: symbol) == code)
    }
    #expect(AnnotationCode(rawValue: 49)?.symbol == "[49]")
    #expect(AnnotationCode(rawValue: 50) == nil)
  }

  @Test("A file without its end mark is refused, also one that breaks off inside a text")
  func truncated() throws {
    let bytes = [UInt8](try Golden.load().annotations.bytes)
    for count in 0..<bytes.count - 1 {
      #expect(throws: ECGError.self) {
        try AnnotationList.parse(Array(bytes.prefix(count)), path: "made.atr")
      }
    }
  }

  @Test("Annotations out of time order and unknown codes are refused at their byte")
  func malformed() {
    let backwards: [UInt8] = [100, 4, 0, 0xec, 0xff, 0xff, 0xf0, 0xff, 1, 4, 0, 0]
    let unknown: [UInt8] = [1, 4, 1, 50 << 2, 0, 0]
    for (bytes, byte) in [(backwards, 2), (unknown, 2)] {
      do {
        _ = try AnnotationList.parse(bytes, path: "x.atr")
        Issue.record("no error")
      } catch .malformedAnnotations(_, let found, _) {
        #expect(found == byte)
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test("Damaged annotation files give a result or a typed error")
  func fuzz() throws {
    var mutations = Mutations(seed: 3)
    let bytes = [UInt8](try Golden.load().annotations.bytes)
    for _ in 0..<20_000 {
      _ = try? AnnotationList.parse(mutations.mutate(bytes), path: "made.atr")
    }
  }

  @Test(
    "The published listings of three annotation files are reproduced",
    .enabled(if: SharedData.has("data/wfdb-samples/expected")),
    arguments: [("100.atr", "ann-1"), ("12726.anI", "ann-2"), ("1003.atr", "ann-3")])
  func listing(file: String, expected: String) throws {
    let folder = "data/wfdb-samples"
    let list = try AnnotationList.read("\(SharedData.path)/\(folder)/\(file)")
    let text = String(
      decoding: try SharedData.bytes("\(folder)/expected/\(expected)"), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    #expect(list.annotations.count == lines.count)
    for (annotation, line) in zip(list.annotations, lines) {
      let halves = line.split(separator: "\t", maxSplits: 1)
      let fields = halves[0].split(separator: " ")
      #expect(Int(fields[1]) == annotation.sample)
      #expect(fields[2] == list.symbol(of: annotation.code))
      #expect(
        fields[3...5].map { Int($0) }
          == [Int(annotation.subtype), Int(annotation.channel), Int(annotation.number)])
      #expect((halves.count == 2 ? String(halves[1]) : "") == annotation.text)
    }
  }

  @Test("Symbols that a file defines for itself are read and used")
  func definitions() throws {
    let lines = [
      "## annotation type definitions", "15 c calibration pulse\n", "## end of definitions",
    ]
    let notes = lines.flatMap { (text) -> [UInt8] in
      [0, 22 << 2, UInt8(text.utf8.count), 63 << 2] + Array(text.utf8)
        + (text.utf8.count % 2 == 1 ? [0] : [])
    }
    let list = try AnnotationList.parse(notes + [5, 15 << 2, 0, 0], path: "x.atr")
    #expect(list.annotations.map { list.symbol(of: $0.code) } == ["c"])
    #expect(list.definitions.map(\.meaning) == ["calibration pulse"])
  }

  @Test(
    "Long intervals and negative steps are read", .enabled(if: SharedData.has("data/wfdb-samples")))
  func intervals() throws {
    let list = try AnnotationList.read("\(SharedData.path)/data/wfdb-samples/huge.qrs")
    #expect(list.annotations.map(\.sample) == [10_000_000_000])
  }

  @Test(
    "The MIT-BIH Arrhythmia Database holds the published numbers of beats",
    .enabled(if: SharedData.has("data/mitdb/RECORDS")))
  func database() throws {
    let names = String(decoding: try SharedData.bytes("data/mitdb/RECORDS"), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    var total = 0
    var counts = [Int](repeating: 0, count: 5)
    for name in names {
      let list = try AnnotationList.read("\(SharedData.path)/data/mitdb/\(name).atr")
      total += list.annotations.count
      for annotation in list.annotations {
        if let beat = BeatClass(annotation.code) { counts[Int(beat.rawValue)] += 1 }
      }
    }
    #expect(total == 112_647)
    #expect(counts == [90_631, 2_781, 7_236, 803, 8_043])
  }
}
