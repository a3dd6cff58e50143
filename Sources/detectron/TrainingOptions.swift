import ArgumentParser
import Experiments
import Foundation

/// How a run tells of itself.
struct TrainingOptions: ParsableArguments {
  @Flag(help: "Print events and results as JSON, one object a line, on standard output.")
  var json = false

  @Flag(
    name: .customLong("dry-run"),
    help: "Print what would be trained, and why; train and write nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Run this at the end, whatever the end is.",
      discussion: """
        By /bin/sh -c, with DETECTRON_OUTCOME (finished, failed, interrupted, error), \
        DETECTRON_STATUS (the exit code), DETECTRON_RUN (the run's name) and DETECTRON_MESSAGE in \
        its environment. A run whose output nobody reads any more is interrupted. Its own failure \
        is said and changes nothing. Options that are wrong begin nothing, and nobody is told; a \
        signal is not kept waiting by it for more than five seconds, after which it goes on alone.
        """, valueName: "command"))
  var notify: String?

  /// Does the work of a study, and tells whoever wants to be told how it ended.
  ///
  /// - Parameters:
  ///   - study: The study; that it cannot be read is an end too.
  ///   - file: The study file that asked for it.
  ///   - finish: What is done with the run, for example drawing it.
  ///   - listing: Which files that would change, for a dry run.
  func run(
    _ study: @autoclosure () throws -> Study, _ options: StudyOptions,
    file: StudyFileArgument? = nil,
    finish: (RunRecord) throws -> Void = { _ in },
    listing: ((StudyForecast) throws -> FileListing)? = nil
  ) throws {
    if dryRun { return try preview(study(), options, listing) }
    let notice = EndNotice(command: notify, run: options.name ?? "")
    Interruption.watch { notice.send(CancellationError(), waitsUntil: .now() + 0.5) }
    do {
      let study = try study()
      notice.name(study.name)
      let record = try train(study, options, studyFile: file?.record())
      try finish(record)
      try StandardOutput.finish()
      // Drawing does not ask, and may have been quicker than the patience with it.
      if Interruption.happened { throw CancellationError() }
      if record.failureCount > 0 { throw CellsFailed(count: record.failureCount) }
    } catch {
      notice.send(error)
      throw error
    }
    notice.send(nil)
  }

  /// Loads the data, trains what is missing and returns the run.
  func train(
    _ study: Study, _ options: StudyOptions, studyFile: RunEnvironment.StudyFile? = nil
  ) throws -> RunRecord {
    let loaded = try options.load(study)
    for gap in loaded.gaps { Terminal.say("Note: \(gap)") }
    let progress = RunProgress()
    let events = json ? EventStream() : nil
    let runner = StudyRunner(
      study: study, store: options.store.runStore, data: loaded.tasks, gaps: loaded.gaps,
      workers: options.workers, memory: options.memory.map { $0 << 20 },
      environment: { RunEnvironment.current(studyFile: studyFile) })
    let record = try runner.run(
      waits: !options.noWait, isCancelled: { Interruption.happened },
      events: {
        progress.show($0)
        events?.send($0)
      })
    try ProbeRunner(
      study: study, store: options.store.runStore, data: loaded.tasks, workers: options.workers
    ).run(waits: !options.noWait, isCancelled: { Interruption.happened }) { count in
      Terminal.say("Looking closer at \(count == 1 ? "a trained cell" : "\(count) trained cells").")
    }
    events?.send(record)
    return record
  }

  private func preview(
    _ study: Study, _ options: StudyOptions, _ listing: ((StudyForecast) throws -> FileListing)?
  ) throws {
    let loaded = try options.load(study)
    let forecast = try StudyForecast(
      study, data: loaded.tasks, store: options.store.runStore, gaps: loaded.gaps, measures: false)
    let files = try listing?(forecast)
    if json {
      print(try PlanJSON(forecast, files: files).text(), terminator: "")
    } else {
      for cell in forecast.cells where !cell.isDone {
        print("\(cell.name)\t\(cell.reason?.summary ?? "")")
      }
      files?.print()
    }
    for gap in loaded.gaps + forecast.gaps { Terminal.say("Note: \(gap)") }
    if let files { Terminal.say(files.summary) }
    let open = forecast.cells.count { !$0.isDone }
    Terminal.say(
      "\(open) of \(forecast.cells.count) cells would be made; nothing was written.")
  }
}
