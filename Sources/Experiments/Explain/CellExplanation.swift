/// What a cell was or would be made from, and what changed since the one before.
public struct CellExplanation: Sendable {
  /// What a person calls it; `nil` where only its key is known.
  public let name: CellName?
  /// Its key.
  public let key: String
  /// Whether the store holds it.
  public let isDone: Bool
  /// Who made it; `nil` where that is not known, or it is open.
  public let maker: Maker?
  /// What its key is made from.
  public let inputs: CellInputs
  /// Why it would be made, or what made it differ from the one before; `nil` where there is none
  /// before.
  public let reason: OpenReason?
}

extension RunStore {
  /// Explains the cells that a name or the first digits of a key mean: those that a study would
  /// have, else those of the store. Where none has the whole name, it may leave out the bound on the
  /// epochs of a finished cell, else of one of the study.
  ///
  /// - Parameters:
  ///   - text: A cell's name, or eight digits of its key or more.
  ///   - plan: The cells of a study, to look among as well.
  public func explanations(
    of text: String, in study: Study? = nil, data: [TaskData] = []
  ) throws -> [CellExplanation] {
    let history = try CellHistory(self)
    let reference = CellReference(text)
    let jobs = try study.map { try StudyPlan($0, data: data).jobs } ?? []
    func planned(_ jobs: [CellJob]) throws -> [CellExplanation] {
      try jobs.compactMap { job in
        try CellInputs(try job.work.canonicalJSON()).map { inputs in
          try explanation(job.key, name: job.name, inputs, history)
        }
      }
    }
    func finished(_ entries: [CellHistory.Entry]) throws -> [CellExplanation] {
      try entries.map { try explanation($0.key, name: nil, $0.inputs, history) }
    }
    let forms: [() throws -> [CellExplanation]] = [
      { try planned(reference.cells(among: jobs, name: \.name, key: \.key)) },
      { try finished(reference.cells(among: history.cells, name: \.name, key: \.key)) },
      { try finished(reference.cellsInShort(among: history.cells, name: \.name)) },
      { try planned(reference.cellsInShort(among: jobs, name: \.name)) },
    ]
    for form in forms {
      let explanations = try form()
      if !explanations.isEmpty { return explanations }
    }
    return []
  }

  private func explanation(
    _ key: String, name: CellName?, _ inputs: CellInputs, _ history: CellHistory
  ) throws(ExperimentsError) -> CellExplanation {
    let isDone = contains(key)
    let cells = history.cells(like: inputs)
    let place = cells.firstIndex { $0.key == key }
    let before = place.map { $0 + 1 } ?? 0
    let reason: OpenReason? =
      before < cells.count
      ? .changed(since: cells[before].key, inputs.changes(since: cells[before].inputs))
      : (isDone ? nil : .neverMade)
    return CellExplanation(
      name: name, key: key, isDone: isDone, maker: isDone ? try maker(of: key) : nil,
      inputs: inputs, reason: reason)
  }
}
