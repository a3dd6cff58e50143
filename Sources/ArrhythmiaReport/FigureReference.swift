public import Documents

/// A drawn figure, as the report refers to it.
public struct FigureReference: Sendable, Hashable {
  /// Stable name, unique in the report, for example `roc-mitbih`.
  public let id: Identifier
  /// Stable name of the task that it shows, or `nil` where it shows the whole study.
  public let task: String?
  /// Which section it stands in.
  public let placement: Placement
  /// Data, split, n, and what bands are.
  public let caption: Prose
  /// What a reader who does not see it has to know.
  public let alternativeText: String
  /// Name of its files in the figures' folder, without suffix; `.png` and `.pdf` have to exist.
  public let fileStem: String

  /// Creates a reference.
  public init(
    id: Identifier, task: String?, placement: Placement = .results, caption: Prose,
    alternativeText: String, fileStem: String
  ) {
    self.id = id
    self.task = task
    self.placement = placement
    self.caption = caption
    self.alternativeText = alternativeText
    self.fileStem = fileStem
  }
}

extension FigureReference {
  /// Refers to a drawn figure.
  init(_ figure: RenderedFigure) {
    self.init(
      id: Identifier(figure.name), task: figure.task, placement: figure.placement,
      caption: Prose(figure.caption), alternativeText: figure.title, fileStem: figure.name)
  }
}
