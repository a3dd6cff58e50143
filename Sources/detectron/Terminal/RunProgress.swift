import Experiments
import Foundation
import Synchronization

/// Shows on standard error how a run goes on: redrawn lines on a terminal, plain lines elsewhere.
final class RunProgress: Sendable {
  private struct Running {
    let began: ContinuousClock.Instant
    var progress: TrainingProgress?
  }

  private struct State {
    var open: [PlannedCell] = []
    var done = 0
    var workers = 1
    var running: [CellName: Running] = [:]
    var finished: Set<CellName> = []
    var trainedEpochs = 0
    var trainedCost = 0.0
    var busySeconds = 0.0
    var drawnLines = 0
    var lastDrawn: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let clock = ContinuousClock()

  /// Takes an event; may be called from any thread.
  func show(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .planned(let open, let done, let workers):
        (state.open, state.done, state.workers) = (open, done, workers)
        line(plan(open.count, done, workers), &state)
      case .waiting(let store):
        line("Waiting for another process that works on \(store).", &state)
      case .auditing(let task):
        line("\(task): looking for copies and near copies among its rows, once.", &state)
      case .discarded(let name):
        line("\(name): its files in the store are damaged; training it again.", &state)
      case .renamed(let name, let kept):
        line("The run \(name) of other settings or data is kept as \(kept).", &state)
      case .restarted(let name):
        line(
          "\(name): what it was to go on from is damaged, or of another program; it begins anew.",
          &state)
      case .started(let name):
        state.running[name] = Running(began: clock.now)
        if !Terminal.isInteractive { line("\(name): training", &state) }
      case .noted(let text): line("Note: \(text)", &state)
      case .progressed(let name, let progress):
        progressed(name, progress, &state)
      case .finished(let name, let timing, let score):
        finished(name, timing, score, &state)
      case .failed(let name, let message):
        state.running[name] = nil
        state.finished.insert(name)
        line("\(name): failed: \(message)", &state)
      }
    }
  }

  private func plan(_ open: Int, _ done: Int, _ workers: Int) -> String {
    if open == 0 {
      return done == 1 ? "The training is in the store." : "All \(done) trainings are in the store."
    }
    let rest = done == 0 ? "" : ", \(done) in the store"
    return
      "\(open) \(open == 1 ? "training" : "trainings") to do\(rest); \(min(workers, open)) at once."
  }

  private func progressed(_ name: CellName, _ progress: TrainingProgress, _ state: inout State) {
    let before = state.running[name]?.progress
    state.running[name]?.progress = progress
    if Terminal.isInteractive {
      let now = clock.now
      if let last = state.lastDrawn, now - last < .milliseconds(100) { return }
      state.lastDrawn = now
      redraw(&state)
    } else if let epoch = progress.lastEpoch, before?.lastEpoch?.epoch != epoch.epoch {
      line("\(name): \(describe(epoch))", &state)
    }
  }

  private func finished(
    _ name: CellName, _ timing: CellTiming, _ score: CellScore, _ state: inout State
  ) {
    state.running[name] = nil
    state.finished.insert(name)
    state.trainedEpochs += timing.epochs
    state.busySeconds += timing.seconds
    let cost = state.open.first { $0.name == name }?.epochCost ?? 0
    state.trainedCost += Double(cost * timing.epochs)
    let left = timeLeft(state).map { ", about \(Terminal.duration($0)) left" } ?? ""
    line(
      "\(name): \(describe(score))\(describe(timing)) "
        + "[\(state.finished.count)/\(state.open.count)\(left)]", &state)
  }

  private func describe(_ score: CellScore) -> String {
    switch score {
    case .accuracy(let value): "validation accuracy \(value.map(Terminal.share) ?? "n/a")"
    case .squaredError(let value): "validation squared error \(value)"
    }
  }

  private func describe(_ timing: CellTiming) -> String {
    guard timing.epochs > 0, let rate = timing.rowsPerSecond else { return "" }
    return " after \(timing.epochs) \(timing.epochs == 1 ? "epoch" : "epochs") in "
      + "\(Terminal.duration(timing.seconds)) (\(Int(rate)) rows/s)"
  }

  private func describe(_ epoch: EpochRecord) -> String {
    "epoch \(epoch.epoch), validation \(score(epoch))"
  }

  private func score(_ epoch: EpochRecord) -> String {
    epoch.validationAccuracy.map { "accuracy \(Terminal.share($0))" }
      ?? "loss \(epoch.validationLoss.isFinite ? "\(epoch.validationLoss)" : "n/a")"
  }

  // MARK: Lines

  /// Prints a line that stays, above what is redrawn.
  private func line(_ text: String, _ state: inout State) {
    erase(&state)
    Terminal.say(text)
    if Terminal.isInteractive { redraw(&state) }
  }

  private func erase(_ state: inout State) {
    guard state.drawnLines > 0 else { return }
    Terminal.write("\u{1b}[\(state.drawnLines)A\u{1b}[J")
    state.drawnLines = 0
  }

  private func redraw(_ state: inout State) {
    erase(&state)
    var lines = state.running.keys.sorted { "\($0)" < "\($1)" }.compactMap { name in
      state.running[name].flatMap { row(name, $0) }
    }
    if state.finished.count < state.open.count {
      let left = timeLeft(state).map { "about \(Terminal.duration($0)) left" } ?? "measuring"
      lines.append("  \(state.finished.count) of \(state.open.count) trainings done, \(left)")
    }
    guard !lines.isEmpty else { return }
    let width = Terminal.width - 1
    Terminal.write(lines.map { String($0.prefix(width)) + "\n" }.joined())
    state.drawnLines = lines.count
  }

  private func row(_ name: CellName, _ running: Running) -> String? {
    guard let progress = running.progress else { return "  \(name)  starting" }
    let share = Double(progress.rows) / Double(progress.rowsPerEpoch)
    let filled = Int(share * 20)
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: 20 - filled)
    let last = progress.lastEpoch.map {
      "  validation \(score($0))"
    }
    return "  \(name)  epoch \(progress.epoch) \(bar) \(Terminal.percent(share))\(last ?? "")"
  }

  /// Seconds until all is done: what is still to be computed at the rate measured so far.
  ///
  /// Early stopping ends most trainings before their last epoch, so the others are taken to be as
  /// long as the finished ones are on average, and those under way to last until their patience.
  private func timeLeft(_ state: State) -> Double? {
    var (seconds, cost) = (state.busySeconds, state.trainedCost)
    var left = 0.0
    let usual = state.finished.isEmpty ? 20 : max(1, state.trainedEpochs / state.finished.count)
    for cell in state.open where !state.finished.contains(cell.name) {
      var epochs = Double(min(usual, cell.maximumEpochs))
      if let running = state.running[cell.name], let progress = running.progress {
        let past =
          Double(progress.epoch - 1) + Double(progress.rows) / Double(progress.rowsPerEpoch)
        seconds += (clock.now - running.began) / .seconds(1)
        cost += past * Double(cell.epochCost)
        epochs = max(epochs - past, min(3, Double(cell.maximumEpochs) - past))
      }
      left += epochs * Double(cell.epochCost)
    }
    guard cost > 0, seconds > 3 else { return nil }
    return left * seconds / cost / Double(min(state.workers, max(1, state.open.count)))
  }
}
