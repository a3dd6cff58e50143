// The time of evaluating models of the size of the mitbih test part: areas under the ROC curves, and
// all metrics in all bootstrap draws.
//
//   swift run -c release --package-path Benchmarks StatisticsBenchmark auroc FILE [SECONDS]
//   swift run -c release --package-path Benchmarks StatisticsBenchmark bootstrap [MODELS] [DRAWS]
//
// prints one line of JSON. FILE holds the labels of 21,892 rows as Int64, then their scores of five
// classes as Double, row by row.
import Foundation
import Statistics
import Tensors

/// The test part of `mitbih`.
enum Size {
  static let classes = 5
  static let counts = [18118, 556, 1448, 162, 1608]
  static let rows = counts.reduce(0, +)
}

/// Milliseconds of wall time and of the processor.
func time(_ body: () throws -> Void) rethrows -> (wall: Double, processor: Double) {
  func processor() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
  let start = processor()
  let wall = try ContinuousClock().measure(body) / .milliseconds(1)
  return (wall, processor() - start)
}

func areas(_ path: String, seconds: Double) throws {
  let bytes = try Data(contentsOf: URL(filePath: path))
  let (labels, scores) = bytes.withUnsafeBytes { bytes in
    (
      bytes.loadWords(Int64.self, from: 0, count: Size.rows).map { Int($0) },
      bytes.loadWords(
        UInt64.self, from: 8 * Size.rows, count: Size.rows * Size.classes
      ).map { Double(bitPattern: $0) }
    )
  }
  var times: [(wall: Double, processor: Double)] = []
  var mean = 0.0
  let clock = ContinuousClock()
  let start = clock.now
  while times.count < 20 || (clock.now - start) / .seconds(1) < seconds {
    times.append(
      try time {
        let areas = try ROCArea.ofEachClass(
          labels: labels, scores: scores, classCount: Size.classes)
        mean = areas.compactMap(\.value).reduce(0, +) / Double(Size.classes)
      })
  }
  let processor = times.map(\.processor).sorted()
  print(
    """
    {"program":"detectron","ms":\(times.map(\.wall).sorted()[times.count / 2]),\
    "cpu":\(processor[times.count / 2]),"value":\(mean)}
    """)
}

func bootstrap(models: Int, draws: Int) throws {
  let labels = Size.counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
  let predictions = try (0..<models).map { model in
    var random = Philox(seed: model, purpose: "benchmark").stream()
    let probabilities = labels.flatMap { label -> [Double] in
      let weights = (0..<Size.classes).map {
        Elementary.exp(random.nextNormal() + ($0 == label ? 3 : 0))
      }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    }
    return try Predictions(
      labels: labels, probabilities: probabilities, classCount: Size.classes)
  }
  let workers = ProcessInfo.processInfo.activeProcessorCount
  let resampling = Resampling(rowCount: Size.rows, seed: 1)
  let time = time {
    _ = resampling.replicates(of: predictions, draws: draws, workers: workers)
  }
  print(
    """
    {"program":"detectron","models":\(models),"draws":\(draws),"workers":\(workers),\
    "seconds":\(time.wall / 1000),"cpu_seconds":\(time.processor / 1000)}
    """)
}

extension UnsafeRawBufferPointer {
  /// Words from an offset in bytes.
  func loadWords<Word: BitwiseCopyable>(_ type: Word.Type, from offset: Int, count: Int) -> [Word] {
    (0..<count).map { loadUnaligned(fromByteOffset: offset + 8 * $0, as: type) }
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
let numbers = arguments.dropFirst().map { Double($0) ?? 0 }
switch arguments.first {
case "auroc" where arguments.count >= 2:
  try areas(arguments[1], seconds: numbers.count > 1 ? numbers[1] : 2)
case "bootstrap" where numbers.allSatisfy({ (1...1e6).contains($0) }):
  try bootstrap(
    models: numbers.first.map { Int($0) } ?? 15, draws: numbers.count > 1 ? Int(numbers[1]) : 10_000
  )
default:
  print("usage: StatisticsBenchmark auroc FILE [SECONDS] | bootstrap [MODELS] [DRAWS]")
  exit(64)
}
