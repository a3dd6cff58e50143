// The time of a whole training step (forward, backward, Adam) on random rows.
//
//   swift run -c release --package-path Benchmarks EngineBenchmark baseline 256 1
//
// prints one line of JSON: the median, least and greatest milliseconds a step, and rows a second.
import Models
import Neural
import Tensors

let arguments = CommandLine.arguments.dropFirst()
let name = arguments.first ?? "baseline"
let batchSize = arguments.dropFirst().first.flatMap { Int($0) } ?? 256
let threads = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1
let seconds = arguments.dropFirst(3).first.flatMap { Double($0) } ?? 4

guard let variant = ModelCatalogue.variant(name), batchSize > 0, threads > 0 else {
  print("usage: EngineBenchmark VARIANT [BATCH] [THREADS] [SECONDS]")
  print("variants: \(ModelCatalogue.all.map(\.id).joined(separator: ", "))")
  fatalError("wrong arguments")
}

let task = ClassificationTask(id: "mitbih", classCount: 5)
let network = Network(variant.plan(for: task), seed: 1, threads: threads)
let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
var random = Philox(seed: 1, purpose: "benchmark").stream()
let rows = (0..<batchSize * task.rowLength).map { _ in Float(random.nextUniform()) }
let labels = (0..<batchSize).map { UInt8($0 % task.classCount) }
let clock = ContinuousClock()
var times: [Double] = []

rows.withUnsafeBufferPointer { rows in
  labels.withUnsafeBufferPointer { labels in
    let batch = Batch(Array(0..<batchSize)[...], of: rows, labels: labels)
    let start = clock.now
    var step = 0
    while times.count < 5 || (clock.now - start) / .seconds(1) < seconds {
      step += 1
      let began = clock.now
      _ = network.train(
        batch, loss: task.loss, optimizer: Adam(), state: state, step: step, learningRate: 1e-3)
      if step > 2 { times.append((clock.now - began) / .milliseconds(1)) }
    }
  }
}

times.sort()
let median = times[times.count / 2]
print(
  """
  {"program":"detectron","variant":"\(name)","batch":\(batchSize),"threads":\(threads),\
  "isa":"\(Kernels.current.name)","ms":\(median),"min":\(times[0]),"max":\(times[times.count - 1]),\
  "rows_per_second":\(Double(batchSize) / median * 1000)}
  """)
