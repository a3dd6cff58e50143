// Simulated studies whose truth is known: how often intervals hold the true value, and how often
// tests claim a difference that is not there. Prints the tables of docs/statistics.md.
//
//   swift run -c release --package-path Benchmarks StatisticsStudy [coverage|claims|trainings] [SETS] [DRAWS]
import Foundation
import SimulatedStudies
import Statistics

/// The populations that sets come from, with what a table calls them.
let populations: [(name: String, population: SimulatedPopulation)] = [
  ("1,000 rows", SimulatedPopulation(subjects: 1000, rowsPerSubject: 1)),
  ("22 subjects", SimulatedPopulation(subjects: 22, rowsPerSubject: 40)),
  ("47 subjects", SimulatedPopulation(subjects: 47, rowsPerSubject: 40)),
  ("100 subjects", SimulatedPopulation(subjects: 100, rowsPerSubject: 40)),
]

/// Few subjects whose rows are nearly all right, as those of the arrhythmia data are.
let sure: [(name: String, population: SimulatedPopulation)] = [
  ("22, sure", SimulatedPopulation(subjects: 22, rowsPerSubject: 40, skill: 2.5)),
  ("47, sure", SimulatedPopulation(subjects: 47, rowsPerSubject: 40, skill: 2.5)),
]

/// A table of shares in percent, `[row][population]`.
func printTable(_ heads: [String], _ rows: [(heads: [String], shares: [Double])]) {
  let columns = heads + (populations + sure).map(\.name)
  print("| \(columns.joined(separator: " | ")) |")
  let widths = [String](repeating: "---", count: columns.count)
  print("| \(widths.joined(separator: " | ")) |")
  for row in rows {
    let shares = row.shares.map { String(format: "%.1f", 100 * $0) }
    print("| \((row.heads + shares).joined(separator: " | ")) |")
  }
}

/// What a table calls a metric.
func name(_ metric: Metric) -> String {
  switch metric {
  case .summary(let metric): metric.rawValue
  case .perClass(let metric, let index): "\(metric.rawValue) of class \(index)"
  }
}

func coverage(sets: Int, draws: Int, workers: Int) throws {
  let studies = try (populations + sure).map {
    try CoverageStudy($0.population, sets: sets, draws: draws).rows(workers: workers)
  }
  printTable(
    ["metric", "interval"],
    studies[0].indices.map { index in
      let row = studies[0][index]
      return ([name(row.metric), row.method.rawValue], studies.map { $0[index].coverage })
    })
}

func claims(sets: Int, draws: Int, workers: Int) throws {
  let studies = try (populations + sure).map {
    try NullStudy($0.population, sets: sets, draws: draws).rows(workers: workers)
  }
  printTable(
    ["procedure", "score"],
    studies[0].indices.map { index in
      let row = studies[0][index]
      return ([row.procedure, row.score], studies.map { $0[index].rejected })
    })
}

/// Pairs of recipes, three trainings each: claims where there is no difference, and of one point.
func trainings(sets: Int, draws: Int, workers: Int) throws {
  print("| population | procedure | score | same recipe | one point apart | theory |")
  print("| --- | --- | --- | --- | --- | --- |")
  let alike = (
    name: "47 alike, 200 rows each",
    population: SimulatedPopulation(subjects: 47, rowsPerSubject: 200, interaction: 0.1)
  )
  for (name, population) in populations.dropLast() + [alike] {
    for deviation in [0.02, 0.06] {
      let study = TrainingStudy(
        population, trainingDeviation: deviation, sets: sets, draws: draws)
      for row in try study.rows(workers: workers) {
        let shares = [row.falseClaims, row.power, row.theory ?? .nan].map {
          $0.isNaN ? "" : String(format: "%.1f", 100 * $0)
        }
        let cells = ["\(name), \(deviation)", row.procedure, row.score] + shares
        print("| \(cells.joined(separator: " | ")) |")
      }
    }
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
let counts = arguments.dropFirst().map { Int($0) ?? 0 }
guard let kind = arguments.first, ["coverage", "claims", "trainings"].contains(kind),
  counts.count <= 2,
  counts.allSatisfy({ $0 > 0 })
else {
  print("usage: StatisticsStudy coverage|claims|trainings [SETS] [DRAWS]")
  exit(64)
}
let sets = counts.first ?? 2000
let draws = counts.count > 1 ? counts[1] : 1000
let workers = ProcessInfo.processInfo.activeProcessorCount
switch kind {
case "coverage": try coverage(sets: sets, draws: draws, workers: workers)
case "claims": try claims(sets: sets, draws: draws, workers: workers)
default: try trainings(sets: sets, draws: draws, workers: workers)
}
