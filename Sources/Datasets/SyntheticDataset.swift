import ECG
import Tensors

/// A data set of generated beats, for demonstrations and tests; without clinical meaning.
///
/// The beats are cut from generated recordings by the rule of the published rows. Subjects stand on
/// one side of the split only. Every tenth subject has the same mixture of beats, so each side of
/// the split holds every class when it has ten subjects.
public struct SyntheticDataset: Sendable, Hashable {
  /// What is to be told apart.
  public enum Task: String, Sendable, Hashable, CaseIterable {
    /// The five classes of beats of ANSI/AAMI EC57.
    case arrhythmia = "synthetic"
    /// Subjects without and with signs of a myocardial infarction.
    case infarction = "synthetic-binary"
  }

  /// What stands in the label of everything that is made of generated signals.
  static let mark = "synthetic signal, no clinical meaning"

  /// What is to be told apart.
  public let task: Task
  /// Equal seeds give equal bytes.
  public let seed: Int
  /// Subjects to learn from.
  public let trainSubjects: Int
  /// Subjects that are only evaluated.
  public let testSubjects: Int
  /// Rows of each subject.
  public let rowsPerSubject: Int

  /// A data set of any size.
  public init(
    _ task: Task, seed: Int = 1, trainSubjects: Int, testSubjects: Int, rowsPerSubject: Int
  ) {
    self.task = task
    self.seed = seed
    self.trainSubjects = trainSubjects
    self.testSubjects = testSubjects
    self.rowsPerSubject = rowsPerSubject
  }

  /// A data set of the usual size: 8,000 training and 2,000 test rows of five classes, or 4,000
  /// and 1,000 of two.
  public init(_ task: Task, seed: Int = 1) {
    switch task {
    case .arrhythmia:
      self.init(task, seed: seed, trainSubjects: 80, testSubjects: 20, rowsPerSubject: 100)
    case .infarction:
      self.init(task, seed: seed, trainSubjects: 160, testSubjects: 40, rowsPerSubject: 25)
    }
  }

  /// Generates the data set.
  public func dataset() -> Dataset {
    var rows: [Float] = []
    var labels: [UInt8] = []
    var origins: [BeatOrigin] = []
    rows.reserveCapacity((trainSubjects + testSubjects) * rowsPerSubject * Dataset.rowLength)
    for subject in 0..<trainSubjects + testSubjects {
      let (recording, isAbnormal) = recording(subject)
      for (index, beat) in recording.beats.dropLast().enumerated() {
        recording.appendRow(of: index, length: Dataset.rowLength, to: &rows)
        labels.append(task == .arrhythmia ? beat.kind.label : isAbnormal ? 1 : 0)
        let name = name(subject)
        origins.append(BeatOrigin(record: name, subject: name, sample: beat.sample))
      }
    }
    let trainCount = trainSubjects * rowsPerSubject
    return Dataset(
      id: task.rawValue, title: task.title, classes: task.classes, rows: rows, labels: labels,
      origins: origins,
      split: Split(train: Array(0..<trainCount), test: Array(trainCount..<labels.count)),
      protocolLabel: "\(Self.mark); split by subject",
      source: .synthetic, strips: stripSubjects.map(strip))
  }

  private func name(_ subject: Int) -> String {
    "s\(String(repeating: "0", count: max(0, 3 - "\(subject)".count)))\(subject)"
  }

  /// The recording of a subject, and whether it shows an infarction.
  private func recording(_ subject: Int) -> (SyntheticRecording, isAbnormal: Bool) {
    let generator = Philox(seed: seed, purpose: task.rawValue, path: name(subject))
    // Streams 0 to 3 belong to the recording.
    var random = generator.stream(4)
    switch task {
    case .arrhythmia:
      let kinds = SyntheticMixture.profiles[subject % 10]
        .beats(rowsPerSubject, random: &random)
      // The last beat has no row of its own: nothing follows from which its end could be known.
      return (SyntheticRecording(kinds + kinds.prefix(1), generator: generator), false)
    case .infarction:
      // Seven of ten are ill, as in the PTB Diagnostic ECG Database.
      let isAbnormal = subject % 10 >= 3
      let extent = isAbnormal ? random.nextUniform(in: 0.3...1) : 0
      let kinds = [SyntheticBeat](repeating: .normal, count: rowsPerSubject + 1)
      return (SyntheticRecording(kinds, infarction: extent, generator: generator), isAbnormal)
    }
  }

  /// A subject with ventricular beats and a paced one; or a healthy one and an ill one.
  private var stripSubjects: [Int] {
    (task == .arrhythmia ? [6, 8] : [0, 3]).filter { $0 < trainSubjects + testSubjects }
  }

  /// Ten seconds, or what there is, from the middle of a recording.
  private func strip(_ subject: Int) -> ECGStrip {
    let (recording, isAbnormal) = recording(subject)
    let rate = SyntheticRecording.samplingRate
    let length = min(Int(10 * rate), recording.signal.count)
    let start = (recording.signal.count - length) / 2
    let range = start..<start + length
    return ECGStrip(
      record: name(subject), lead: "II (synthetic)", samplingRate: rate,
      start: Double(start) / rate, millivolts: recording.millivolts(range),
      annotations: recording.beats.filter { range.contains($0.sample) }.map {
        ECGStrip.Annotation(time: Double($0.sample - start) / rate, symbol: $0.kind.symbol)
      },
      attribution: "\(Self.mark) (model of McSharry et al. 2003)",
      finding: task == .infarction ? task.classes[isAbnormal ? 1 : 0].symbol : nil)
  }
}

extension SyntheticDataset.Task {
  /// Title for tables and figures.
  var title: String {
    switch self {
    case .arrhythmia: "Synthetic arrhythmia"
    case .infarction: "Synthetic infarction"
    }
  }

  var classes: [ClassLabel] {
    switch self {
    case .arrhythmia:
      [
        ClassLabel(symbol: "N", name: "normal and bundle branch block beats"),
        ClassLabel(symbol: "S", name: "supraventricular ectopic beats"),
        ClassLabel(symbol: "V", name: "ventricular ectopic beats"),
        ClassLabel(symbol: "F", name: "fusion of ventricular and normal beats"),
        ClassLabel(symbol: "Q", name: "paced and unclassifiable beats"),
      ]
    case .infarction:
      [
        ClassLabel(symbol: "normal", name: "no sign of infarction"),
        ClassLabel(symbol: "abnormal", name: "signs of infarction"),
      ]
    }
  }
}

extension SyntheticBeat {
  /// Index of the class of the five-class task.
  var label: UInt8 {
    switch self {
    case .normal, .bundleBranchBlock: 0
    case .atrialPremature: 1
    case .ventricularPremature: 2
    case .fusion: 3
    case .paced, .pacedFusion: 4
    }
  }
}
