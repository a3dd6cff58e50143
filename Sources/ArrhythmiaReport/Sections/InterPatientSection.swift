import Datasets
import Documents
import Experiments
import Statistics

/// What the networks are worth on people whom they have not seen.
struct InterPatientSection: Section {
  let id: Identifier = "inter-patient"
  let rank = 42

  /// One part a task whose test rows are whole records; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .interPatient) { task in
      guard task.recordsOfTestRows != nil, !task.variants.isEmpty else { return [] }
      return [introduction(task), drop(task, study), records(task), rhythm(task), aims(task)]
        .compactMap(\.self)
    }
    return parts.isEmpty ? nil : .init(id: id, title: "Split by record", subsections: parts)
  }

  private func introduction(_ task: EvaluatedTask) -> Prose {
    let shared = task.data.sharedSubjectCount ?? 0
    let label: Prose =
      shared == 0
      ? "nobody stands on both sides"
      : "on both sides: \(shared.people), so that this is no split between people"
    return """
      Learnt from are the records of DS1, tested those of DS2 (\(task.splitWords)): \(label). Two \
      kinds of numbers stand side by side: the measures of ANSI/AAMI EC57, gross and average, with \
      its rules for false positives, and plain F1 scores, one class against the rest, which most \
      papers mean. Beats without a detector's errors are given, so that its classes O and X are \
      empty.
      """
  }

  /// What the mean F1 loses between the splits; `nil` where the study has one only.
  func drop(_ task: EvaluatedTask, _ study: EvaluatedStudy) -> Prose? {
    guard let mixed = task.intraPatient(in: study) else { return nil }
    let drops = ProtocolDrop.all(task, mixed).compactMap { drop -> (name: String, loss: Double)? in
      guard let before = ProtocolScore.macroF1.value(drop.mixed),
        let after = ProtocolScore.macroF1.value(drop.apart)
      else { return nil }
      return (drop.name, before - after)
    }
    guard let least = drops.min(by: { $0.loss < $1.loss }),
      let most = drops.max(by: { $0.loss < $1.loss })
    else { return nil }
    return """
      Against the split of the same recordings with people on both sides, the mean F1 of N, S, V and \
      F falls by \(.percent(least.loss)) (\(least.name)) to \(.percent(most.loss)) points \
      (\(most.name)) over \(drops.count.counted("variant")). Other people are not all that differs: \
      there are \(task.data.trainCount) rows to learn from instead of \(mixed.data.trainCount), and \
      \(task.data.testCount) test rows instead of \(mixed.data.testCount), none of paced records.
      """
  }

  private func records(_ task: EvaluatedTask) -> Prose? {
    guard let fullest = task.fullestRecord(of: .supraventricular) else { return nil }
    let all = task.data.beats[EC57Class.supraventricular.rawValue].testCount
    return """
      \(fullest.count) of the \(all) S beats are in record \(fullest.name): a score of S is mostly \
      one of that record, and is given without it too.
      """
  }

  private func rhythm(_ task: EvaluatedTask) -> Prose? {
    guard task.variants.contains(where: { $0.facts.id == "beat-rhythm" }) else { return nil }
    return """
      \(.code("beat-rhythm")) is fed each beat beside its record: the beat over the record's \
      amplitude, its difference from the record's median beat, and the intervals around it. Of a \
      tested record this takes the whole signal and the annotated places of its beats, never a \
      class. That the difference from the median beat helps, and slow beats as a reference, was \
      known from a probe on DS2 before the variant was written; its settings were chosen on the \
      validation records.
      """
  }

  /// What the variant made for this split was to reach, set before it was tested, and what it reaches.
  private static let aims: [(beat: EC57Class, f1: Double)] = [
    (.ventricular, 0.90), (.supraventricular, 0.60),
  ]

  private func aims(_ task: EvaluatedTask) -> Prose? {
    guard let variant = task.variants.first(where: { $0.facts.id == "beat-rhythm" }) else {
      return nil
    }
    let reached = Self.aims.map { aim -> Prose in
      let mean = variant.mean(of: .perClass(.f1, aim.beat.rawValue))
      let isMissed = mean.map { $0 < aim.f1 } ?? true
      return """
        \(task.data.classes[aim.beat.rawValue].symbol): \(.percent(mean)) % of \
        \(.percent(aim.f1, digits: 0)) %, \(isMissed ? "missed" : "reached")
        """
    }
    return """
      What was aimed at, before it was tested, is an F1 of V and S (\(reached.joined(separator: "; "))). \
      A missed aim is a finding: nothing was changed for it.
      """
  }
}
