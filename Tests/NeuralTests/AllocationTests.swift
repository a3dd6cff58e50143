import Foundation
import Tensors
import Testing

@testable import Neural

/// Has the tracer write, from here to the end of the process; without it, nothing.
///
/// Named here because the C library's module for Swift leaves it out, and not looked up while
/// running because the version of the symbol has to be right.
@_silgen_name("mtrace") private func mtrace()

/// Counts every allocation of a process by the GNU C library's own tracer (mtrace), which must be
/// loaded before the program starts: the test runs itself once more, in a process of its own.
private enum AllocationTrace {
  private static let library = "libc_malloc_debug.so.0"
  private static let folders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"].flatMap { folder in
    [folder, "\(folder)/x86_64-linux-gnu", "\(folder)/aarch64-linux-gnu"]
  }
  /// Sizes that nothing else asks for: they say in the trace where what is counted begins and ends.
  private static let (begin, end) = (1_000_003, 1_000_033)

  static let isAvailable: Bool = {
    if folders.contains(where: { FileManager.default.fileExists(atPath: "\($0)/\(library)") }) {
      return true
    }
    print("Allocations are not counted: there is no \(library) on this machine.")
    return false
  }()

  /// Whether this is the process that is traced.
  static let isRunning = ProcessInfo.processInfo.environment["MALLOC_TRACE"] != nil

  /// Marks what the body allocates.
  static func counting(_ body: () -> Void) {
    mark(begin)
    body()
    mark(end)
  }

  private static func mark(_ size: Int) {
    UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 1).deallocate()
  }

  /// The allocations of each counted stretch of a test that runs alone, in another process.
  static func counts(of test: String) throws -> [Int] {
    let file = FileManager.default.temporaryDirectory.appending(path: "trace-\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = ["--testing-library", "swift-testing", "--filter", test]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["LD_PRELOAD": library, "MALLOC_TRACE": file.path], uniquingKeysWith: { $1 })
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    var counts: [Int] = []
    var isCounting = false
    // A line is `@ caller + address size`; a block that grows ends with a line with `>`.
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.first == "@", let size = words.last, words.contains("+") || words.contains(">")
      else { continue }
      if size == "0x" + String(begin, radix: 16) {
        isCounting = true
        counts.append(0)
      } else if size == "0x" + String(end, radix: 16) {
        isCounting = false
      } else if isCounting {
        counts[counts.count - 1] += 1
      }
    }
    return counts
  }
}

/// A plan that the allocations are counted of.
private struct Subject: Sendable {
  let name: String
  let plan: Plan
  /// The only loss that its outputs are meant for; `nil` for three classes.
  let loss: (any Loss)?

  init(_ name: String, length: Int = 29, loss: (any Loss)? = nil, _ layers: some Layer) {
    self.name = name
    self.loss = loss
    plan = Plan(layers, length: length)
  }

  /// How often its steps are counted.
  var stretches: Int { loss == nil ? 4 : 1 }
}

