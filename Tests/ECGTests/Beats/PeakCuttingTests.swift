import Testing

@testable import ECG

struct PeakCuttingTests {
  /// A window of 1,250 kept samples with peaks of the given heights.
  private func window(_ peaks: [(place: Int, height: Int16)]) -> [Int16] {
    var window = [Int16](repeating: 0, count: 1250)
    for peak in peaks { window[peak.place] = peak.height }
    return window
  }

  @Test("Pieces begin at the peaks and last 1.2 median intervals, rounded down")
  func pieces() {
    let found = PeakCutting.pieces(
      ofWindow: window([(100, 1000), (208, 950), (317, 900), (500, 899), (700, 1000)]))
    // Intervals 108, 109 and 383: 1.2 · 109 = 130.8.
    #expect(found == [100..<230, 208..<338, 317..<447, 700..<830])
  }

  @Test("Of an even number of intervals the upper one of the middle two counts")
  func evenIntervals() {
    let found = PeakCutting.pieces(ofWindow: window([(100, 9), (200, 9), (320, 9)]))
    #expect(found == [100..<244, 200..<344, 320..<464])
  }

  @Test("A piece that would leave its window is left out, one that ends with it is not")
  func windowEnd() {
    // 1.2 · 100 = 120 samples from 1130 are the last ones.
    for (place, count) in [(1130, 2), (1131, 1)] {
      let found = PeakCutting.pieces(ofWindow: window([(place - 100, 9), (place, 9)]))
      #expect(found.count == count && found.allSatisfy { $0.count == 120 })
    }
  }

  @Test("Within 200 ms only the highest maximum is a peak, the first one of equals")
  func refractoryPeriod() {
    let close = window([(100, 95), (124, 100), (148, 96), (300, 99), (324, 99), (500, 100)])
    #expect(PeakCutting.pieces(ofWindow: close).map(\.lowerBound) == [124, 300, 500])
    let apart = window([(100, 95), (125, 100), (150, 96)])
    #expect(PeakCutting.pieces(ofWindow: apart).map(\.lowerBound) == [100, 125, 150])
  }

  @Test("A plateau is one maximum where it falls, and none where it goes on rising")
  func plateaus() {
    var window = window([(400, 100)])
    window.replaceSubrange(100..<110, with: repeatElement(95, count: 10))
    window.replaceSubrange(700..<710, with: repeatElement(95, count: 10))
    window.replaceSubrange(710..<720, with: repeatElement(98, count: 10))
    #expect(PeakCutting.pieces(ofWindow: window).map(\.lowerBound) == [100, 400, 710])
  }

  @Test("A window with fewer than two peaks, a flat one and an empty one give nothing")
  func nothing() {
    #expect(PeakCutting.pieces(ofWindow: window([(100, 10)])).isEmpty)
    #expect(PeakCutting.pieces(ofWindow: window([])).isEmpty)
    #expect(PeakCutting.pieces(ofWindow: []).isEmpty)
    // The first and the last sample are no local maxima.
    #expect(PeakCutting.pieces(ofWindow: window([(0, 10), (600, 10), (1249, 10)])).isEmpty)
  }

  @Test("The widest range of samples does not overflow")
  func extremes() {
    var window = [Int16](repeating: .min, count: 1250)
    for place in stride(from: 100, to: 1200, by: 100) { window[place] = .max }
    #expect(PeakCutting.pieces(ofWindow: window).count == 11)
  }

  @Test("Windows of 10 s follow each other; every eighth sample counts, the rest does not")
  func windows() {
    var signal = [Int16](repeating: 0, count: 25_000)
    for place in stride(from: 800, to: 25_000, by: 1000) {
      signal[place] = 100
      signal[place + 1] = 1000
    }
    let pieces = PeakCutting.pieces(of: signal, invalid: .min)
    #expect(
      pieces.map(\.lowerBound)
        == [0, 10_000].flatMap { start in
          (0..<9).map { start + 800 + 1000 * $0 }
        })
    #expect(pieces.allSatisfy { $0.count == 1200 })
    signal[10_008] = .min
    #expect(PeakCutting.pieces(of: signal, invalid: .min).count == 9)
    #expect(PeakCutting.pieces(of: Array(signal.prefix(9_999)), invalid: .min).isEmpty)
    #expect(PeakCutting.pieces(of: [], invalid: .min).isEmpty)
  }

  @Test("A row keeps every eighth sample of its piece")
  func rows() {
    let signal = (0..<64).map { Int16($0) }
    var rows: [Float] = []
    BeatCutting.appendRow(
      of: 8..<48, signal: signal, decimation: PeakCutting.decimation, length: 6, to: &rows)
    #expect(rows == [0, 0.25, 0.5, 0.75, 1, 0])
  }

  @Test("Any signal is cut into pieces inside it")
  func anySignal() {
    var state: UInt64 = 88_172_645_463_325_252
    for _ in 0..<200 {
      var level = 0
      let signal = (0..<10_000).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        level = max(-30_000, min(30_000, level + Int(state % 4001) - 2000))
        return Int16(level)
      }
      for piece in PeakCutting.pieces(of: signal, invalid: .min) {
        #expect(piece.lowerBound >= 0 && piece.upperBound <= signal.count && piece.count >= 240)
      }
    }
  }
}
