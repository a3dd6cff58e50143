import Foundation

@testable import Datasets
@testable import Experiments

/// Invented but plausible results, the same in every process.
enum InventedResults {
  static let fiveClasses = [
    ClassLabel(symbol: "N", name: "normal and bundle branch block beats"),
    ClassLabel(symbol: "S", name: "supraventricular ectopic beats"),
    ClassLabel(symbol: "V", name: "ventricular ectopic beats"),
    ClassLabel(symbol: "F", name: "fusion beats"),
    ClassLabel(symbol: "Q", name: "paced and unclassifiable beats"),
  ]
  static let twoClasses = [
    ClassLabel(symbol: "normal", name: "normal"),
    ClassLabel(symbol: "abnormal", name: "abnormal"),
  ]
  static let variants = [
    VariantFacts(
      id: "baseline", title: "Baseline CNN", source: "", parameters: 254_901,
      multiplyAdds: 4_265_840),
    VariantFacts(
      id: "vanilla-cnn", title: "Vanilla CNN", source: "", parameters: 205_877,
      multiplyAdds: 2_065_200),
    VariantFacts(
      id: "vanilla-mlp", title: "Vanilla MLP", source: "", parameters: 49_413,
      multiplyAdds: 49_152),
    VariantFacts(
      id: "dilated-cnn-bilstm", title: "Dilated CNN with bidirectional LSTM", source: "",
      parameters: 221_862, multiplyAdds: 10_444_236),
  ]

  /// Some variants, more than have a name where more are asked for.
  static func variants(_ count: Int) -> [VariantFacts] {
    variants.prefix(count)
      + (variants.count..<max(variants.count, count)).map {
        VariantFacts(
          id: "variant-\($0)", title: "Network number \($0) of the study", source: "",
          parameters: 10_000 + $0, multiplyAdds: 100_000 + $0)
      }
  }

  /// Two tasks: five unbalanced classes of real recordings, and two classes.
  static func study(
    testCounts: [Int] = [900, 60, 120, 30, 90], variants count: Int = 3, seeds: Int = 2,
    isSynthetic: Bool = false
  ) -> StudyResults {
    StudyResults(
      runID: String(repeating: "5e", count: 32), title: "Invented study",
      isDemonstration: isSynthetic,
      tasks: [
        task(
          "mitbih", "MIT-BIH beats", fiveClasses, testCounts, count, seeds,
          "intra-patient split: beats of one subject stand on both sides",
          isSynthetic ? .synthetic : .recordings),
        task(
          "ptb", "PTB beats", twoClasses, [220, 560], count, seeds,
          "split by beat, no patient id", isSynthetic ? .synthetic : .publishedFiles),
      ], gaps: [])
  }

  static func task(
    _ id: String, _ title: String, _ classes: [ClassLabel], _ testCounts: [Int],
    _ variantCount: Int, _ seeds: Int, _ protocolLabel: String, _ source: DataSource
  ) -> TaskResults {
    let data = DatasetSummary(
      id: id, title: title, classes: classes, protocolLabel: protocolLabel, source: source,
      fingerprint: String(repeating: "da", count: 32), rowSamplingRate: 120, subjectCount: 47,
      beats: testCounts.enumerated().map { beats($0.offset, testCount: $0.element) },
      strips: id == "mitbih" ? [strip("100", "MLII", 10), strip("208", "MLII", 6)] : [])
    let cells = variants(variantCount).enumerated().flatMap { index, variant in
      (1...seeds).map { seed in
        cell(variant, skill: 2.4 - 0.5 * Double(index % 4), seed: seed, testCounts)
      }
    }
    return TaskResults(data: data, cells: cells, failures: [])
  }

  /// Scores with Gaussian noise about the truth; rare classes are found less well.
  static func cell(
    _ variant: VariantFacts, skill: Double, seed: Int, _ testCounts: [Int]
  ) -> CellResult {
    var noise = Noise(state: UInt64(seed) &* 7919 &+ UInt64(variant.parameters))
    var held = Noise(state: noise.state &+ 1)
    let (labels, probabilities) = answers(testCounts, skill: skill, &noise)
    let validation = answers(testCounts.map { max(20, $0) }, skill: 0.6 * skill, &held)
    let epochs = 14 + 3 * seed + variant.parameters % 9
    return CellResult(
      key: "cell-\(variant.id)-\(seed)", variant: variant, recipe: "published", seed: seed,
      history: (1...epochs).map { epoch in
        let fall = exp(-Double(epoch) / 4)
        return EpochRecord(
          epoch: epoch, learningRate: 1e-3, trainLoss: 0.06 + 0.5 * fall + 0.004 * noise.normal(),
          trainAccuracy: 0.985 - 0.12 * fall + 0.001 * noise.normal(),
          validationLoss: 0.09 + 0.42 * fall + 0.012 * noise.normal().magnitude,
          validationAccuracy: 0.978 - 0.1 * fall + 0.003 * noise.normal())
      }, bestEpoch: epochs - 5, labels: labels, probabilities: probabilities,
      predictionsHash: String(repeating: "\(seed)f", count: 32),
      validation: [
        ValidationAnswers(
          labels: validation.labels, probabilities: validation.probabilities,
          testCount: labels.count)
      ], findings: findings(testCounts, skill: skill))
  }

