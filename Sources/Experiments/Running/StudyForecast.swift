import Datasets
import Models
import Neural
import Tensors

/// What a study would train, and what that should take on this machine.
public struct StudyForecast: Sendable {
  /// Where a rate comes from.
  public enum Basis: String, Sendable, Codable {
    /// Finished trainings of the same variant in the store.
    case finished
    /// A few steps, taken just now.
    case measured
  }

  /// What is expected of an open training.
  public struct Expectation: Sendable, Equatable, Codable {
    /// Rows learnt from a second, on one thread.
    public let rowsPerSecond: Double
    /// Where the rate comes from.
    public let basis: Basis
    /// Epochs: as many as finished trainings took; without any, as many as the recipe says or,
    /// where it stops early, ``StudyForecast/assumedEpochs``.
    public let epochs: Int
    /// Seconds of one epoch.
    public let secondsPerEpoch: Double
    /// Bytes that the training takes at most, beside the data, on one thread.
    public let memoryBytes: Int
    /// Seconds in all, on one core.
    public var seconds: Double { secondsPerEpoch * Double(epochs) }
  }

  /// A cell of the study.
  public struct Cell: Sendable, Equatable {
    /// Its name.
    public let name: CellName
    /// Key in the store.
    public let key: String
    /// Names of the cells that it builds on; of an ensemble there are many.
    public let parents: [CellName]
    /// Whether it is finished.
    public let isDone: Bool
    /// Seconds that a finished training took.
    public let seconds: Double?
    /// For an open training.
    public let expectation: Expectation?
    /// Why it is open; `nil` for what is done.
    public let reason: OpenReason?
  }

  /// Epochs of a training that stops early, where nothing is known: what most took on `mitbih`.
  public static let assumedEpochs = 25

  /// The cells, in study order.
  public let cells: [Cell]
  /// What cannot be trained, each a whole sentence.
  public let gaps: [String]
  /// The run that it will be.
  public let run: RunRecord
  /// Whether nothing has to be trained.
  public var isDone: Bool { cells.allSatisfy(\.isDone) }

  /// Core-hours of the whole study: what was taken and what is expected.
  public var studyCoreHours: Double {
    coreHours + cells.reduce(0) { $0 + ($1.seconds ?? 0) } / 3600
  }

  /// Core-hours of what is open.
  public var coreHours: Double {
    cells.reduce(0) { $0 + ($1.expectation?.seconds ?? 0) } / 3600
  }

  /// Resolves a study; trains nothing but a few steps of variants that the store knows no rate of.
  ///
  /// - Parameters:
  ///   - dataGaps: What there is no data for, each a whole sentence.
  ///   - measures: Whether such steps may be taken, and how long it takes is asked at all.
  public init(
    _ study: Study, data: [TaskData], store: RunStore, gaps dataGaps: [String] = [],
    measures: Bool = true
  ) throws {
    let plan = try StudyPlan(study, data: data)
    let names = Dictionary(plan.jobs.map { ($0.key, $0.name) }) { first, _ in first }
    var rates = Rates(plan.jobs, store)
    let checked = store.checkedCells()
    let done = Set(try plan.jobs.map(\.key).filter { try store.isWhole($0, checked) })
    let history = try plan.jobs.allSatisfy { done.contains($0.key) } ? nil : CellHistory(store)
    cells = try plan.jobs.map { job in
      let isDone = done.contains(job.key)
      let timing = isDone ? try? store.timing(of: job.key) : nil
      return Cell(
        name: job.name, key: job.key, parents: job.parents.compactMap { names[$0] }, isDone: isDone,
        seconds: timing.map { $0.seconds * Double($0.threads) },
        expectation: isDone || !measures
          ? nil : try (job.work as? TrainingWork).map { try rates.expectation(of: $0) },
        reason: isDone
          ? nil
          : store.contains(job.key)
            ? .damaged
            : CellInputs(try job.work.canonicalJSON()).flatMap {
              history?.reason(for: $0, key: job.key)
            })
    }
    gaps = plan.gaps
    run = try plan.record(gaps: dataGaps)
  }
}

/// What is known of how fast variants are trained, and for how long.
private struct Rates {
  private var known: [String: [CellTiming]] = [:]
  private var probed: [String: Double] = [:]

  init(_ jobs: [CellJob], _ store: RunStore) {
    for job in jobs {
      guard let work = job.work as? TrainingWork, let timing = try? store.timing(of: job.key) else {
        continue
      }
      known[Self.place(of: work), default: []].append(timing)
    }
  }

  private static func place(of work: TrainingWork) -> String {
    "\(work.description.task.classCount)/\(work.description.variant.id)"
      + "/\(work.description.recipe.name)"
  }

  mutating func expectation(of work: TrainingWork) throws -> StudyForecast.Expectation {
    let rows = work.trainer(threads: 1, try work.data()).rows.fitting
    let place = Self.place(of: work)
    let timings = known[place] ?? []
    let rates = timings.compactMap { timing in
      timing.rowsPerSecond.map { $0 / Double(timing.threads) }
    }
    let recipe = work.description.recipe
    let rate: Double
    if rates.isEmpty {
      rate = try probed[place] ?? Self.probe(work, rows)
      probed[place] = rate
    } else {
      rate = rates.reduce(0, +) / Double(rates.count)
    }
    let epochs =
      timings.isEmpty
      ? recipe.expectedEpochs
      : timings.reduce(0) { $0 + $1.epochs } / timings.count
    return StudyForecast.Expectation(
      rowsPerSecond: rate, basis: rates.isEmpty ? .measured : .finished, epochs: epochs,
      secondsPerEpoch: Double(rows.count) / rate,
      memoryBytes: work.memoryBytes(threads: 1))
  }

  /// Rows a second of a few steps on one thread.
  private static func probe(_ work: TrainingWork, _ all: [Int]) throws -> Double {
    let (description, data) = (work.description, try work.data())
    let recipe = description.recipe
    let network = Network(
      description.variant.plan(for: description.task, frozen: recipe.frozen), seed: 1,
      batchSize: recipe.batchSize)
    let optimizer = recipe.optimizer
    let state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: network.weights.count) }
    let loss = recipe.loss(for: description.task)
    let rows = Array(all.prefix(recipe.batchSize))
    let clock = ContinuousClock()
    var fastest = Double.infinity
    data.rows.withUnsafeBufferPointer { inputs in
      data.labels.withUnsafeBufferPointer { labels in
        for step in 1...3 {
          let start = clock.now
          _ = network.train(
            Batch(rows[...], of: inputs, labels: labels), loss: loss, optimizer: optimizer,
            state: state, step: step, learningRate: 1e-3)
          fastest = min(fastest, (clock.now - start) / .seconds(1))
        }
      }
    }
    return Double(rows.count) / fastest
  }
}

extension Recipe {
  /// Epochs that a training should take, where nothing is known of it: as many as it may, or
  /// ``StudyForecast/assumedEpochs`` where it stops early.
  var expectedEpochs: Int {
    stoppingPatience < maximumEpochs
      ? min(maximumEpochs, StudyForecast.assumedEpochs) : maximumEpochs
  }
}
