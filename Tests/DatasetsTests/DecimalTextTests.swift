import Testing

@testable import Datasets

struct DecimalTextTests {
  private func parse(_ text: String) -> (value: Float?, end: Int) {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var position = 0
      return (DecimalText.float(bytes, at: &position), position)
    }
  }

  @Test("Numbers are read as Python's float, rounded to single precision, also halfway cases")
  func golden() throws {
    for golden in try Golden.load().numbers {
      let (value, end) = parse(golden.text)
      #expect(value?.bitPattern == golden.bits, "\(golden.text)")
      #expect(end == golden.text.utf8.count)
    }
  }

  @Test(
    "What is no number is none",
    arguments: ["", "-", ".5", "5.", "1e", "1e+", "nan", "inf", "x1", " 1", "e5", "+-1"])
  func malformed(text: String) {
    #expect(parse(text).value == nil)
  }

  @Test("Reading stops behind the number")
  func position() {
    #expect(parse("1.5e-01,2") == (0.15, 7))
    #expect(parse("1e1234567").end == 7)
  }

  @Test("Numbers are written as C's %.18e")
  func publishedForm() throws {
    for golden in try Golden.load().publishedForm {
      var bytes: [UInt8] = []
      DecimalText.append(Float(bitPattern: golden.bits), to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == golden.text)
    }
  }

  @Test("Every written number reads back as itself")
  func roundTrip() {
    var bits: UInt32 = 12345
    for _ in 0..<20_000 {
      bits = bits &* 1_664_525 &+ 1_013_904_223
      let value = Float(bitPattern: bits % 0x3f80_0001)
      var bytes: [UInt8] = []
      DecimalText.append(value, to: &bytes)
      #expect(parse(String(decoding: bytes, as: UTF8.self)).value == value)
    }
  }

  @Test("Damaged numbers give a number or none")
  func fuzz() {
    var mutations = Mutations(seed: 1)
    for text in ["7.582644820213317871e-01", "-123.5e+12", "0.00001"] {
      for _ in 0..<5000 {
        let bytes = mutations.mutate(Array(text.utf8))
        let (_, end) = parse(String(decoding: bytes, as: UTF8.self))
        #expect(end >= 0)
      }
    }
  }
}
