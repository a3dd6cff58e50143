import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Audits in the store")
struct AuditStoreTests {
  @Test("A run leaves its data's audit, which goes along with exports and imports")
  func kept() throws {
    let (folder, exported, imported) = (
      try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder()
    )
    let store = RunStore(root: folder.path)
    let run = try StudyRunner(study: smallStudy, store: store, data: [smallData], workers: 1)
      .run { _ in }
    let audit = try DataAudit(of: smallData, workers: 3)
    #expect(try store.results(of: run).tasks[0].audit == audit)
    #expect(try store.audit("nothing") == nil)

    let target = RunStore(root: exported.path)
    _ = try store.export(run, to: target)
    #expect(try target.results(of: target.run("small")).tasks[0].audit == audit)
    let taken = RunStore(root: imported.path)
    _ = try taken.take(from: target)
    #expect(try taken.audit(smallData.fingerprint) == audit)
  }

  @Test("Data is looked at once, and a run that is interrupted meanwhile says so")
  func once() throws {
    let folder = try TemporaryFolder()
    let runner = StudyRunner(
      study: smallStudy, store: RunStore(root: folder.path), data: [smallData], workers: 1)
    #expect(throws: CancellationError.self) {
      try runner.run(isCancelled: { true }) { _ in }
    }
    #expect(looks(try events(of: runner)) == 1)
    #expect(looks(try events(of: runner)) == 0)
  }

  private func events(of runner: StudyRunner) throws -> EventLog {
    let log = EventLog()
    _ = try runner.run { log.take($0) }
    return log
  }

  private func looks(_ log: EventLog) -> Int { log.audited.count }
}
