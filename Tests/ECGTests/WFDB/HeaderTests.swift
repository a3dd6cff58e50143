import Testing

@testable import ECG

struct HeaderTests {
  @Test("Headers are read as wfdb-python reads them, defaults by the specification")
  func golden() throws {
    for golden in try Golden.load().headers {
      let header = try RecordHeader.parse(Array(golden.text.utf8), path: golden.name)
      #expect(header.samplingFrequency == golden.fs)
      #expect(header.counterFrequency == golden.counterFrequency ?? golden.fs)
      #expect(header.baseCounter == golden.baseCounter ?? 0)
      #expect(header.sampleCount == golden.length)
      #expect(header.comments == golden.comments)
      #expect(header.signals.count == golden.signals.count)
      for (index, (signal, expected)) in zip(header.signals, golden.signals).enumerated() {
        #expect(signal.fileName == expected.file_name)
        #expect(String(signal.format) == expected.fmt)
        #expect(signal.samplesPerFrame == expected.samps_per_frame)
        #expect(signal.skew == expected.skew ?? 0)
        #expect(signal.byteOffset == expected.byte_offset ?? 0)
        #expect(signal.gain == expected.adc_gain)
        #expect(signal.baseline == expected.baseline)
        #expect(signal.units == expected.units)
        #expect(signal.resolution == expected.adc_res ?? 12)
        #expect(signal.adcZero == expected.adc_zero ?? 0)
        #expect(signal.initialValue == expected.init_value)
        #expect(signal.checksum == expected.checksum)
        #expect(signal.blockSize == expected.block_size ?? 0)
        #expect(
          signal.description == expected.sig_name ?? "record \(header.name), signal \(index)")
      }
    }
  }

  @Test("A multi-segment header is refused by name")
  func multiSegment() {
    let text = Array("v102s/3 4 250 225000\nv102s_1 75000\n".utf8)
    #expect(throws: ECGError.unsupported(path: "h", feature: "a multi-segment record (3 segments)"))
    { try RecordHeader.parse(text, path: "h") }
  }

  @Test(
    "Each mistake in a header is told with its line",
    arguments: [
      ("", 1), ("100\n", 1), ("100 x\n", 1), ("100 -1\n", 1), ("100 1 360\n", 1),
      ("100 1 360\n100.dat\n", 2), ("100 1 0\n100.dat 16\n", 1), ("100 1 nan\n100.dat 16\n", 1),
      ("100 1 360 99999999999999999999\n100.dat 16\n", 1), ("# c\n100 1\n100.dat 16x0\n", 3),
      ("100 1\n100.dat 16x\n", 2), ("100 1\n100.dat 16x2x2\n", 2), ("100 1\na 16 1(2\n", 2),
      ("100 1\na 16 inf\n", 2), ("100 1\na 16 1/\n", 2), ("100 1\na 16 1 1 99999999999\n", 2),
      ("100 1 360 10 noon\na 16\n", 1), ("100 1 360/x\na 16\n", 1), ("100 1\na 16\nb 16\n", 1),
      ("100 1 360 10 1:2 1/2/3 more\na 16\n", 1),
    ])
  func mistakes(text: String, line: Int) {
    do {
      let header = try RecordHeader.parse(Array(text.utf8), path: "h")
      Issue.record("\(header)")
    } catch .malformedHeader(let path, let found, _) {
      #expect(path == "h" && found == line)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("A message names the file and ends with the remedy")
  func message() {
    let error = ECGError.truncatedSignal(path: "100.dat", promised: 650_000, found: 12)
    #expect(
      error.description
        == "100.dat: the header promises 650000 samples, the signal file holds 12; "
        + "download the file again")
    #expect(throws: ECGError.self) { try RecordHeader.read("/nowhere/100.hea") }
  }

  @Test("Damaged headers give a result or a typed error")
  func fuzz() throws {
    var mutations = Mutations(seed: 1)
    for golden in try Golden.load().headers {
      for _ in 0..<2000 {
        _ = try? RecordHeader.parse(mutations.mutate(Array(golden.text.utf8)), path: "h")
      }
    }
  }

  @Test("All published headers are read", .enabled(if: SharedData.has("data/wfdb-samples")))
  func published() throws {
    for name in ["03700181", "100-no-len", "1003", "100skew", "12726", "a103l", "mixedsignals"] {
      let header = try RecordHeader.read("\(SharedData.path)/data/wfdb-samples/\(name).hea")
      #expect(header.name == name && !header.signals.isEmpty)
    }
    let header = try RecordHeader.read("\(SharedData.path)/data/wfdb-samples/12726.hea")
    #expect(header.counterFrequency == 24000 && header.baseTime == "15:08:24")
  }
}
