import Foundation
import Plotting
import Testing

@testable import ArrhythmiaReport
@testable import Datasets
@testable import Experiments

@Suite("Figures of the report")
struct FigureTests {
  /// Small enough to be quick, with every shape that a study takes.
  static let studies: [StudyResults] = [
    InventedResults.study(testCounts: [180, 20, 40, 12, 30]),
    InventedResults.study(
      testCounts: [120, 20, 30, 9, 20], variants: 1, seeds: 1, isSynthetic: true),
    InventedResults.study(testCounts: [120, 20, 30, 9, 20], variants: 4, seeds: 3),
    InventedResults.study(testCounts: [120, 0, 30, 9, 20], variants: 2, seeds: 1),
    HostileResults.study,
    CompleteResults.study(InventedResults.study(testCounts: [120, 20, 30, 9, 20], seeds: 2)),
    CompleteResults.study(
      InventedResults.study(testCounts: [90, 20, 30, 9, 20], variants: 25, seeds: 1)),
    CompleteResults.study(HostileResults.study) { "\($0) <&> of a name that goes on and on" },
  ]

  /// The pictures of each study, drawn up once for all tests.
  static let allSheets = Result { try studies.map(sheets) }

  /// The pictures of all figures of a study, with the stamp they are drawn with.
  static func sheets(_ results: StudyResults) throws -> [(name: String, sheet: Sheet)] {
    let study = try EvaluatedStudy(quick: results)
    return try study.tasks.flatMap { task in
      try allFigures.flatMap { figure -> [(name: String, sheet: Sheet)] in
        guard case .pictures(let pictures) = try figure.draw(task, of: study) else { return [] }
        return pictures.map {
          let stamp = task.isSynthetic ? Sheet.syntheticStamp : nil
          return ("\(task.data.id)-\(figure.id)", $0.sheet.stamped(stamp))
        }
      }
    }
  }

  @Test(
    "No text of any figure leaves the page, stands on another, or is smaller than 7 points",
    arguments: studies.indices)
  func noCollisions(index: Int) throws {
    let sheets = try Self.allSheets.get()[index]
    #expect(sheets.count >= 13)
    for theme in [Theme.print, .dark] {
      let renderer = try Renderer(theme: theme)
      for (name, sheet) in sheets {
        let canvas = renderer.record(sheet)
        let page = Rectangle(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height)
        #expect(canvas.size.height < Length.inches(9.5), "\(name)")
        for (index, text) in canvas.texts.enumerated() {
          #expect(text.size >= 7, "\(name): \(text.text)")
          #expect(page.contains(text.box), "\(name): \(text.text)")
          for other in canvas.texts[(index + 1)...]
          where text.box.inset(by: 0.3).overlaps(other.box) {
            Issue.record("\(name): \(text.text) and \(other.text), \(text.groups)")
          }
        }
      }
    }
  }

  @Test("Numbers in the cells of a matrix and beside bars stay inside their frame")
  func insideFrames() throws {
    let study = try EvaluatedStudy(
      quick: InventedResults.study(
        testCounts: [18_118, 556, 1448, 162, 1608], variants: 3, seeds: 1))
    for figure in [ConfusionMatrixFigure() as any Figure, ClassBalanceFigure()] {
      guard case .pictures(let pictures) = try figure.draw(study.tasks[0], of: study) else {
        Issue.record("nothing was drawn")
        return
      }
      for picture in pictures {
        let canvas = try Renderer().record(picture.sheet)
        let frames = canvas.strokes.compactMap { stroke -> Rectangle? in
          guard stroke.groups.count == 1, stroke.path.elements.count == 5 else { return nil }
          return box(of: stroke.path)
        }
        #expect(!frames.isEmpty)
        let numbers = canvas.texts.filter { text in
          text.groups.last == "marks" || text.groups.count == 1 && text.text.contains(/^[\d,]+$/)
        }
        #expect(numbers.count >= 10)
        for text in numbers {
          #expect(frames.contains { $0.contains(text.box) }, "\(text.text)")
        }
      }
    }
  }

  private func box(of path: Path) -> Rectangle? {
    let places = path.elements.compactMap { element -> Position? in
      switch element {
      case .move(let place), .line(let place): place
      case .curve, .close: nil
      }
    }
    return places.count == 4 ? Rectangle(places[0], places[2]) : nil
  }

