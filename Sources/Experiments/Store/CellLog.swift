import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
    // Made in its place: Foundation would leave a file of another name where the process is killed.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let isNew = (try? handle.seekToEnd()) == 0
    let line = "\(Date.now.formatted(.iso8601)) \(text)\n"
    try? handle.write(contentsOf: Data(((isNew ? "\(name) \(key)\n" : "") + line).utf8))
  }
}
