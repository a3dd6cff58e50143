import ArgumentParser
import Datasets
import Experiments
import Foundation

/// `detectron data audit`: copies, near copies, people on both sides, unusual rows, leads.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Look for what leaks from one side of a split to the other.",
    discussion: """
      EXAMPLES
        detectron data audit --data ~/physionet
        detectron data audit mitbih mitbih-inter --data ~/physionet --json

      Holds every test row against every training row: copies, the distance to the nearest one, and
      how often it has the right class. Also people on both sides, classes, lengths, flat rows and
      rows that stay at their maximum or minimum, leads. Without a task, all that the folder holds.
      The numbers do not depend on --workers.
      """)

  @Argument(help: "Tasks; all that there is data for by default.")
  var tasks: [String] = []

  @OptionGroup var data: DataOptions

  @Option(help: "Threads; one a processor by default.")
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if workers < 1 { throw ValidationError("--workers \(workers): use 1 or more") }
  }

  func run() throws {
    let study = Study(title: "", name: "", tasks: tasks.isEmpty ? DataDirectory.tasks : tasks)
    try study.checkTasks()
    Interruption.watch()
    // One after the other: the rows of all tasks together would take a gigabyte.
    var audits: [DataAudit] = []
    for task in study.tasks {
      do {
        audits += try data.load(task).map {
          try DataAudit(of: $0, workers: workers) { Interruption.happened }
        }
      } catch let error as DatasetsError where tasks.isEmpty && error.gap != nil {
        Terminal.say("Note: \(task) was not looked at: \(error.gap ?? "").")
      }
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      let bytes = audits.count == 1 ? try encoder.encode(audits[0]) : try encoder.encode(audits)
      print(String(decoding: bytes, as: UTF8.self))
    } else {
      print(audits.map(\.text).joined(separator: "\n"), terminator: "")
    }
  }
}

extension DataAudit {
  /// The findings as lines of name, training value and test value.
  fileprivate var text: String {
    let lines =
      [
        "\(task): \(protocolLabel)",
        "people on both sides\t\(count(sharedSubjects?.count))",
        "finding\ttraining\ttest",
      ]
      + classes.indices.map { index in
        line(
          "rows of \(classes[index])", "\(train.classCounts[index])", "\(test.classCounts[index])")
      } + [
        line("people", count(train.subjectCount), count(test.subjectCount)),
        line("records", count(train.recordCount), count(test.recordCount)),
        line("samples before the padding", lengths(train), lengths(test)),
        line("without padding", "\(train.fullCount)", "\(test.fullCount)"),
        line("flat", "\(train.flatCount)", "\(test.flatCount)"),
        line("staying at the maximum", "\(train.highPlateauCount)", "\(test.highPlateauCount)"),
        line("staying at the minimum", "\(train.lowPlateauCount)", "\(test.lowPlateauCount)"),
        line("copies of an earlier row", "\(train.copyCount)", "\(test.copyCount)"),
        line(
          "copies of another class", "\(train.contradictionCount)", "\(test.contradictionCount)"),
        line("median distance within", median(withinTrain), median(withinTest)),
      ]
      + leads.map { line("lead \($0.lead)", "\($0.trainCount)", "\($0.testCount)") }
      + several
      + [
        "test rows that equal a training row\t\(copyCount)",
        "test rows that equal one of another class\t\(contradictionCount)",
        neighbours("nearest training row", nearest),
      ] + (nearestOfOthers.map { [neighbours("nearest of another person", $0)] } ?? [])
    return lines.joined(separator: "\n") + "\n"
  }

  private var several: [String] {
    (peopleWithSeveralRecords ?? []).map {
      line(
        "records of one person", $0.trainRecords.joined(separator: " "),
        $0.testRecords.joined(separator: " "))
    }
  }

  private func line(_ name: String, _ train: String, _ test: String) -> String {
    "\(name)\t\(train)\t\(test)"
  }

  private func count(_ value: Int?) -> String { value.map(String.init) ?? "unknown" }

  private func lengths(_ facts: RowFacts) -> String {
    facts.lengths.map { "\(Int($0.rounded()))" }.joined(separator: "/")
  }

  private func median(_ facts: NeighbourFacts) -> String {
    facts.medianDistance.map { "\($0)" } ?? "n/a"
  }

  private func neighbours(_ name: String, _ facts: NeighbourFacts) -> String {
    "\(name)\tmedian distance \(median(facts)), right class in "
      + (facts.accuracy.map { "\($0)" } ?? "n/a")
  }
}
