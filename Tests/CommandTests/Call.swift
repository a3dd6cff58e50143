import Foundation

/// What a call of the program gave.
struct Call {
  /// The folder that the program was built into.
  static let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  let status: Int32
  let output: String
  let messages: String

  /// Runs the program that was built beside these tests.
  init(_ arguments: String...) throws { try self.init(arguments) }

  /// Runs it with standard output going to a place that is named, whose text is not known then.
  ///
  /// - Parameter input: What it reads from standard input, short enough for a pipe.
  init(
    _ arguments: [String], environment: [String: String] = [:], outputPath: String? = nil,
    input: [UInt8]? = nil
  ) throws {
    let process = Process()
    process.executableURL = Self.built.appending(path: "detectron")
    process.arguments = arguments
    let cache = FileManager.default.temporaryDirectory.appending(path: "detectron-cache").path
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": cache]) { $1 }.merging(environment) { $1 }
    let (output, messages) = (Pipe(), Pipe())
    process.standardOutput =
      outputPath.flatMap { FileHandle(forWritingAtPath: $0) } as Any? ?? output
    process.standardError = messages
    if let input {
      let pipe = Pipe()
      process.standardInput = pipe
      try pipe.fileHandleForWriting.write(contentsOf: input)
      try pipe.fileHandleForWriting.close()
    }
    try process.run()
    if outputPath != nil { try output.fileHandleForWriting.close() }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let errors = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    status = process.terminationStatus
    self.output = String(decoding: text, as: UTF8.self)
    self.messages = String(decoding: errors, as: UTF8.self)
  }
}
