import Datasets
import Documents
import Experiments
import Statistics

/// What leaks from one side of a split to the other, measured.
struct AuditSection: Section {
  let id: Identifier = "audit"
  let rank = 25

  /// One part a task that was looked at; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .audit) { task in
      task.results.audit.map { [copies($0), neighbours($0), people($0), leads($0)] }?
        .compactMap(\.self) ?? []
    }
    return parts.isEmpty ? nil : .init(id: id, title: "Audit of the data", subsections: parts)
  }

  private func copies(_ audit: DataAudit) -> Prose {
    """
    Of the \(audit.test.count) test rows, \(audit.copyCount) equal a training row, sample by sample; \
    of these, \(audit.contradictionCount) equal one of another class.
    """
  }

  private func neighbours(_ audit: DataAudit) -> Prose? {
    guard let accuracy = audit.nearest.accuracy else { return nil }
    guard audit.sharedSubjects?.isEmpty != true else {
      return """
        The nearest training row, which is of another person, has the right class in \
        \(.percent(accuracy)) % of the test rows.
        """
    }
    let same: Prose =
      audit.nearest.samePersonCount.map { count in
        let share = Double(count) / Double(audit.nearest.count)
        return " It is of the same person in \(.percent(share)) % of the test rows."
      } ?? ""
    let others: Prose =
      audit.nearestOfOthers?.accuracy.map {
        """
         The nearest training row of another person has the right class in \(.percent($0)) %: what \
        is lost between the two is what remembering people is worth.
        """
      } ?? ""
    return """
      The nearest training row has the right class in \(.percent(accuracy)) % of the test rows: a \
      model that only remembers rows reaches that.\(same)\(others)
      """
  }

  private func people(_ audit: DataAudit) -> Prose? {
    guard let shared = audit.sharedSubjects else {
      return "The source names nobody: whether people stand on both sides cannot be said."
    }
    let names = shared.count > 5 ? "" : " (\(shared.joined(separator: ", ")))"
    let both: Prose =
      shared.isEmpty
      ? "Nobody stands on both sides."
      : "On both sides: \(shared.count.people)\(names)."
    let several = audit.peopleWithSeveralRecords ?? []
    guard !several.isEmpty else { return both }
    let records = several.prefix(3).map { person in
      Set(person.trainRecords + person.testRecords).sorted().joined(separator: " and ")
    }.joined(separator: "; ")
    let more = several.count > 3 ? " and others" : ""
    return """
      \(both) More than one record: \(several.count.people), \(records)\(more).
      """
  }

  private func leads(_ audit: DataAudit) -> Prose? {
    guard !audit.leads.isEmpty else { return nil }
    let list = audit.leads.map { lead -> Prose in
      let records = lead.records.count > 5 ? "" : " (\(lead.records.joined(separator: ", ")))"
      return """
        \(lead.lead) in \(lead.records.count.counted("record"))\(records), \
        \(lead.trainCount) training and \(lead.testCount) test rows
        """
    }
    return "Leads: \(list.joined(separator: "; "))."
  }
}
