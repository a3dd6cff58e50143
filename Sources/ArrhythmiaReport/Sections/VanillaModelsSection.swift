import Documents

/// Plain networks against the baseline.
struct VanillaModelsSection: Section {
  let id: Identifier = "vanilla-models"
  let rank = 34

  /// One part a task that has such networks and a baseline; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = CourseTask.vanilla.parts(of: id, for: study)
    return parts.isEmpty
      ? nil : .init(id: id, title: "Vanilla models (course task 1)", subsections: parts)
  }
}
