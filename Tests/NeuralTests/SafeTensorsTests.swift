import Tensors
import Testing

@testable import Neural

@Suite("Weights files")
struct SafeTensorsTests {
  private let tensors = [
    NamedTensor(name: "conv1.kernel", shape: [2, 3], values: [1, -2, 3.5, 0, -0.0, 1e-30]),
    NamedTensor(name: "a \"quoted\" name\n", shape: [], values: [7]),
    NamedTensor(name: "nothing", shape: [0, 4], values: []),
  ]

  @Test("Tensors survive writing and reading, bit for bit")
  func roundTrip() throws {
    let read = try SafeTensors.decode(SafeTensors.encode(tensors))
    #expect(Set(read.map(\.name)) == Set(tensors.map(\.name)))
    for tensor in tensors {
      let found = try #require(read.first { $0.name == tensor.name })
      #expect(found.shape == tensor.shape)
      #expect(found.values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
    }
  }

  @Test("A network reads back what it wrote, and names what does not fit")
  func network() throws {
    let plan = Plan(Dense(3), length: 1, channels: 2)
    let (written, read) = (Network(plan, seed: 1), Network(plan, seed: 2))
    try read.load(SafeTensors.decode(SafeTensors.encode(written.tensors)))
    #expect(read.weights.array == written.weights.array)
    #expect(throws: NeuralError.missingParameter(path: "dense1.bias")) {
      try read.load(Array(written.tensors.prefix(1)))
    }
    let other = Network(Plan(Dense(4), length: 1, channels: 2), seed: 1)
    #expect(
      throws: NeuralError.unexpectedShape(path: "dense1.kernel", expected: [2, 3], found: [2, 4])
    ) { try read.load(other.tensors) }
  }

  @Test("A damaged file gives an error or tensors, never a crash")
  func damaged() {
    let whole = SafeTensors.encode(tensors)
    for length in 0..<whole.count {
      #expect(throws: NeuralError.self) { try SafeTensors.decode(Array(whole.prefix(length))) }
    }
    var random = Philox(seed: 1, purpose: "fuzz").stream()
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0...random.nextIndex(below: 4) {
        bytes[random.nextIndex(below: bytes.count)] = UInt8(truncatingIfNeeded: random.nextWord())
      }
      if let read = try? SafeTensors.decode(bytes) {
        #expect(read.reduce(0) { $0 + 4 * $1.values.count } < whole.count)
      }
    }
  }

  @Test("A header that claims more than there is is refused before it is read")
  func hugeClaims() {
    let header = #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,16]}}"#
    let bytes =
      withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + header.utf8
    #expect(throws: NeuralError.self) { try SafeTensors.decode(bytes) }
    #expect(throws: NeuralError.self) {
      try SafeTensors.decode([UInt8](repeating: 0xff, count: 64))
    }
  }
}
