import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Two runs and the causes of their differences")
struct RunSideTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let quick = Study(
    title: "Quick", name: "quick", tasks: [smallData.id], variants: ["vanilla-mlp"], seeds: [1],
    maximumEpochs: 1)

  private func run(
    _ name: String, _ study: Study = quick, data: Dataset = smallData
  ) throws -> RunSide {
    let store = RunStore(root: "\(folder.path)/\(name)")
    let record = try StudyRunner(study: study, store: store, data: [data], workers: 2)
      .run(events: { _ in })
    return try RunSide(name, record, in: store)
  }

  /// The kinds of causes of the only pair, and whether its answers are the same.
  private func compared(
    _ old: RunSide, _ new: RunSide
  ) throws -> (kinds: [ChangeKind], causes: [ChangeCause], isSame: Bool) {
    let pairs = old.pairs(of: smallData.id, with: new)
    let (one, other) = (try #require(pairs[0].old), try #require(pairs[0].new))
    #expect(pairs.count == 1)
    let isSame = try old.hasSameAnswers(one, as: other, of: new)
    let causes = try old.causes(of: one, other, of: new, isSame: isSame)
    return (Set(causes.map(\.kind)).sorted(), causes, isSame)
  }

  /// The same run in another store, with an input of every cell's description replaced.
  private func rewritten(
    _ side: RunSide, _ input: String, by value: String, answers: [Float]? = nil,
    parameters: Int? = nil
  ) throws -> RunSide {
    let store = RunStore(root: "\(folder.path)/rewritten-\(input)-\(parameters ?? 0)")
    try store.create()
    try store.prepare()
    let cells = try side.record.cells.map { cell in
      var text = String(
        decoding: try side.store.read(CellFile.description, cell: cell.key), as: UTF8.self)
      let pattern = try Regex("\"\(input)\" : \"[^\"]*\"")
      text = text.replacing(pattern, with: "\"\(input)\" : \"\(value)\"")
      let key = Hash.sha256(Array(text.utf8))
      var files = try side.store.computedFiles(of: cell.key).map {
        (name: $0, bytes: try side.store.read($0, cell: cell.key))
      }.filter { $0.name != CellFile.description }
      files.append((CellFile.description, Array(text.utf8)))
      if let answers {
        let labels = try side.store.answers(.test, cell: cell.key).labels
        files = files.filter { ![CellFile.predictions, CellFile.metrics].contains($0.name) }
        let packed = PackedPredictions(
          labels: labels, probabilities: answers.map(Double.init), classCount: 5)
        files.append((CellFile.packedPredictions, packed.encode()))
        files.append((CellFile.metrics, try packed.metrics()))
      }
      try store.write(files, cell: key)
      let facts = VariantFacts(
        id: cell.variant.id, title: cell.variant.title, source: cell.variant.source,
        parameters: parameters ?? cell.variant.parameters, multiplyAdds: cell.variant.multiplyAdds)
      return RunRecord.Cell(
        kind: cell.kind, key: key, task: cell.task, variant: facts, recipe: cell.recipe,
        seed: cell.seed, fold: cell.fold, trainingShare: cell.trainingShare)
    }
    let data = side.record.data[0].fingerprint
    try store.write(try side.store.summary(data))
    let record = try RunRecord(
      study: side.record.study, data: side.record.data, cells: cells, gaps: [])
    return try RunSide("rewritten", record, in: store)
  }

  @Test("The same study in two stores gives the same answers, and no cause")
  func same() throws {
    let result = try compared(try run("a"), try run("b"))
    #expect(result.isSame && result.causes.isEmpty)
  }

  @Test("Exported answers in 16 bits are those of the store")
  func exported() throws {
    let side = try run("a")
    let store = RunStore(root: "\(folder.path)/exported")
    _ = try side.store.export(side.record, to: store)
    let other = try RunSide("exported", side.record, in: store)
    #expect(try compared(side, other).isSame)
    #expect(store.parts(smallData.fingerprint) == DataParts(of: smallData))
  }

  @Test("Other rows are data, other sides of the split are split")
  func dataAndSplit() throws {
    let old = try run("a")
    let rows = SyntheticDataset(
      .arrhythmia, seed: 4, trainSubjects: 10, testSubjects: 10, rowsPerSubject: 20
    ).dataset()
    let other = try run("rows", data: rows)
    #expect(try compared(old, other).kinds.contains(.data))
    #expect(try !old.hasSameTestRows(of: smallData.id, as: other))
    let half = smallData.folds[0].train.count / 2
    let split = Dataset(
      id: smallData.id, title: smallData.title, classes: smallData.classes, rows: smallData.rows,
      labels: smallData.labels, origins: smallData.origins,
      split: Split(
        train: Array(smallData.folds[0].train[half...]), test: smallData.folds[0].test),
      protocolLabel: smallData.protocolLabel, source: .synthetic, strips: [])
    let changed = try run("split", data: split)
    let result = try compared(old, changed)
    #expect(result.kinds == [.split] && result.causes[0].old != result.causes[0].new)
    let labels = Dataset(
      id: smallData.id, title: smallData.title, classes: smallData.classes, rows: smallData.rows,
      labels: smallData.labels.map { $0 == 3 ? 4 : $0 }, origins: smallData.origins,
      split: Split(train: smallData.folds[0].train, test: smallData.folds[0].test),
      protocolLabel: smallData.protocolLabel, source: .synthetic, strips: [])
    let relabelled = try compared(old, try run("labels", data: labels)).causes
    #expect(relabelled.filter { $0.kind == .data }.map(\.input) == ["labels"])
    #expect(try old.hasSameTestRows(of: smallData.id, as: changed))
  }

  @Test("Settings are recipe, seeds are seed, with both values")
  func recipeAndSeed() throws {
    let old = try run("a")
    var study = Self.quick
    study.maximumEpochs = 2
    let recipe = try compared(old, try run("recipe", study))
    #expect(recipe.kinds == [.recipe])
    let epochs = recipe.causes.first { $0.input == "recipe.maximumEpochs" }
    #expect(epochs?.old == "1" && epochs?.new == "2")
    study = Self.quick
    study.seeds = [2, 3]
    let seeds = try compared(old, try run("seed", study))
    #expect(seeds.causes == [ChangeCause(.seed, "seeds", old: "1", new: "2, 3")])
  }

  @Test("Sources behind a cell are program; a variant's is architecture where its network differs")
  func programAndArchitecture() throws {
    let old = try run("a")
    let program = try compared(old, try rewritten(old, "numericVersion", by: "other"))
    #expect(program.kinds == [.program] && program.causes[0].new == "other" && program.isSame)
    let source = try compared(old, try rewritten(old, "variantVersion", by: "other"))
    #expect(source.kinds == [.program] && source.causes.map(\.input) == ["variantVersion"])
    let network = try compared(
      old, try rewritten(old, "variantVersion", by: "other", parameters: 7))
    #expect(network.kinds == [.architecture])
    #expect(network.causes.first { $0.input == "parameters" }?.new == "7")
    #expect(network.causes.contains { $0.input == "variantVersion" && $0.new == "other" })
  }

  @Test("The same inputs with other answers are the environment's")
  func environment() throws {
    let old = try run("a")
    let rows = smallData.folds[0].test.count
    let other = try rewritten(
      old, "nothing", by: "", answers: (0..<rows).flatMap { _ in [0.6, 0.1, 0.1, 0.1, 0.1] })
    #expect(old.record.cells.map(\.key) == other.record.cells.map(\.key))
    let result = try compared(old, other)
    #expect(!result.isSame && result.kinds == [.environment])
  }

  @Test("What an ensemble builds on is named as the cause")
  func ensembles() throws {
    var study = Self.quick
    study.variants = ["vanilla-mlp", "vanilla-cnn", "ensemble-mean"]
    let old = try run("a", study)
    study.epochLimits = ["vanilla-cnn": 2]
    study.maximumEpochs = nil
    study.epochLimits["vanilla-mlp"] = 1
    let new = try run("b", study)
    let pair = try #require(
      old.pairs(of: smallData.id, with: new).first { $0.new?.kind == .ensemble })
    let causes = try old.causes(
      of: try #require(pair.old), try #require(pair.new), of: new, isSame: false)
    #expect(
      causes.contains {
        $0.kind == .recipe && $0.input.hasPrefix("vanilla-cnn") && $0.old == "1" && $0.new == "2"
      })
  }

  @Test("A variant is matched by its recipe, and by itself where one recipe is left on each side")
  func matching() throws {
    func side(_ name: String, _ recipes: [String]) throws -> RunSide {
      let facts = VariantFacts(id: "v", title: "V", source: "", parameters: 1, multiplyAdds: 1)
      let record = try RunRecord(
        study: Self.quick, data: [],
        cells: recipes.map {
          RunRecord.Cell(
            kind: .classifier, key: "\(name)\($0)", task: "t", variant: facts, recipe: $0, seed: 1,
            fold: nil, trainingShare: 1)
        }, gaps: [])
      return try RunSide(name, record, in: RunStore(root: "\(folder.path)/none"))
    }
    func matches(_ old: [String], _ new: [String]) throws -> [String] {
      try side("a", old).pairs(of: "t", with: try side("b", new)).map {
        "\($0.old?.recipe.text ?? "–")/\($0.new?.recipe.text ?? "–")"
      }
    }
    #expect(
      try matches(["tuned", "published"], ["published", "tuned"])
        == ["published/published", "tuned/tuned"])
    #expect(
      try matches(["published, at most 2 epochs"], ["published"])
        == ["published, at most 2 epochs/published"])
    #expect(try matches(["one"], ["two"]) == ["one/two"])
    #expect(try matches(["one", "other"], ["two"]) == ["–/two", "one/–", "other/–"])
  }
}
