internal import Datasets
internal import Experiments
public import Plotting

/// A drawn picture with the files that it consists of.
public struct RenderedFigure: Sendable {
  /// A file: its name and its bytes.
  public struct File: Sendable, Equatable {
    /// Name without a folder, for example `mitbih-roc.pdf`.
    public let name: String
    /// Content.
    public let bytes: [UInt8]
  }

  /// Stable name of the figure, for example `roc`.
  public let figure: String
  /// Stable name of the task, for example `mitbih`.
  public let task: String
  /// The common name of the files, for example `mitbih-roc` or `mitbih-roc-2`.
  public let name: String
  /// Title of the figure.
  public let title: String
  /// The caption.
  public let caption: String
  /// Which section it stands in.
  public let placement: Placement
  /// Where everything in it stands, to be drawn elsewhere too.
  public let layout: SheetLayout
  /// One file a format, and the CSV with the values.
  public let files: [File]
}

/// A figure that the results hold nothing for.
public struct OmittedFigure: Sendable, Equatable {
  /// Stable name of the figure.
  public let figure: String
  /// Title of the figure.
  public let title: String
  /// Stable name of the task.
  public let task: String
  /// Title of the task.
  public let taskTitle: String
  /// Why, as a clause.
  public let reason: String
}

/// All figures of a run.
public struct RenderedFigures: Sendable {
  /// Task by task, in the order of the catalogue.
  public let figures: [RenderedFigure]
  /// What was left out.
  public let omitted: [OmittedFigure]
}

extension EvaluatedStudy {
  /// A picture with its place in the report, before it is drawn.
  private struct Plan: Sendable {
    let picture: Picture
    let figure: any Figure
    let task: EvaluatedTask
    let name: String
  }

  /// Draws figures for every task, or one, into bytes, as many at once as there are cores; writes
  /// nothing.
  public func render(
    _ figures: [any Figure], theme: Theme = .print, formats: [ImageFormat] = ImageFormat.allCases,
    onlyTask: String? = nil
  ) throws(ReportError) -> RenderedFigures {
    var plans: [Plan] = []
    var omitted: [OmittedFigure] = []
    for task in tasks where onlyTask == nil || task.id == onlyTask {
      for figure in figures {
        switch try figure.draw(task, of: self) {
        case .nothing(let reason):
          omitted.append(
            OmittedFigure(
              figure: figure.id, title: figure.title, task: task.id, taskTitle: task.data.title,
              reason: reason))
        case .pictures(let pictures):
          for (index, picture) in pictures.enumerated() {
            let name = "\(task.data.id)-\(figure.id)" + (index == 0 ? "" : "-\(index + 1)")
            let picture = picture.labelled(for: task).numbered(index + 1, of: pictures.count)
            plans.append(Plan(picture: picture, figure: figure, task: task, name: name))
          }
        }
      }
    }
    let drawn = plans.concurrentMap { plan in
      Result { () throws(PlottingError) in try draw(plan, Renderer(theme: theme), formats) }
    }
    var rendered: [RenderedFigure] = []
    for (plan, result) in zip(plans, drawn) {
      do throws(PlottingError) { rendered.append(try result.get()) } catch {
        throw .drawing(figure: plan.name, error)
      }
    }
    return RenderedFigures(figures: rendered, omitted: omitted)
  }

  private func draw(
    _ plan: Plan, _ renderer: Renderer, _ formats: [ImageFormat]
  ) throws(PlottingError) -> RenderedFigure {
    let (picture, figure, task, name) = (plan.picture, plan.figure, plan.task, plan.name)
    let sheet = picture.sheet.stamped(task.isSynthetic ? Sheet.syntheticStamp : nil)
    let provenance = Provenance(
      title: "\(figure.title), \(task.heading)", subject: picture.caption, runID: results.runID,
      sources: picture.sources)
    var files: [RenderedFigure.File] = []
    for format in formats {
      files.append(
        RenderedFigure.File(
          name: "\(name).\(format.rawValue)",
          bytes: try renderer.render(sheet, format, provenance)))
    }
    files.append(
      RenderedFigure.File(name: "\(name).csv", bytes: Array(picture.data.csv(provenance).utf8)))
    return RenderedFigure(
      figure: figure.id, task: task.data.id, name: name, title: figure.title,
      caption: picture.caption, placement: figure.placement, layout: renderer.layout(sheet),
      files: files)
  }
}
