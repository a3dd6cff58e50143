import Foundation

/// Memory that the process may still take, as the system says.
struct AvailableMemory {
  /// Folder that `proc` and `sys` lie in.
  var root = ""

  /// Bytes that are free, or would be if caches were dropped, of the machine and of every control
  /// group around the process; `nil` where the system does not say.
  var bytes: Int? {
    ([machineBytes] + groups.map(groupBytes)).compactMap(\.self).min()
  }

  private var machineBytes: Int? {
    value(of: "MemAvailable", in: "/proc/meminfo").map { $0 * 1024 }
  }

  /// Folders of the process's control group (version 2) and of those around it.
  private var groups: [String] {
    let lines = text("/proc/self/cgroup")?.split(separator: "\n") ?? []
    guard let path = lines.first(where: { $0.hasPrefix("0::/") })?.dropFirst(3) else { return [] }
    let names = path.split(separator: "/")
    return (0...names.count).map { depth in
      (["/sys/fs/cgroup"] + names.prefix(depth)).joined(separator: "/")
    }
  }

  /// A limit, less what is used and would not be given back.
  private func groupBytes(_ folder: String) -> Int? {
    func number(_ name: String) -> Int? {
      text("\(folder)/\(name)").flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
    guard let limit = number("memory.max"), let used = number("memory.current") else { return nil }
    let cache = value(of: "inactive_file", in: "\(folder)/memory.stat") ?? 0
    return max(0, limit - max(0, used - cache))
  }

  /// The number that follows a word at the beginning of a line.
  private func value(of word: String, in path: String) -> Int? {
    let lines = text(path)?.split(separator: "\n") ?? []
    for line in lines {
      let parts = line.split { $0 == " " || $0 == ":" || $0 == "\t" }
      if parts.count > 1, parts[0] == word { return Int(parts[1]) }
    }
    return nil
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: root + path).map { String(decoding: $0, as: UTF8.self) }
  }
}
