import Testing

@testable import ECG

struct BeatTests {
  private func annotation(_ sample: Int, _ symbol: String) throws -> Annotation {
    Annotation(sample: sample, code: try #require(AnnotationCode(symbol: symbol)))
  }

  @Test("Each of the 15 kinds of beats has its class, everything else has none")
  func classes() throws {
    let expected: [BeatClass: String] = [
      .normal: "NLRej", .supraventricular: "AaJS", .ventricular: "VE", .fusion: "F",
      .unknown: "/fQ",
    ]
    for number in UInt8(0)...49 {
      let code = try #require(AnnotationCode(rawValue: number))
      let found = BeatClass.allCases.filter { expected[$0]?.contains(code.symbol) == true }
      #expect(BeatClass(code) == found.first)
    }
    #expect(BeatClass.allCases.map(\.symbol).joined() == "NSVFQ")
  }

  @Test("A piece reaches a fifth of the way from the next annotation to the one after")
  func pieces() throws {
    let annotations = [
      try annotation(10, "+"), try annotation(100, "N"), try annotation(400, "V"),
      try annotation(404, "~"), try annotation(700, "N"), try annotation(1000, "A"),
      try annotation(1300, "Q"),
    ]
    let pieces = BeatCutting.pieces(annotations, recordLength: 1400)
    #expect(pieces.map(\.samples) == [100..<400, 400..<463, 700..<1060, 1000..<1320])
    #expect(pieces.map(\.annotationIndex) == [1, 2, 4, 5])
    #expect(pieces.map(\.beatClass) == [.normal, .ventricular, .normal, .supraventricular])
  }

  @Test("Annotations beyond the record give empty pieces inside it")
  func outside() throws {
    let annotations = [try annotation(50, "N"), try annotation(90, "N"), try annotation(99, "N")]
    for piece in BeatCutting.pieces(annotations, recordLength: 20) {
      #expect(piece.samples == 20..<20)
    }
    #expect(BeatCutting.pieces([], recordLength: 20).isEmpty)
  }

  @Test("A row keeps every third sample, is scaled by its whole piece, then cut or padded")
  func rows() {
    let signal: [Int16] = [9, 0, 0, 5, 0, 0, 1, 0, 0, 17, 99]
    let piece = BeatPiece(annotationIndex: 0, beatClass: .normal, samples: 0..<10)
    var rows: [Float] = []
    BeatCutting.appendRow(of: piece.samples, signal: signal, length: 3, to: &rows)
    BeatCutting.appendRow(of: piece.samples, signal: signal, length: 6, to: &rows)
    #expect(rows == [0.5, 0.25, 0, 0.5, 0.25, 0, 1, 0, 0])
  }

  @Test("A piece without amplitude, or without samples, becomes zeros")
  func flat() {
    var rows: [Float] = []
    for samples in [0..<4, 4..<4] {
      let piece = BeatPiece(annotationIndex: 0, beatClass: .normal, samples: samples)
      BeatCutting.appendRow(of: piece.samples, signal: [7, 7, 7, 7], length: 2, to: &rows)
    }
    #expect(rows == [0, 0, 0, 0])
  }

  @Test("The widest range of samples does not overflow")
  func extremes() {
    var rows: [Float] = []
    let piece = BeatPiece(annotationIndex: 0, beatClass: .normal, samples: 0..<4)
    BeatCutting.appendRow(of: piece.samples, signal: [.min, 0, 0, .max], length: 2, to: &rows)
    #expect(rows == [0, 1])
  }
}
