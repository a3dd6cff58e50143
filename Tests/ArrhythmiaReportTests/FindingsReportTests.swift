import Documents
import Experiments
import Statistics
import Testing

@testable import ArrhythmiaReport
@testable import Datasets

@Suite("Mistakes and noise in the report")
struct FindingsReportTests {
  private static let results = InventedResults.study(testCounts: [90, 12, 20, 9, 12])

  @Test("Every network has its scores at every ratio beside those without noise")
  func robustness() throws {
    let lines = try lines("robustness-ptb", of: Self.results)
    #expect(lines.count == 1 + 3 * 3)
    // Skill 2.4 keeps 96 %, at 0 dB and below 48 %, of 220 and 560 rows.
    let cells = lines[1].split(separator: ",").map(String.init)
    #expect(cells[0] == "Baseline CNN" && cells[1] == "Baseline wander")
    #expect(Array(cells[2..<9]) == ["95.9", "95.9", "95.9", "95.9", "95.9", "47.8", "47.8"])
    #expect(lines[2].hasPrefix(",Muscle noise,95.9,"))
    let text = try page(Self.results)
    #expect(text.contains("as strong as the beat (0 dB) costs between"))
    let quoted = try #require(try Report(Self.results).files.first { $0.path == "numbers.tex" })
      .text
    #expect(quoted.contains("\\ValuePtbBaselineMainsHumZeroDb}{47.8"))
  }

  @Test("The surest mistakes are drawn with class, answer, probability and place")
  func gallery() throws {
    let drawn = try EvaluatedStudy(quick: Self.results).render(
      [ErrorGalleryFigure()], formats: [])
    #expect(drawn.omitted.isEmpty && drawn.figures.count >= 2)
    let csv = String(decoding: try #require(drawn.figures[0].files.first).bytes, as: UTF8.self)
    #expect(csv.contains("\n1,N,S,0.9876,208,123456,0,0\n"))
    #expect(csv.contains("\n2,Q,N,0.9876,,,0,"))
    #expect(drawn.figures[0].caption.contains("up to 3 a class"))
  }

  @Test("Sure mistakes are counted by their probability")
  func confident() throws {
    let study = try EvaluatedStudy(quick: Self.results)
    let task = study.tasks[0]
    let lines = try lines("confident-mistakes-mitbih", of: Self.results)
    #expect(lines.count == 1 + task.variants.count)
    for (line, variant) in zip(lines.dropFirst(), task.variants) {
      let counts = line.split(separator: ",").dropFirst().compactMap { Double($0) }
      let wrong = variant.cells.map { cell in
        zip(cell.predictions.labels, cell.predictions.predicted).count { $0 != $1 }
      }
      let mean = Double(wrong.reduce(0, +)) / Double(wrong.count)
      #expect((counts[0] - mean).magnitude <= 0.05 + 1e-9)
      #expect(zip(counts.dropLast(), counts.dropFirst().dropLast()).allSatisfy { $0 >= $1 })
    }
  }

  @Test("Parts that stay alike with random weights are said to show the beat, not the network")
  func explanations() throws {
    let lines = try lines("explanations-ptb", of: Self.results)
    #expect(lines.count == 1 + 3)
    #expect(lines[1].hasPrefix("Baseline CNN,1.23,0.25,0.30,0.30,0.30,0.75,0.75,0.75,"))
    let text = try page(Self.results)
    #expect(text.contains("keep 0.5 or more, so that there the picture shows the beat rather"))
    #expect(text.contains("none keeps 0.5 or more"))
    #expect(text.contains("they miss it by at most 1.23 % of it"))
    let drawn = try EvaluatedStudy(quick: Self.results).render(
      [ExplanationsFigure()], formats: [])
    #expect(drawn.omitted.isEmpty && !drawn.figures.isEmpty)
    let csv = String(decoding: try #require(drawn.figures[0].files.first).bytes, as: UTF8.self)
    #expect(csv.contains("Baseline CNN,N,N,208,0,0,-1,0\n"))
  }

  @Test("Results of which nothing more was found out say so, and have neither table nor figure")
  func nothing() throws {
    let old = StudyFixture.study()
    #expect(try page(old).contains("the stored results hold no excerpts of them"))
    #expect(try !page(old).contains("Robustness to noise"))
    #expect(try !page(old).contains("Integrated gradients"))
    let drawn = try EvaluatedStudy(quick: old).render(
      [ErrorGalleryFigure(), RobustnessFigure(), ExplanationsFigure()], formats: [])
    #expect(drawn.figures.isEmpty && drawn.omitted.isEmpty)
  }
}
