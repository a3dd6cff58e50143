// The time of a whole training step (forward, backward, Adam) on random rows.
//
//   swift run -c release --package-path Benchmarks EngineBenchmark W5 256 1
//
// prints one line of JSON: milliseconds a step (median, least, and of processor time, which says
// more on a machine that others use too), rows a second, multiply-adds a row, and what share of the
// cores' peak, measured in the same run, these take. Sparse gradients count as if they were dense.
import Foundation
import Neural
import Tensors

/// What stands on the command line.
struct Settings {
  var workload: Workload
  var batch = 256
  var threads = 1
  var seconds = 4.0

  init?(_ arguments: [String]) {
    guard let workload = arguments.first.flatMap(Workload.init) else { return nil }
    self.workload = workload
    let numbers = arguments.dropFirst().map { Double($0) ?? 0 }
    guard numbers.count <= 3, numbers.allSatisfy({ $0 > 0 && $0 < 1e6 }) else { return nil }
    if numbers.count > 0 { batch = Int(numbers[0]) }
    if numbers.count > 1 { threads = Int(numbers[1]) }
    if numbers.count > 2 { seconds = numbers[2] }
    guard batch > 0, threads > 0 else { return nil }
  }
}

/// Milliseconds of steps: of each, in order of size, and of the processor on average.
struct StepTimes {
  var wall: [Double] = []
  var processor = 0.0
}

/// Milliseconds that this process has computed.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

/// Measures steps, the first two left out.
func stepTimes(_ settings: Settings) -> StepTimes {
  let plan = settings.workload.plan
  let network = Network(plan, seed: 1, batchSize: settings.batch, threads: settings.threads)
  let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
  var random = Philox(seed: 1, purpose: "benchmark").stream()
  let rows = (0..<settings.batch * plan.input.count).map { _ in Float(random.nextUniform()) }
  let labels = (0..<settings.batch).map { UInt8($0 % plan.output.count) }
  let clock = ContinuousClock()
  var times = StepTimes()
  rows.withUnsafeBufferPointer { rows in
    labels.withUnsafeBufferPointer { labels in
      let batch = Batch(Array(0..<settings.batch)[...], of: rows, labels: labels)
      let start = clock.now
      var (step, processorStart) = (0, 0.0)
      while times.wall.count < 5 || (clock.now - start) / .seconds(1) < settings.seconds {
        step += 1
        if step == 3 { processorStart = processorTime() }
        let began = clock.now
        _ = network.train(
          batch, loss: SoftmaxCrossEntropy(), optimizer: Adam(), state: state, step: step,
          learningRate: 1e-3)
        if step > 2 { times.wall.append((clock.now - began) / .milliseconds(1)) }
      }
      times.processor = (processorTime() - processorStart) / Double(times.wall.count)
    }
  }
  times.wall.sort()
  return times
}

guard let settings = Settings(Array(CommandLine.arguments.dropFirst())) else {
  print("usage: EngineBenchmark WORKLOAD [BATCH] [THREADS] [SECONDS]")
  print("workloads: \(Workload.names.joined(separator: ", "))")
  exit(64)
}
let isa = Kernels.current.name
let peak = Peak.multiplyAddsPerSecond(instructionSet: isa)
let times = stepTimes(settings)
let median = times.wall[times.wall.count / 2]
let least = times.wall[0]
let multiplyAdds = settings.workload.plan.trainingMultiplyAdds

/// Percent of the cores' peak, for a step of so many milliseconds.
func percentOfPeak(_ milliseconds: Double) -> String {
  guard let peak else { return "null" }
  let rate = Double(multiplyAdds * settings.batch) / (milliseconds / 1000)
  return rounded(100 * rate / (peak * Double(settings.threads)))
}

/// The value with two decimals.
func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

print(
  """
  {"program":"detectron","workload":"\(settings.workload.name)","batch":\(settings.batch),\
  "threads":\(settings.threads),"isa":"\(isa)","ms":\(rounded(median)),"min":\(rounded(least)),\
  "cpu":\(rounded(times.processor)),\
  "rows_per_second":\(rounded(Double(settings.batch) / median * 1000)),\
  "multiply_adds":\(multiplyAdds),"percent_of_peak":\(percentOfPeak(median)),\
  "percent_of_peak_best":\(percentOfPeak(least)),\
  "peak_gflops":\(peak.map { rounded($0 * 2e-9) } ?? "null")}
  """)
