import Foundation
import Synchronization

/// What happened to each cell, line by line with the time, for whoever looks for the reason of
/// something: `logs/<key>.log` is there before the training begins and stays when it fails.
final class CellLog: Sendable {
  private let root: String
  private let keys: [CellName: String]
  private let lastEpochs = Mutex<[CellName: Int]>([:])

  /// Logs of the named cells, in the store's folder.
  init(root: String, keys: [CellName: String]) {
    self.root = root
    self.keys = keys
  }

  /// Adds a line for an event that concerns a cell. A log that cannot be written stops no training.
  func take(_ event: RunEvent) {
    switch event {
    case .started(let name): add("started", name)
    case .progressed(let name, let progress):
      guard let epoch = progress.lastEpoch,
        lastEpochs.withLock({ $0.updateValue(epoch.epoch, forKey: name) }) != epoch.epoch
      else { return }
      add(
        "epoch \(epoch.epoch): training loss \(epoch.trainLoss), validation loss "
          + "\(epoch.validationLoss)"
          + (epoch.validationAccuracy.map { ", validation accuracy \($0)" } ?? ""), name)
    case .finished(let name, let timing, _):
      add("finished: \(timing.epochs) epochs, \(timing.seconds) s, \(timing.instructionSet)", name)
    case .failed(let name, let message): add("failed: \(message)", name)
    case .discarded(let name): add("damaged in the store; made again", name)
    case .restarted(let name):
      add("what it was to go on from is damaged, or of another program; it begins anew", name)
    default: break
    }
  }

  private func add(_ text: String, _ name: CellName) {
    guard let key = keys[name] else { return }
    let path = "\(root)/logs/\(key).log"
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: Data("\(name) \(key)\n".utf8))
    }
    guard let handle = FileHandle(forWritingAtPath: path) else { return }
    let line = "\(Date.now.formatted(.iso8601)) \(text)\n"
    _ = try? handle.seekToEnd()
    try? handle.write(contentsOf: Data(line.utf8))
    try? handle.close()
  }
}
