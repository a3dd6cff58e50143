import Foundation

/// Standard error, as a person sees it.
enum Terminal {
  /// Whether lines can be redrawn.
  static let isInteractive: Bool = {
    let name = ProcessInfo.processInfo.environment["TERM"] ?? ""
    return isatty(FileHandle.standardError.fileDescriptor) == 1 && name != "dumb" && !name.isEmpty
  }()

  /// Whether standard output shows colours: it is a terminal that can, and nobody said no
  /// (<https://no-color.org>).
  static var hasColors: Bool {
    let environment = ProcessInfo.processInfo.environment
    let name = environment["TERM"] ?? ""
    return isatty(FileHandle.standardOutput.fileDescriptor) == 1 && name != "dumb" && !name.isEmpty
      && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Writes a line to standard error.
  static func say(_ line: String) { write(line + "\n") }

  /// Writes to standard error; what it does not take is lost, since there is nowhere else to say it.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Columns of the terminal.
  static var width: Int {
    var size = winsize()
    let known = ioctl(FileHandle.standardError.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0
    return known && size.ws_col > 20 ? Int(size.ws_col) : 80
  }

  /// A duration as a person says it, for example `1 h 05 min` or `42 s`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e7 else { return "?" }
    let whole = Int(seconds.rounded())
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
    return "\(whole / 3600) h \(padded(whole / 60 % 60)) min"
  }

  /// A share as a percentage with one digit.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// Bytes as millions of them with one digit.
  static func megabytes(_ bytes: Int) -> String {
    let tenths = Int((Double(bytes) / 1e5).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A share with four digits, for example `.9841`.
  static func share(_ share: Double) -> String {
    let scaled = Int((share * 10_000).rounded())
    guard scaled < 10_000 else { return "1.0000" }
    return "." + String(repeating: "0", count: max(0, 4 - "\(scaled)".count)) + "\(scaled)"
  }
}
