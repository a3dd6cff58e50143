@testable import Datasets
@testable import Experiments

/// Results with everything a layout may stumble over: long and odd names, one class of two, empty
/// histories, signals without samples.
enum HostileResults {
  static let study = StudyResults(
    runID: "<>&\"", title: "", isDemonstration: false,
    tasks: [
      five,
      InventedResults.task(
        "two", "Two classes",
        [
          ClassLabel(symbol: "without any finding", name: "x"),
          ClassLabel(symbol: "with at least one finding", name: "y"),
        ], [30, 3], 4, 1, "", .recordings),
    ], gaps: [])

  private static var five: TaskResults {
    let task = InventedResults.task(
      "odd", "=odd, \"data\" & <more>", InventedResults.fiveClasses, [90, 1, 15, 2, 700], 3, 1,
      "split\nover lines", .recordings)
    let names = [
      "A variant whose title is far too long for the panel that it stands above, by any measure",
      "", "Donaudampfschifffahrtsgesellschaftskapitän",
    ]
    let cells = zip(task.cells, names).map { cell, name in
      CellResult(
        key: cell.key,
        variant: VariantFacts(
          id: cell.variant.id, title: name, source: "", parameters: 1, multiplyAdds: 1),
        recipe: "", seed: 1, history: Array(cell.history.prefix(1)), bestEpoch: 99,
        labels: cell.labels, probabilities: cell.probabilities, predictionsHash: "")
    }
    let strips = [[Float.nan], [0.1, 0.2, 40, -40], []].map { samples in
      ECGStrip(
        record: "r", lead: "MLII", samplingRate: 2, start: 1234.56, millivolts: samples,
        annotations: (0..<6).map {
          ECGStrip.Annotation(time: 0.5 + 0.001 * Double($0), symbol: "(AFIB")
        },
        attribution: String(repeating: "a long attribution of many words ", count: 8))
    }
    let data = task.data
    return TaskResults(
      data: DatasetSummary(
        id: data.id, title: data.title, classes: data.classes, protocolLabel: data.protocolLabel,
        source: data.source, fingerprint: data.fingerprint, rowSamplingRate: 120,
        subjectCount: nil, beats: data.beats, strips: strips),
      cells: cells, failures: [])
  }
}
