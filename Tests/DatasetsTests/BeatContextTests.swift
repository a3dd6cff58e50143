import Foundation
import Testing

@testable import Datasets

/// Made by `Golden/make_context_golden.py` with numpy.
private struct ContextGolden: Decodable {
  let peaks: [Int]
  let signal: [Int16]
  let rows: [String: [Float]]

  static func load() throws -> ContextGolden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/context.json")
    return try JSONDecoder().decode(ContextGolden.self, from: Data(contentsOf: file))
  }
}

struct BeatContextTests {
  @Test("Rows of beats beside their record are numpy's, zeros behind the rhythm")
  func golden() throws {
    let golden = try ContextGolden.load()
    let context = BeatContext(signal: golden.signal, peaks: golden.peaks)
    for (beat, expected) in golden.rows {
      var row: [Float] = []
      context.appendRow(of: try #require(Int(beat)), to: &row)
      #expect(row.count == BeatContext.rowLength && BeatContext.rowLength == 384)
      for (found, expected) in zip(row, expected) {
        #expect((found - expected).magnitude < 2e-6)
      }
      #expect(row.dropFirst(expected.count).allSatisfy { $0 == 0 })
      #expect(expected.count == 192 + RhythmFeatures.names.count + 7)
    }
  }

  @Test("Neither the gain of the recorder nor its offset matter, and a flat record gives zeros")
  func invariance() throws {
    let golden = try ContextGolden.load()
    func row(_ signal: [Int16]) -> [Float] {
      var row: [Float] = []
      BeatContext(signal: signal, peaks: golden.peaks).appendRow(of: 3, to: &row)
      return row
    }
    let first = row(golden.signal)
    #expect(row(golden.signal.map { 4 * $0 + 100 }) == first)
    let flat = row(golden.signal.map { _ in 7 })
    #expect(flat.prefix(192).allSatisfy { $0 == 0 } && flat[192..<203] == first[192..<203])
    #expect(flat[203...].allSatisfy { $0 == 0 })
  }

  @Test("A regular rhythm is 1 everywhere, a pause has its limit, a lone beat no rhythm")
  func rhythm() {
    let peaks = Array(stride(from: 0, to: 7200, by: 360))
    let regular = RhythmFeatures(peaks: peaks, samplingRate: 360)
    #expect(regular.numbers(of: 9) == [Float](repeating: 1, count: 11))
    let paused = RhythmFeatures(peaks: [0, 360, 720, 7920, 8280, 8640, 9000], samplingRate: 360)
    let numbers = paused.numbers(of: 3)
    #expect(numbers[2] == 4 && numbers[3] == 1 && numbers[7] == 1)
    let lone = RhythmFeatures(peaks: [5], samplingRate: 360).numbers(of: 0)
    #expect(lone[0] == 1 && lone.allSatisfy { $0.isFinite })
  }
}