@Suite("Allocations")
struct AllocationTests {
  private static let subjects = [
    Subject(
      "convolutions",
      Sequential {
        Conv1D(8, kernel: 5)
        ReLU()
        MaxPool1D(2)
        Dropout(0.1)
        Conv1D(16, kernel: 3)
        ReLU()
        GlobalMaxPool()
        Dropout(0.2)
        Dense(7)
        ReLU()
        Dense(3)
      }),
    Subject(
      "residual blocks",
      Sequential {
        Conv1D(8, kernel: 7, padding: .same)
        Sum {
          Sequential {
            BatchNorm()
            ReLU()
            Conv1D(8, kernel: 3, padding: .same)
          }
          Identity()
        }
        Concatenate {
          Conv1D(4, kernel: 3, dilation: 2, padding: .same)
          Conv1D(4, kernel: 1)
        }
        BatchNorm()
        ReLU()
        GlobalAveragePool()
        Dense(3)
      }),
    Subject(
      "recurrent",
      Sequential {
        MaskPadding()
        Bidirectional(LSTM(5, returnsSequences: true))
        GRU(4, returnsSequences: true)
        SimpleRNN(4)
        Flatten()
        Dense(3)
      }),
    Subject(
      "wide convolutions",
      Sequential {
        Conv1D(32, kernel: 3)
        PReLU()
        Conv1D(32, kernel: 3, padding: .same)
        ReLU()
        SqueezeExcitation(reduction: 4)
        Conv1D(32, kernel: 3)
        ReLU()
        GlobalMaxPool()
        Dense(3)
      }),
    Subject(
      "attention",
      Sequential {
        Conv1D(8, kernel: 5, stride: 5)
        ClassToken()
        LearnedPositions()
        TransformerEncoder(heads: 2, keyWidth: 4, hidden: 16, dropout: 0.1)
        LayerNorm()
        FirstSample()
        Dense(3)
      }),
    Subject(
      "decoder", length: 28, loss: SquaredError(ignoresPadding: true),
      Sequential {
        Conv1D(4, kernel: 3, padding: .same)
        Tanh()
        MaxPool1D(2)
        ConvTranspose1D(4, kernel: 3, padding: 1)
        PReLU()
        UpSampling1D(2)
        ConvTranspose1D(1, kernel: 3, padding: 1)
      }),
    Subject(
      "spectrum", length: 187, loss: SigmoidFocal(gamma: 2),
      Sequential {
        RealFourierTransform()
        Conv1D(8, kernel: 3)
        Sigmoid()
        Flatten()
        Dense(1)
      }),
  ]

  // Where the tracer is missing, a printed line says so.
  @Test(
    "Steps of a training allocate nothing once they are under way",
    .enabled(if: AllocationTrace.isAvailable && !AllocationTrace.isRunning))
  func steadyState() throws {
    let counts = try AllocationTrace.counts(of: "AllocationTests/tracedSteps")
    // The first stretch is a control: nine arrays, and what the runner of tests may still have to
    // say about their beginning on another thread.
    #expect(counts.first ?? 0 >= 9, "\(counts)")
    #expect(counts.dropFirst().allSatisfy { $0 == 0 }, "\(counts)")
    #expect(counts.count == 1 + Self.subjects.reduce(0) { $0 + $1.stretches })
  }

  @Test("What the test above counts", .enabled(if: AllocationTrace.isRunning))
  func tracedSteps() {
    mtrace()
    var total = 0
    AllocationTrace.counting {
      for size in 1...9 { total += length([Int](repeating: size, count: size)) }
    }
    #expect(total == 45)
    for subject in Self.subjects { trace(subject) }
  }

  private func trace(_ subject: Subject) {
    let plan = subject.plan
    let rows = noise(70 * plan.input.length, "rows")
    let labels = (0..<70).map { UInt8($0 % (subject.loss == nil ? 3 : 2)) }
    let order = Array(0..<70)
    let network = Network(plan, seed: 1)
    let average = WeightAverage(for: plan, momentum: 0.99)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    func steps(
      _ loss: some Loss, _ optimizer: some Optimizer, _ clipping: GradientClipping
    ) {
      rows.withUnsafeBufferPointer { rows in
        labels.withUnsafeBufferPointer { labels in
          func take(_ steps: ClosedRange<Int>) {
            for step in steps {
              _ = network.train(
                Batch(order[..<(step % 2 == 0 ? 70 : 33)], of: rows, labels: labels), loss: loss,
                optimizer: optimizer, state: state, step: step, learningRate: 1e-3,
                clipping: clipping)
              average.update(from: network, step: step)
            }
          }
          take(1...2)
          AllocationTrace.counting { take(3...8) }
        }
      }
    }
    if let loss = subject.loss { return steps(loss, Adam(), .none) }
    steps(SoftmaxCrossEntropy(), Adam(), .none)
    steps(SoftmaxCrossEntropy(smoothing: 0.1), AdamW(), .globalNorm(limit: 0.1))
    let focal = ClassWeighted(SoftmaxFocal(gamma: 2), weights: [1, 2, 3])
    steps(focal, SGD(momentum: 0.9), .value(limit: 0.1))
    // As the trainer has it, which knows loss and optimizer only at run time.
    let (loss, optimizer): (any Loss, any Optimizer) = (focal, AdamW())
    steps(loss, optimizer, .none)
  }

  @inline(never)
  private func length(_ array: [Int]) -> Int { array.count }
}
