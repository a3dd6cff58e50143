import Foundation

/// The results that a revision of a git repository holds, taken out into a folder of their own.
struct GitRevision {
  /// Where results lie in the repository, from the working folder on.
  static let place = "report/results"

  private let folder: String

  /// The repository that a folder is in.
  init(repository folder: String) { self.folder = folder }

  /// The full name of a commit; `nil` where the text names none, or there is no repository.
  func commit(_ text: String) -> String? {
    let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(text)^{commit}"]
    guard let output = git(arguments) else { return nil }
    let name = String(decoding: output, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return name.count >= 40 && name.allSatisfy(\.isHexDigit) ? name : nil
  }

  /// Writes the results of a commit into a folder.
  ///
  /// - Throws: `ExperimentsError.unusableArchive` where the commit has none.
  func write(commit: String, into target: String) throws(ExperimentsError) {
    guard let archive = git(["archive", "--format=tar", "\(commit):./\(Self.place)"]) else {
      throw .unusableArchive(
        path: "\(commit.prefix(12)):\(Self.place)", problem: "git finds no such folder there")
    }
    try TarArchive(archive, path: "\(commit.prefix(12)):\(Self.place)").write(into: target)
  }

  /// What git prints; `nil` where it fails or is not there.
  private func git(_ arguments: [String]) -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? Array(bytes) : nil
  }
}
