import Models
import Neural
import Testing

@testable import Datasets
@testable import Experiments

@Suite("What variants are fed")
struct FedRowsTests {
  /// The small data with rows of more than a beat: the samples twice, then zeros.
  private let data = Dataset(
    id: smallData.id, title: smallData.title, classes: smallData.classes, rows: smallData.rows,
    labels: smallData.labels, origins: smallData.origins, split: smallData.split,
    protocolLabel: smallData.protocolLabel, source: .synthetic, strips: [],
    context: (0..<smallData.count).flatMap { row in
      Array(smallData.row(row)) + Array(smallData.row(row)) + [Float](repeating: 0, count: 10)
    })

  private func study(_ variants: [String], recipes: [String] = ["published"]) -> Study {
    Study(
      title: "Fed", name: "fed", tasks: [smallData.id], variants: variants, recipes: recipes,
      maximumEpochs: 1, isDemonstration: true)
  }

  @Test("The rows of data sets and variants agree in their length")
  func length() {
    #expect(BeatContext.rowLength == contextualRowLength)
    #expect(data.inContext.map { DatasetFacts($0).task.rowLength } == contextualRowLength)
    #expect(DatasetFacts(data).task.rowLength == 187)
  }

  @Test("A variant of beats beside their record is trained on such rows, others on the beats")
  func trained() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let run = try StudyRunner(
      study: study(["beat-rhythm", "vanilla-mlp", "ensemble-mean"]), store: store, data: [data],
      workers: 1
    ).run { _ in }
    #expect(run.cells.map(\.variant.id) == ["vanilla-mlp", "beat-rhythm", "ensemble-mean"])
    #expect(run.failureCount == 0 && run.gaps.count == 1)
    let results = try store.results(of: run).tasks[0]
    #expect(results.cells.count == 3 && results.failures.isEmpty)
    #expect(results.cells.allSatisfy { $0.labels.count == data.split.test.count })
  }

  @Test(
    "Noise is added to the beat of such a row, and its parts in an answer are the beat's and others"
  )
  func found() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let study = study(["beat-rhythm", "vanilla-mlp", "ensemble-mean"])
    let run = try StudyRunner(study: study, store: store, data: [data], workers: 1).run { _ in }
    try ProbeRunner(study: study, store: store, data: [TaskData(data)], workers: 1).run()
    let results = try store.results(of: run).tasks[0]
    #expect(results.cells.allSatisfy { $0.findings.robustness != nil })
    let cell = try #require(results.cells.first { $0.variant.id == "beat-rhythm" })
    let explanations = try #require(cell.findings.explanations)
    #expect(try (0.0...1).contains(#require(explanations.elsewhere)))
    for example in explanations.examples {
      #expect(example.length == 96 && example.row.samples.count == 96)
      #expect(example.gradients.samples.count == 96 && example.activation == nil)
      #expect(example.row.samples.allSatisfy { (0...1).contains($0) })
    }
    let plain = try #require(results.cells.first { $0.variant.id == "vanilla-mlp" })
    #expect(try #require(plain.findings.explanations).elsewhere == nil)
  }

  @Test("Where there are no such rows it is left out, with a gap if it was asked for")
  func missing() throws {
    let named = try StudyPlan(study(["beat-rhythm"]), data: [smallData])
    #expect(named.jobs.isEmpty)
    #expect(named.gaps.count == 1 && named.gaps[0].contains("holds none"))
    let all = try StudyPlan(study([]), data: [smallData])
    #expect(!all.jobs.contains { $0.name.variant == "beat-rhythm" })
    #expect(!all.gaps.contains { $0.contains("beat-rhythm") })
  }

  @Test("A recipe that changes rows is refused for rows that hold more than a beat")
  func augmented() throws {
    var study = study(["beat-rhythm"])
    var recipe = Recipe()
    recipe.name = "mine"
    recipe.augmentation = Augmentation(shift: 1)
    study.recipe = recipe
    let plan = try StudyPlan(study, data: [data])
    #expect(plan.jobs.isEmpty && plan.gaps.count == 1)
    #expect(plan.gaps[0].contains("cannot be shifted and stretched"))
  }
}