  @Test("Every figure of generated data is stamped outside its panels, no other figure is")
  func stamps() throws {
    for (study, sheets) in zip(Self.studies, try Self.allSheets.get()) {
      for (name, sheet) in sheets {
        let texts = try Renderer().record(sheet).texts
        let stamps = texts.filter { $0.text == "synthetic signal, no clinical meaning" }
        #expect(stamps.count == (study.tasks[0].data.source == .synthetic ? 1 : 0), "\(name)")
        for stamp in stamps {
          #expect(stamp.groups == ["stamp"])
          #expect(
            texts.allSatisfy { $0 == stamp || $0.box.maxY <= stamp.box.minY + 0.3 }, "\(name)")
        }
      }
    }
  }

  @Test("Drawing a study twice gives the same files, each with the run in it")
  func repeatable() throws {
    let study = InventedResults.study(testCounts: [90, 12, 15, 9, 12], variants: 2, seeds: 2)
    let first = try EvaluatedStudy(quick: study).render(allFigures)
    let second = try EvaluatedStudy(quick: study).render(allFigures)
    #expect(second.figures.map(\.files) == first.figures.map(\.files))
    #expect(second.omitted == first.omitted)
    let names = first.figures.flatMap(\.files).map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("mitbih-roc.pdf") && names.contains("ptb-roc.csv"))
    for figure in first.figures {
      #expect(figure.files.map { $0.name.suffix(4) } == [".pdf", ".svg", ".png", ".csv"])
      for file in figure.files {
        #expect(
          file.bytes.firstRange(of: Array("run: \(study.runID)".utf8)) != nil, "\(file.name)")
      }
      #expect(figure.caption.contains("MIT-BIH beats") || figure.caption.contains("PTB beats"))
    }
  }

  @Test("Captions of figures of predictions say data set, split, n and what the bands are")
  func captions() throws {
    let study = try EvaluatedStudy(quick: InventedResults.study(testCounts: [90, 12, 15, 9, 12]))
    let rendered = try study.render(allFigures, formats: [])
    for figure in rendered.figures
    where ["roc", "precision-recall", "models"].contains(figure.figure) {
      #expect(figure.caption.contains("split"))
      #expect(figure.caption.contains(figure.task == "ptb" ? "n = 780 test" : "n = 138 test"))
      #expect(figure.caption.contains("means over 2 seeds"))
      #expect(figure.caption.contains("95 % intervals from 100 bootstrap draws of test rows"))
    }
  }

  @Test("What the results do not hold is left out with a reason")
  func omissions() throws {
    let full = InventedResults.study(testCounts: [20, 5, 5, 5, 5], variants: 1, seeds: 1)
    let study = StudyResults(
      runID: "r", title: "t", isDemonstration: false,
      tasks: [TaskResults(data: full.tasks[1].data, cells: [], failures: [])], gaps: [])
    let rendered = try EvaluatedStudy(quick: study).render(allFigures, formats: [.svg])
    #expect(Set(rendered.figures.map(\.figure)) == ["beats", "class-balance"])
    #expect(
      Set(rendered.omitted.map(\.figure)) == [
        "confusion", "cost", "ecg-strip", "models", "precision-recall", "roc", "training",
      ])
    #expect(rendered.omitted.allSatisfy { !$0.reason.isEmpty })
  }

  @Test("Published results stand beside real data only, each once")
  func published() throws {
    let study = try EvaluatedStudy(quick: InventedResults.study(testCounts: [60, 9, 9, 9, 9]))
    let rows = ForestRow.rows(of: study.tasks[0])
    let published = PublishedResult.all.filter { $0.task == "mitbih" && $0.isComparable }
    #expect(rows.flatMap(\.published).count == published.count)
    #expect(rows[0].published.map(\.source) == ["arrhythmia-detectron", "cvxtz-baseline"])
    let synthetic = try EvaluatedStudy(quick: Self.studies[1])
    #expect(ForestRow.rows(of: synthetic.tasks[0]).flatMap(\.published).isEmpty)
  }

  @Test("Figures are drawn as recorded", arguments: ["mitbih-class-balance", "ptb-confusion"])
  func recordedFigures(name: String) throws {
    let study = InventedResults.study(
      testCounts: [900, 60, 120, 30, 90], variants: 1, seeds: 1, isSynthetic: true)
    let sheet = try #require(Self.sheets(study).first { $0.name == name }?.sheet)
    let measurer = UniformTextMeasurer()
    let layout = sheet.layout(LayoutContext(theme: .print, measurer: measurer))
    let canvas = RecordingCanvas(size: layout.size, measurer: measurer)
    layout.draw(on: canvas)
    let log = canvas.log.joined(separator: "\n") + "\n"
    if let folder = ProcessInfo.processInfo.environment["DETECTRON_WRITE_GOLDEN"] {
      try Data(log.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).txt"))
    }
    let golden = try #require(
      Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Golden"))
    #expect(try String(contentsOf: golden, encoding: .utf8) == log)
  }
}
