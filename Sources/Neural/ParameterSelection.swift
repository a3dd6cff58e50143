/// Some of a network's parameters, by path: `conv1` means `conv1.kernel` and all else below it.
public enum ParameterSelection: Sendable, Hashable {
  /// All of them.
  case all
  /// Those at or below one of the paths.
  case under([String])
  /// All but those at or below one of the paths.
  case except([String])

  /// Whether a path is at or below another.
  static func contains(_ paths: [String], _ path: String) -> Bool {
    paths.contains { path == $0 || path.hasPrefix($0 + ".") }
  }
}

extension Plan {
  /// The selected parameters, in the order of the plan; a path that names none is an error.
  public func parameters(_ selection: ParameterSelection) throws(NeuralError) -> [Parameter] {
    switch selection {
    case .all: return parameters
    case .under(let paths):
      try check(paths)
      return parameters.filter { ParameterSelection.contains(paths, $0.path) }
    case .except(let paths):
      try check(paths)
      return parameters.filter { !ParameterSelection.contains(paths, $0.path) }
    }
  }

  /// Throws where a path to be frozen names no parameter, or where nothing is left to train.
  public func checkFrozen(_ paths: [String]) throws(NeuralError) {
    try check(paths)
    if trainedParameterCount == 0 { throw .nothingToTrain(frozen: paths) }
  }

  private func check(_ paths: [String]) throws(NeuralError) {
    for path in paths
    where !parameters.contains(where: {
      ParameterSelection.contains([path], $0.path)
    }) {
      throw .unknownPath(path, known: parameters.map(\.path))
    }
  }
}
