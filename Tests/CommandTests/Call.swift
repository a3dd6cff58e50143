import Foundation

/// What a call of the program gave.
struct Call {
  /// The folder that the program was built into.
  static let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// The exit code, or the signal that ended it.
  let status: Int32
  let endedBySignal: Bool
  let output: String
  let messages: String

  /// Runs the program that was built beside these tests.
  init(_ arguments: String...) throws { try self.init(arguments) }

  /// Runs it with standard output going to a place that is named, whose text is not known then.
  ///
  /// - Parameter input: What it reads from standard input, short enough for a pipe.
  init(
    _ arguments: [String], environment: [String: String] = [:], folder: URL? = nil,
    outputPath: String? = nil, input: [UInt8]? = nil
  ) throws {
    let process = Self.process(arguments, environment)
    if let folder { process.currentDirectoryURL = folder }
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
    self.init(process, output: text, messages: errors)
  }

  /// Runs it and sends a signal once a message has words in it.
  ///
  /// - Parameter sent: Called when the signal is sent.
  init(
    _ arguments: [String], environment: [String: String] = [:], signal: Int32,
    onceSaid words: String, sent: () -> Void = {}
  ) throws {
    let process = Self.process(arguments, environment)
    let messages = Pipe()
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, messages)
    try process.run()
    var said = Data()
    while !String(decoding: said, as: UTF8.self).contains(words) {
      let data = messages.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      said += data
    }
    kill(process.processIdentifier, signal)
    sent()
    said += messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    self.init(process, output: Data(), messages: said)
  }

  /// Runs it and kills it after a time, if it has not ended before; what it said is not known.
  init(
    _ arguments: [String], environment: [String: String] = [:], killedAfter time: Duration
  ) throws {
    let process = Self.process(arguments, environment)
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    let milliseconds = Int(time / .milliseconds(1))
    if ended.wait(timeout: .now() + .milliseconds(milliseconds)) == .timedOut {
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
    }
    self.init(process, output: Data(), messages: Data())
  }

  private init(_ process: Process, output: Data, messages: Data) {
    status = process.terminationStatus
    endedBySignal = process.terminationReason == .uncaughtSignal
    self.output = String(decoding: output, as: UTF8.self)
    self.messages = String(decoding: messages, as: UTF8.self)
  }

  private static func process(
    _ arguments: [String], _ environment: [String: String]
  ) -> Process {
    let process = Process()
    process.executableURL = built.appending(path: "detectron")
    process.arguments = arguments
    let cache = FileManager.default.temporaryDirectory.appending(path: "detectron-cache").path
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": cache]) { $1 }.merging(environment) { $1 }
    return process
  }
}
