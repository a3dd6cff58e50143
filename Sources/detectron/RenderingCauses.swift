import Experiments

/// Inputs that may explain why files of a report are not what its run gives.
struct RenderingCauses {
  private let recorded: RunEnvironment?

  /// - Parameter recorded: What the run was made with.
  init(_ recorded: RunEnvironment?) { self.recorded = recorded }

  /// A sentence each.
  ///
  /// - Parameter onlyDrawings: Whether all that differs are drawings.
  func text(onlyDrawings: Bool) -> [String] {
    let now = RunEnvironment.current
    guard let recorded else {
      return ["What the run was made with was not recorded; this program is \(Self.text(now))."]
    }
    let libraries = Set(recorded.drawing.keys).union(now.drawing.keys).sorted().filter {
      recorded.drawing[$0] != now.drawing[$0]
    }
    var causes = libraries.map { name in
      "\(name) was \(recorded.drawing[name] ?? "not there") and is "
        + "\(now.drawing[name] ?? "not there"): that changes drawings only."
    }
    if recorded.sources != now.sources {
      causes.append(
        "The run was made by \(Self.text(recorded)), this program is \(Self.text(now)): "
          + "what renders a report may have changed.")
    }
    if libraries.isEmpty, recorded.sources == now.sources {
      causes.append(
        "Program and drawing libraries are those of the run, so the files themselves were changed, "
          + "or are of another run.")
    } else if !onlyDrawings, recorded.sources == now.sources {
      causes.append("Texts differ too, which no drawing library explains.")
    }
    return causes
  }

  private static func text(_ made: RunEnvironment) -> String {
    "\(made.program), commit \(made.commit ?? "unknown"), sources \(made.sources.prefix(12))"
  }
}
