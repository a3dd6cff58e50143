import ECG
import Testing

@testable import Datasets

@Suite("Synthetic data set")
struct SyntheticDatasetTests {
  static let arrhythmia = SyntheticDataset(.arrhythmia).dataset()
  static let infarction = SyntheticDataset(.infarction).dataset()

  static func data(_ task: SyntheticDataset.Task) -> Dataset {
    task == .arrhythmia ? arrhythmia : infarction
  }

  static func counts(_ data: Dataset, _ rows: [Int]) -> [Int] {
    rows.reduce(into: [Int](repeating: 0, count: data.classes.count)) { counts, row in
      counts[Int(data.labels[row])] += 1
    }
  }

  @Test("The usual sizes are 8,000 and 2,000 rows of five classes, the rarest with 60 test rows")
  func arrhythmiaCounts() {
    let data = Self.arrhythmia
    #expect(data.id == "synthetic" && data.source == .synthetic)
    #expect(data.classes.map(\.symbol) == ["N", "S", "V", "F", "Q"])
    #expect(data.split.train.count == 8000 && data.split.test.count == 2000)
    #expect(Self.counts(data, data.split.train) == [6160, 360, 576, 280, 624])
    #expect(Self.counts(data, data.split.test) == [1540, 90, 144, 70, 156])
  }

  @Test("Every class stands in most test subjects, so that draws of subjects rarely lack one")
  func spread() throws {
    let data = Self.arrhythmia
    let origins = try #require(data.origins)
    for label in data.classes.indices {
      let rows = data.split.test.filter { Int(data.labels[$0]) == label }
      #expect(Set(rows.map { origins[$0].subject }).count >= 16)
    }
  }

  @Test("The binary data set has 4,000 and 1,000 rows, seven of ten abnormal")
  func infarctionCounts() {
    let data = Self.infarction
    #expect(data.id == "synthetic-binary" && data.source == .synthetic)
    #expect(Self.counts(data, data.split.train) == [1200, 2800])
    #expect(Self.counts(data, data.split.test) == [300, 700])
  }

  @Test(
    "Every row lies in 0…1 and is zero behind its end", arguments: SyntheticDataset.Task.allCases)
  func rows(task: SyntheticDataset.Task) {
    let data = Self.data(task)
    #expect(data.rows.count == data.count * Dataset.rowLength)
    #expect(data.rows.allSatisfy { $0 >= 0 && $0 <= 1 })
    let padded = (0..<data.count).filter { row in
      data.row(row).suffix(10).allSatisfy { $0 == 0 } && data.row(row).contains(1)
    }
    #expect(padded.count > data.count / 2)
  }

  @Test("No subject stands on both sides of the split", arguments: SyntheticDataset.Task.allCases)
  func split(task: SyntheticDataset.Task) throws {
    let data = Self.data(task)
    let origins = try #require(data.origins)
    #expect(origins.count == data.count)
    let train = Set(data.split.train.map { origins[$0].subject })
    let test = Set(data.split.test.map { origins[$0].subject })
    #expect(train.isDisjoint(with: test))
    #expect(data.protocolLabel == "synthetic signal, no clinical meaning; split by subject")
  }

  @Test("Equal seeds give equal bytes, another seed gives others")
  func seeds() {
    func small(_ seed: Int) -> Dataset {
      SyntheticDataset(
        .arrhythmia, seed: seed, trainSubjects: 10, testSubjects: 2, rowsPerSubject: 20
      ).dataset()
    }
    let first = small(5)
    let again = small(5)
    let other = small(6)
    #expect(first.rows == again.rows && first.labels == again.labels)
    #expect(first.fingerprint == again.fingerprint)
    #expect(first.origins == again.origins && first.strips == again.strips)
    #expect(first.rows != other.rows && first.fingerprint != other.fingerprint)
  }

  /// Changes only when the generator is changed on purpose; it must be the same on every machine.
  @Test("The usual rows are the same bytes everywhere", arguments: SyntheticDataset.Task.allCases)
  func checksum(task: SyntheticDataset.Task) {
    let hash = Self.data(task).rows.reduce(into: UInt64(0xcbf2_9ce4_8422_2325)) { hash, value in
      hash = (hash ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3
    }
    #expect(hash == (task == .arrhythmia ? 2_360_567_345_763_085_326 : 12_158_577_479_005_048_609))
  }

  @Test("A subject's rows do not depend on how many subjects there are")
  func independence() {
    let small = SyntheticDataset(
      .arrhythmia, trainSubjects: 2, testSubjects: 1, rowsPerSubject: 100
    ).dataset()
    #expect(small.rows[...] == Self.arrhythmia.rows[..<small.rows.count])
  }

  @Test("Excerpts last ten seconds and carry the mark", arguments: SyntheticDataset.Task.allCases)
  func strips(task: SyntheticDataset.Task) {
    let data = Self.data(task)
    #expect(data.strips.count == 2)
    for strip in data.strips {
      #expect(strip.millivolts.count == 3600 && strip.samplingRate == 360)
      #expect(strip.attribution.contains("synthetic signal, no clinical meaning"))
      #expect(strip.annotations.count > 5)
      #expect(strip.annotations.allSatisfy { (0..<10).contains($0.time) })
      #expect(strip.millivolts.allSatisfy { (-5...5).contains($0) })
    }
    let findings = data.strips.map(\.finding)
    #expect(findings == (data.id == "synthetic" ? [nil, nil] : ["normal", "abnormal"]))
    let symbols = Set(data.strips.flatMap { $0.annotations.map(\.symbol) })
    #expect(data.id != "synthetic" || symbols.isSuperset(of: ["N", "V", "/"]))
  }

  @Test("Data sets of no subjects or rows are empty")
  func empty() {
    let none = SyntheticDataset(
      .arrhythmia, trainSubjects: 0, testSubjects: 0, rowsPerSubject: 10
    ).dataset()
    #expect(none.count == 0 && none.strips.isEmpty)
    let noRows = SyntheticDataset(
      .infarction, trainSubjects: 2, testSubjects: 2, rowsPerSubject: 0
    ).dataset()
    #expect(noRows.count == 0)
  }
}
