import CKernels
import Tensors

/// The weights of a batch normalisation: of the line, and the moving statistics.
struct NormalizationParameters: Sendable {
  let scale: Parameter
  let offset: Parameter
  let mean: Parameter
  let variance: Parameter

  var all: [Parameter] { [scale, offset, mean, variance] }

  /// The line a channel that the moving statistics give.
  func deriveLine(
    _ weights: DerivedWeights, epsilon: Float, factor: UnsafeMutablePointer<Float>,
    offset: UnsafeMutablePointer<Float>
  ) {
    let (mean, variance) = (weights[self.mean], weights[self.variance])
    for c in 0..<scale.count {
      factor[c] = weights[scale][c] / (variance[c] + epsilon).squareRoot()
      offset[c] = weights[self.offset][c] - mean[c] * factor[c]
    }
  }
}

/// Batch normalisation: each channel to mean 0 and variance 1 over rows and samples, then a line.
///
/// Reference: ``Reference/batchNormalization(_:scale:offset:epsilon:channels:)``. While training, a
/// shard's moments are a mean and a sum of squared deviations in the order of rows and samples,
/// merged in the order of windows and shards (Chan et al. 1979); otherwise the moving statistics are used.
struct Normalization: SynchronizedOperation {
  let input: Value
  let output: Value
  let statistics: NormalizationParameters
  let momentum: Float
  let epsilon: Float
  var rectifies = false

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { statistics.all }
  var scratch: Scratch { Scratch(keptFixed: Gathered.count * room) }
  var derivedCount: Int { Derived.count * room }
  var readsOutputBackward: Bool { false }

  private var channels: Int { input.channels }
  /// Floats of one number a channel.
  private var room: Int { (channels + 15) / 16 * 16 }

  /// What a shard gathers, a number a channel.
  private enum Gathered: Int {
    case mean, deviations, windowMean, windowDeviations, gradientSum, productSum
    static let count = 6
  }

  /// What all shards read, a number a channel.
  private enum Derived: Int {
    case inferenceFactor, inferenceOffset
    case mean, inverseDeviation, factor, offset
    case gradientFactor, inputFactor, gradientOffset
    static let count = 9
  }

  private func gathered(
    _ shard: Shard, _ index: Int, _ field: Gathered
  ) -> UnsafeMutablePointer<Float> {
    shard.fixedScratch(of: index) + field.rawValue * room
  }

  private func place(_ field: Derived) -> Int { field.rawValue * room }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  // MARK: Forward

  /// The line that the moving statistics give.
  func derive(_ weights: DerivedWeights) {
    statistics.deriveLine(
      weights, epsilon: epsilon, factor: weights.derived + place(.inferenceFactor),
      offset: weights.derived + place(.inferenceOffset))
  }

  func gather(_ shard: Shard) {
    let mean = gathered(shard, shard.turn, .windowMean)
    let deviations = gathered(shard, shard.turn, .windowDeviations)
    let count = shard.rows * input.length
    shard.kernels.table.column_sums(
      shard.rows, input.length, channels, shard.value(input), shard.stride(input), mean, 0)
    for c in 0..<channels { mean[c] /= Float(count) }
    shard.kernels.table.squared_deviations(
      shard.rows, input.length, channels, shard.value(input), shard.stride(input), mean, deviations)
    for c in 0..<channels {
      var moments = Moments()
      if shard.base > 0 {
        moments = Moments(
          count: shard.base * input.length, mean: gathered(shard, shard.turn, .mean)[c],
          deviations: gathered(shard, shard.turn, .deviations)[c])
      }
      moments.add(Moments(count: count, mean: mean[c], deviations: deviations[c]))
      gathered(shard, shard.turn, .mean)[c] = moments.mean
      gathered(shard, shard.turn, .deviations)[c] = moments.deviations
    }
  }

  func merge(
    _ shards: ArraySlice<Shard>, weights: UnsafeMutablePointer<Float>, derived: DerivedMemory
  ) {
    for c in 0..<channels {
      var moments = Moments()
      for shard in shards {
        moments.add(
          Moments(
            count: (shard.base + shard.rows) * input.length,
            mean: gathered(shard, shard.turn, .mean)[c],
            deviations: gathered(shard, shard.turn, .deviations)[c]))
      }
      let (mean, variance) = (moments.mean, moments.deviations / Float(moments.count))
      let inverse = 1 / (variance + epsilon).squareRoot()
      let factor = weights[statistics.scale.offset + c] * inverse
      derived[place(.mean) + c] = mean
      derived[place(.inverseDeviation) + c] = inverse
      derived[place(.factor) + c] = factor
      derived[place(.offset) + c] = weights[statistics.offset.offset + c] - mean * factor
      move(&weights[statistics.mean.offset + c], towards: mean)
      move(&weights[statistics.variance.offset + c], towards: variance)
    }
  }

