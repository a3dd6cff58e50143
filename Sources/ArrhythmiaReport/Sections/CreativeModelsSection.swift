import Documents

/// Networks of other designs against the baseline.
struct CreativeModelsSection: Section {
  let id: Identifier = "creative-models"
  let rank = 36

  /// One part a task that has such networks and a baseline; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = CourseTask.creative.parts(of: id, for: study)
    return parts.isEmpty
      ? nil : .init(id: id, title: "Creative models (course task 2)", subsections: parts)
  }
}