  /// One sure mistake of the first class, with a record, and one of the last without; noise halves
  /// the right answers.
  static func findings(_ testCounts: [Int], skill: Double) -> CellFindings {
    let count = testCounts.count
    func confusion(right: Double) -> [Int] {
      testCounts.enumerated().flatMap { label, rows -> [Int] in
        let kept = Int(Double(rows) * right)
        return (0..<count).map { $0 == label ? kept : $0 == (label + 1) % count ? rows - kept : 0 }
      }
    }
    func mistake(_ label: Int, record: String?) -> MistakesFile.Mistake {
      MistakesFile.Mistake(
        label: label, answer: (label + 1) % count, probability: 0.9876, record: record,
        sample: record.map { _ in 123_456 }, length: 120,
        row: (0..<187).map { $0 < 120 ? Float(($0 + 20 * label) % 60) / 60 : 0 })
    }
    return CellFindings(
      mistakes: MistakesFile(
        counts: testCounts, mistakes: [mistake(0, record: "208"), mistake(count - 1, record: nil)]),
      robustness: RobustnessFile(
        rowCount: testCounts.reduce(0, +), clean: confusion(right: 0.4 * skill),
        levels: Disturbance.allCases.flatMap { disturbance in
          RobustnessFile.ratios.map { decibels in
            .init(
              disturbance: disturbance, decibels: decibels,
              counts: confusion(right: 0.4 * skill * (decibels > 0 ? 1 : 0.5)))
          }
        }), explanations: explanations(count, skill: skill))
  }

  /// Parts that stay as they are with random weights, as if they were the row's own; Grad-CAM of the
  /// first classes only.
  private static func explanations(_ classCount: Int, skill: Double) -> ExplanationFile {
    ExplanationFile(
      rowCount: 4 * classCount, layerCount: 4, gap: 0.0123, likenessToRow: 0.25,
      randomizations: [1, 2, 4].map {
        .init(layers: $0, gradients: 0.3, magnitudes: 0.75, activation: skill > 2 ? 0.1 : nil)
      },
      examples: (0..<classCount).map { label in
        ExplanationFile.Example(
          label: label, answer: 0, record: "208", sample: 1000 * label, length: 120,
          row: (0..<187).map { $0 < 120 ? Float(($0 + 20 * label) % 60) / 60 : 0 },
          gradients: (0..<187).map { $0 < 120 ? Float($0 % 40 - 20) / 20 : 0 },
          activation: skill > 2 ? (0..<187).map { Float($0) / 186 } : nil)
      })
  }

  private static func answers(
    _ counts: [Int], skill: Double, _ noise: inout Noise
  ) -> (labels: [Int], probabilities: [Float]) {
    var labels: [Int] = []
    var probabilities: [Float] = []
    for (label, count) in counts.enumerated() {
      for _ in 0..<count {
        var logits = counts.map { 0.25 * log(Double($0)) + noise.normal() }
        logits[label] += skill * (label == 3 || label == 1 ? 1.1 : 1.7)
        let weights = logits.map { exp(2 * $0) }
        let sum = weights.reduce(0, +)
        labels.append(label)
        probabilities += weights.map { Float($0 / sum) }
      }
    }
    return (labels, probabilities)
  }

  static func beats(_ label: Int, testCount: Int) -> DatasetSummary.ClassBeats {
    var noise = Noise(state: UInt64(label + 1))
    func bump(_ x: Double, _ center: Double, _ width: Double, _ height: Double) -> Double {
      height * exp(-(x - center) * (x - center) / (2 * width * width))
    }
    let shift = Double(label) * 6
    let shape = (0..<187).map { sample -> Double in
      let x = Double(sample)
      return 0.25 + bump(x, 0, 4 + shift / 4, 0.7) - bump(x, 12, 4, 0.2)
        + bump(x, 45 + shift, 9, 0.2) + bump(x, 118 - shift, 4, 0.65)
    }
    let lengths = (0..<6).map { 112 + 6 * $0 - 5 * label }
    let examples = lengths.map { length in
      (0..<187).map { sample -> Float in
        sample < length ? Float(min(1, max(0, shape[sample] + 0.03 * noise.normal()))) : 0
      }
    }
    return DatasetSummary.ClassBeats(
      trainCount: 4 * testCount, testCount: testCount, examples: examples,
      exampleLengths: lengths, median: shape.map { Float(min(1, $0)) },
      low: shape.map { Float(max(0, $0 - 0.12)) }, high: shape.map { Float(min(1, $0 + 0.12)) },
      coverage: (0..<187).map { Float(min(1, max(0, 1.8 - Double($0 + 5 * label) / 75))) })
  }

  static func strip(_ record: String, _ lead: String, _ seconds: Double) -> ECGStrip {
    var noise = Noise(state: 3)
    let rate = 360.0
    let beatTimes = stride(from: 0.35, to: seconds, by: 0.82).map { $0 }
    let samples = (0..<Int(seconds * rate)).map { index -> Float in
      let time = Double(index) / rate
      return beatTimes.reduce(Float(0.01 * noise.normal()) - 0.1) { sum, beat in
        func bump(_ offset: Double, _ width: Double, _ height: Double) -> Double {
          let x = (time - beat - offset) / width
          return height * exp(-x * x / 2)
        }
        return sum
          + Float(
            bump(-0.16, 0.022, 0.13) + bump(0, 0.011, 1.25) - bump(0.035, 0.012, 0.3)
              + bump(0.27, 0.045, 0.28))
      }
    }
    return ECGStrip(
      record: record, lead: lead, samplingRate: rate, start: 30, millivolts: samples,
      annotations: beatTimes.enumerated().map {
        ECGStrip.Annotation(time: $0.element, symbol: $0.offset == 4 ? "V" : "N")
      } + [ECGStrip.Annotation(time: seconds - 0.01, symbol: "+")],
      attribution: "MIT-BIH Arrhythmia Database 1.0.0, doi:10.13026/C2F305, ODC-By 1.0")
  }

  /// Normal variates: sums of twelve uniform ones.
  struct Noise {
    var state: UInt64

    mutating func normal() -> Double {
      (0..<12).reduce(-6) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Double(state >> 11) / 0x1p53
      }
    }
  }
}
