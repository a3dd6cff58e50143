import ArgumentParser
import ArrhythmiaReport
import Datasets
import Foundation
import Plotting

/// `detectron figure`: one figure of a run.
struct FigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure", abstract: "Draw one figure of a finished run.",
    discussion: """
      EXAMPLES
        detectron figure roc --task mitbih --models baseline,resnet --out roc.pdf
        detectron figure models --task mitbih --store report/results --out models.svg --theme dark

      The format follows the file's name: .pdf, .svg, .png, or .csv for the values drawn. Where one
      sheet does not hold all panels, further ones are called roc-2.pdf and so on. Prints the files
      that were written.
      """)

  /// The looks.
  enum Look: String, ExpressibleByArgument, CaseIterable {
    case print, screen, dark

    var theme: Theme {
      switch self {
      case .print: .print
      case .screen: .screen
      case .dark: .dark
      }
    }
  }

  @Argument(help: "The figure: \(allFigures.map(\.id).joined(separator: ", ")).")
  var figure: String

  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("File to write.", valueName: "file"))
  var out: String

  @Option(help: "Look: print (white paper), screen (larger type) or dark.")
  var theme: Look = .print

  @OptionGroup var dryRun: DryRunOption

  func validate() throws {
    guard suffix == "csv" || ImageFormat(rawValue: suffix) != nil else {
      throw ValidationError("--out \(out): end the name in .pdf, .svg, .png or .csv")
    }
  }

  func run() throws {
    let study = try options.study()
    let figures = try study.figure(
      figure, theme: theme.theme, formats: ImageFormat(rawValue: suffix).map { [$0] } ?? [])
    guard Set(figures.map(\.task)).count == 1 else {
      throw ValidationError(
        "the run has this figure of several tasks; name one with --task: "
          + study.tasks.map(\.data.id).joined(separator: ", "))
    }
    let stem = URL(filePath: out).deletingPathExtension().path
    let paths = figures.indices.map { $0 == 0 ? out : "\(stem)-\($0 + 1).\(suffix)" }
    if dryRun.isOn { return DryRunOption.print(written: paths) }
    for (path, drawn) in zip(paths, figures) {
      for file in drawn.files where file.name.hasSuffix(".\(suffix)") {
        try AtomicFile.write(file.bytes, to: path)
        print(path)
      }
    }
  }

  private var suffix: String { URL(filePath: out).pathExtension.lowercased() }
}