  private func move(_ statistic: inout Float, towards value: Float) {
    statistic = statistic * momentum + value * (1 - momentum)
  }

  func forward(_ shard: Shard) {
    let derived = shard.derivedWeights
    let (factor, offset): (Derived, Derived) =
      shard.isTraining ? (.factor, .offset) : (.inferenceFactor, .inferenceOffset)
    var line = DetectronChannels(
      batches: shard.rows, rows: input.length, columns: channels, x: shard.value(input),
      y: shard.value(output))
    line.x_batch = shard.stride(input)
    line.y_batch = shard.stride(output)
    line.factor = derived + place(factor)
    line.offset = derived + place(offset)
    line.relu = rectifies ? 1 : 0
    shard.kernels.table.scale_channels(&line)
  }

  // MARK: Backward

  func gatherGradient(_ shard: Shard) {
    guard shard.needsGradient(output) else { return }
    let (dy, stride) = (shard.gradient(output), shard.gradientStride(output))
    let accumulate: Int32 = shard.base > 0 ? 1 : 0
    shard.kernels.table.column_sums(
      shard.rows, input.length, channels, dy, stride, gathered(shard, shard.turn, .gradientSum),
      accumulate)
    shard.kernels.table.centered_products(
      shard.rows, input.length, channels, shard.value(input), shard.stride(input), dy, stride,
      shard.derivedWeights + place(.mean), gathered(shard, shard.turn, .productSum), accumulate)
  }

  /// `dx = a · dy + b · x + c`, with the lines' coefficients from the sums over the batch.
  func mergeGradient(_ shards: ArraySlice<Shard>, derived: DerivedMemory) {
    let total = Float(shards.reduce(0) { $0 + $1.base + $1.rows } * input.length)
    for c in 0..<channels {
      var (sum, product): (Float, Float) = (0, 0)
      for shard in shards {
        sum += gathered(shard, shard.turn, .gradientSum)[c]
        product += gathered(shard, shard.turn, .productSum)[c]
      }
      let inverse = derived[place(.inverseDeviation) + c]
      let a = derived[place(.factor) + c]
      let b = -a * inverse * inverse * product / total
      derived[place(.gradientFactor) + c] = a
      derived[place(.inputFactor) + c] = b
      derived[place(.gradientOffset) + c] = -a * sum / total - b * derived[place(.mean) + c]
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    let derived = shard.derivedWeights
    for c in 0..<channels {
      shard.weightGradient(statistics.offset)[c] = gathered(shard, shard.turn, .gradientSum)[c]
      shard.weightGradient(statistics.scale)[c] =
        gathered(shard, shard.turn, .productSum)[c] * derived[place(.inverseDeviation) + c]
    }
    guard shard.needsGradient(input) else { return }
    var line = DetectronChannels(
      batches: shard.rows, rows: input.length, columns: channels, x: shard.gradient(output),
      y: shard.gradient(input))
    line.x_batch = shard.gradientStride(output)
    line.y_batch = shard.gradientStride(input)
    line.factor = derived + place(.gradientFactor)
    line.z = UnsafePointer(shard.value(input))
    line.z_batch = shard.stride(input)
    line.z_factor = derived + place(.inputFactor)
    line.offset = derived + place(.gradientOffset)
    line.gate = shard.gate(input)
    line.gate_batch = shard.stride(input)
    line.accumulate = accumulating & 1 == 0 ? 0 : 1
    shard.kernels.table.scale_channels(&line)
  }
}

/// Mean and sum of squared deviations of some numbers.
private struct Moments {
  var count = 0
  var mean: Float = 0
  var deviations: Float = 0

  /// Joins the moments of other numbers (Chan, Golub & LeVeque 1979, Stanford STAN-CS-79-773).
  mutating func add(_ other: Moments) {
    let distance = other.mean - mean
    let share = Float(other.count) / Float(count + other.count)
    mean += distance * share
    deviations += other.deviations + distance * distance * Float(count) * share
    count += other.count
  }
}
