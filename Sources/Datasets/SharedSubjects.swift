extension Split {
  /// The people with rows on both sides, sorted by name.
  func sharedSubjects(_ origins: [BeatOrigin]) -> [String] {
    let learnt = Set(train.map { origins[$0].subject })
    return learnt.intersection(test.map { origins[$0].subject }).sorted()
  }

  /// The name of a split between people.
  ///
  /// - Parameter details: What stands in brackets behind it.
  /// - Throws: `DatasetsError.sharedSubjects` where a person has rows on both sides: such a split
  ///   may not bear the name.
  func interPatientLabel(
    _ details: String, task: String, _ origins: [BeatOrigin]
  ) throws(DatasetsError) -> String {
    let shared = sharedSubjects(origins)
    guard shared.isEmpty else { throw .sharedSubjects(task: task, subjects: shared) }
    return "\(Dataset.interPatient) (\(details))"
  }
}

extension Dataset {
  /// How only a split is called that shares no person.
  static let interPatient = "inter-patient split"

  /// The people with rows on both sides of a split, in any of several folds, sorted by name; `nil`
  /// where the source names nobody.
  public var sharedSubjects: [String]? {
    origins.map { origins in
      Set(folds.flatMap { $0.sharedSubjects(origins) }).sorted()
    }
  }
}

/// The lead that the beats of a record were cut from.
public struct RecordLead: Sendable, Hashable, Codable {
  /// Name of the record.
  public let record: String
  /// Name of the lead, for example `MLII`.
  public let lead: String

  /// Names the lead of a record.
  public init(record: String, lead: String) {
    self.record = record
    self.lead = lead
  }
}
