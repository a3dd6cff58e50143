import Datasets
import Experiments
import Models

/// Where a file or a run comes from, for a reader.
struct TraceText {
  let trace: RunTrace

  init(_ trace: RunTrace) { self.trace = trace }

  func print() {
    Swift.print("run\t\(trace.name)\t\(trace.run.id)\t\(trace.store.root)")
    printStudy(trace.run.study)
    printProgram()
    Swift.print("cells")
    for cell in trace.cells {
      Swift.print("\t\(cell.name)\t\(cell.key)\tpredictions \(cell.predictions ?? "n/a")")
    }
    for data in trace.data { printData(data) }
  }

  private func printStudy(_ study: Study) {
    let limits = study.epochLimits.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let seeds = (study.variantSeeds ?? [:]).sorted { $0.key < $1.key }.map { name, seeds in
      "\(name)=\(seeds.map(String.init).joined(separator: ","))"
    }
    Swift.print("study\t\(study.title)")
    let facts = [
      ("file", fileText), ("tasks", list(study.tasks)),
      ("variants", study.variants.isEmpty ? "all" : list(study.variants)),
      ("recipes", study.recipe.map(\.name) ?? list(study.recipes)),
      ("seeds", list(study.seeds.map(String.init))), ("seeds-of", list(seeds)),
      ("shares", list(study.trainingShares.map { "\(Terminal.percent($0))" })),
      ("epochs", study.maximumEpochs.map { "at most \($0)" } ?? "own"),
      ("epochs-of", list(limits)), ("figures", study.figures.map(list) ?? "all"),
    ]
    for (name, value) in facts { Swift.print("\t\(name)\t\(value)") }
  }

  private var fileText: String {
    guard let made = trace.environment else { return "not recorded" }
    return made.studyFile.map { "\($0.path)\t\($0.sha256)" } ?? "none: defaults and options"
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ", ")
  }

  private func printProgram() {
    let all = trace.makers.reduce(0) { $0 + $1.cellCount }
    for (maker, count) in trace.makers {
      MakerText(maker).print()
      Swift.print("\tmade\t\(count) of \(all) cells")
    }
    guard let environment = trace.environment else { return }
    Swift.print("finished\t\(environment.finished)")
    for (name, version) in environment.drawing.sorted(by: { $0.key < $1.key }) {
      Swift.print("\t\(name)\t\(version)")
    }
  }

  private func printData(_ data: RunTrace.Data) {
    Swift.print("data\t\(data.task)\t\(data.fingerprint)\t\(data.source?.phrase ?? "unknown")")
    guard let files = data.files else {
      return Swift.print(
        data.source == .synthetic ? "\tgenerated, from no file" : "\tits files were not recorded")
    }
    for file in files { Swift.print("\t\(file.path)\t\(file.size)\t\(file.sha256)") }
  }
}
