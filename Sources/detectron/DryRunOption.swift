import ArgumentParser

/// Asking a command that writes what it would write.
struct DryRunOption: ParsableArguments {
  @Flag(
    name: .customLong("dry-run"), help: "Print what would be written and removed; write nothing.")
  var isOn = false

  /// Prints paths, one a line with what would become of it.
  static func print(written: [String], removed: [String] = []) {
    for path in written { Swift.print("write\t\(path)") }
    for path in removed { Swift.print("remove\t\(path)") }
    Terminal.say(
      "\(written.count) would be written, \(removed.count) removed; nothing was written.")
  }
}
