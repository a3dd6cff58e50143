public import Plotting

/// A figure of the report. One file in `Figures/` a type, named as the file and made by `init()`:
/// that is all it takes to have it drawn.
public protocol Figure: Sendable {
  /// Stable name; the files of the figure are called `<task>-<id>`.
  var id: String { get }
  /// Title for the report.
  var title: String { get }
  /// Which section it stands in.
  var placement: Placement { get }
  /// The figure of one task, or why there is none.
  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent
}

extension Figure {
  /// Among the results.
  public var placement: Placement { .results }
}

/// What a figure has to show for a task.
public enum FigureContent: Sendable {
  /// One picture, or several where one sheet would not hold all panels; none where the study does
  /// not ask for what the figure shows, so that nothing is missing.
  case pictures([Picture])
  /// Nothing, for a reason that is a whole clause, for example `no training has finished`.
  case nothing(reason: String)
}

/// A picture before it is drawn.
public struct Picture: Sendable {
  /// What the sheet shows.
  public let sheet: Sheet
  /// Data set, split, n, and what bands and marks mean, for the text below the picture.
  public let caption: String
  /// The values drawn.
  public let data: FigureData
  /// The stored results that the picture was made from.
  public let sources: [Provenance.Source]

  /// Creates a picture.
  public init(
    sheet: Sheet, caption: String, data: FigureData, sources: [Provenance.Source]
  ) {
    self.sheet = sheet
    self.caption = caption
    self.data = data
    self.sources = sources
  }

  /// The same picture, said to be one of several sheets.
  func numbered(_ number: Int, of count: Int) -> Picture {
    count == 1 ? self : adding("Sheet \(number) of \(count)")
  }

  /// The same picture, with the split's label where its caption has none.
  func labelled(for task: EvaluatedTask) -> Picture {
    guard let label = task.splitLabel(unlessIn: caption) else { return self }
    return adding(label.prefix(1).uppercased() + label.dropFirst())
  }

  private func adding(_ sentence: String) -> Picture {
    Picture(sheet: sheet, caption: "\(caption) \(sentence).", data: data, sources: sources)
  }
}
