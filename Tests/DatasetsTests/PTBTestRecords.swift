import Foundation
import Testing

@testable import Datasets

/// Small records in the form of the PTB Diagnostic ECG Database.
enum PTBTestRecord {
  /// A lead with an R peak each `interval` ms.
  static func lead(milliseconds: Int = 21_000, interval: Int = 800) -> [Int16] {
    var signal = [Int16](repeating: -50, count: milliseconds)
    for peak in stride(from: 400, to: milliseconds, by: interval) { signal[peak] = 1950 }
    return signal
  }

  /// Writes a record of the leads i and ii; `reason` is the whole comment.
  static func write(
    _ name: String, in folder: String, reason: String?, lead: [Int16] = lead(),
    leads: [String] = ["i", "ii"], frequency: Int = 1000
  ) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let signals = leads.indices.map { index in lead.map { $0 / Int16(leads.count - index) } }
    let bytes = lead.indices.flatMap { sample in
      signals.flatMap {
        [UInt8(truncatingIfNeeded: $0[sample]), UInt8(truncatingIfNeeded: $0[sample] >> 8)]
      }
    }
    try Data(bytes).write(to: URL(filePath: "\(folder)/\(name).dat"))
    let lines = zip(leads, signals).map { lead, signal in
      let sum = signal.reduce(into: Int16(0)) { $0 &+= $1 }
      return "\(name).dat 16 2000 16 0 \(signal[0]) \(sum) 0 \(lead)"
    }
    let comments = ["# age: 81"] + (reason.map { ["# Reason for admission: \($0)"] } ?? [])
    let header = ["\(name) \(leads.count) \(frequency) \(lead.count)"] + lines + comments
    try Data((header.joined(separator: "\n") + "\n").utf8).write(
      to: URL(filePath: "\(folder)/\(name).hea"))
  }

  /// Writes records of `healthy` and `ill` patients, and of one without a diagnosis.
  static func writeDatabase(healthy: Int, ill: Int, in folder: String) throws {
    let reasons =
      [String](repeating: "Healthy control", count: healthy)
      + (0..<ill).map { $0 % 2 == 0 ? "Myocardial infarction" : "A rare disease" } + ["n/a"]
    for (index, reason) in reasons.enumerated() {
      let patient = "patient\(101 + index)"
      for record in ["s1_re", "s2_re"].prefix(1 + index % 2) {
        try write("\(record)\(index)", in: "\(folder)/\(patient)", reason: reason)
      }
    }
  }
}
