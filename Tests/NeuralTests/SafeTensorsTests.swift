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

  @Test("A network takes over a part of another, by path, and keeps its own head")
  func partialLoading() throws {
    func network(_ outputs: Int, seed: Int) -> Network {
      let layers = Sequential {
        Conv1D(3, kernel: 2)
        GlobalMaxPool()
        Dense(4)
        Dense(outputs)
      }
      return Network(Plan(layers, length: 5), seed: seed)
    }
    let trained = network(5, seed: 1).tensors
    for selection: ParameterSelection in [.under(["conv1", "dense1"]), .except(["dense2"])] {
      let fresh = network(2, seed: 2)
      let target = network(2, seed: 2)
      try target.load(trained, selection)
      for (index, tensor) in target.tensors.enumerated() {
        let expected = tensor.name.hasPrefix("dense2") ? fresh.tensors[index] : trained[index]
        #expect(tensor == expected)
      }
    }
    let target = network(2, seed: 2)
    let before = target.weights.array
    let known = target.plan.parameters.map(\.path)
    #expect(throws: NeuralError.unknownPath("dens", known: known)) {
      try target.load(trained, .under(["conv1", "dens"]))
    }
    #expect(
      throws: NeuralError.unexpectedShape(path: "dense2.kernel", expected: [4, 2], found: [4, 5])
    ) { try target.load(trained) }
    #expect(throws: NeuralError.missingParameter(path: "dense2.kernel")) {
      try target.load(trained.filter { !$0.name.hasPrefix("dense2") }, .under(["conv1", "dense2"]))
    }
    #expect(target.weights.array == before)
    let message = NeuralError.unknownPath("dens", known: known).description
    #expect(message.contains("dens;") && message.contains("dense2.bias"))
  }

  @Test("Freezing what is not there, or everything, is an error that says what to do")
  func frozenPaths() throws {
    let plan = Plan(Dense(3), length: 1, channels: 2, frozen: ["dense1"])
    #expect(throws: NeuralError.nothingToTrain(frozen: ["dense1"])) {
      try plan.checkFrozen(["dense1"])
    }
    #expect(throws: NeuralError.unknownPath("conv", known: ["dense1.kernel", "dense1.bias"])) {
      try plan.checkFrozen(["conv"])
    }
    try Plan(Dense(3), length: 1, channels: 2, frozen: ["dense1.bias"]).checkFrozen(["dense1.bias"])
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
