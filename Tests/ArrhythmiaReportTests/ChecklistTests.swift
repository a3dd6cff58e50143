import Datasets
import Documents
import Experiments
import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("Checklists and model cards") struct ChecklistTests {
  private let study = StudyFixture.study()

  private func page() throws -> String {
    try #require(Report(study).files.first { $0.path == "project_report.md" }).text
  }

  private func checklists() throws -> [ReportingChecklist] {
    let facts = ChecklistFacts(study: try EvaluatedStudy(quick: study))
    return [.tripod(facts), .claim(facts)]
  }

  @Test("Every item of a guideline stands there once, in its order")
  func items() throws {
    let checklists = try checklists()
    #expect(checklists[1].items.map(\.number) == (1...44).map { "\($0)" })
    let numbers = checklists[0].items.map { $0.number.prefix { $0.isNumber } }
    let distinct = numbers.indices.filter { $0 == 0 || numbers[$0] != numbers[$0 - 1] }
    #expect(distinct.map { "\(numbers[$0])" } == (1...27).map { "\($0)" })
    #expect(Set(checklists[0].items.map(\.number)).count == checklists[0].items.count)
  }

  @Test("What only a person can say is open, is counted and can be seen")
  func open() throws {
    let page = try page()
    let checklists = try checklists()
    for checklist in checklists {
      #expect((5..<checklist.items.count / 2 + 5).contains(checklist.openCount))
      #expect(page.contains("\(checklist.openCount) of \(checklist.items.count) are open"))
    }
    let open = checklists.reduce(0) { $0 + $1.openCount }
    #expect(page.components(separatedBy: "| **Open.** ").count - 1 == open)
  }

  @Test("The card of a task is of the network that leads on validation rows, with its scores")
  func card() throws {
    let task = try EvaluatedStudy(quick: study).tasks[0]
    let network = try #require(task.leadingNetwork)
    let section = try #require(
      ModelCardSection().section(for: EvaluatedStudy(quick: study))?.subsections.first)
    #expect(section.title.hasPrefix(task.title(of: network)))
    guard case .list(let items, _) = try #require(section.blocks.first) else {
      Issue.record("no list")
      return
    }
    let text = items.map(\.plainText).joined(separator: "\n")
    for cell in network.cells { #expect(text.contains(cell.result.key)) }
    #expect(text.contains("no medical device"))
    #expect(task.data.sharedSubjectCount == nil && text.contains("sides is not known"))
    let empty = try EvaluatedStudy(quick: StudyFixture.study(seeds: 0))
    #expect(ModelCardSection().section(for: empty) == nil)
  }
}
