import ArgumentParser

/// Asking a command that writes what it would write.
struct DryRunOption: ParsableArguments {
  @Flag(
    name: .customLong("dry-run"), help: "Print what would be written and removed; write nothing.")
  var isOn = false

  /// Prints paths, one a line with what would become of it.
  static func print(written: [String], removed: [String] = []) {
    FileListing(written: written, removed: removed).print()
    Terminal.say(
      "\(written.count) would be written, \(removed.count) removed; nothing was written.")
  }
}
