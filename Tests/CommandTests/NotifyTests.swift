import Foundation
import Testing

@Suite("Who is told of the end")
struct NotifyTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  @Test(
    "Who is to be told is told with the exit code too when nobody takes the output",
    arguments: [
      ["--json"], [],
    ])
  func lostReader(options: [String]) throws {
    let notice = "printf '%s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS > \(path("notice"))"
    let arguments = ["run", "--notify", notice] + options + quickStudy
    let process = Process()
    process.executableURL = Call.built.appending(path: "detectron")
    process.arguments = arguments
    let (output, messages) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, messages)
    try process.run()
    try output.fileHandleForReading.close()
    let said = String(
      decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 141 && said.contains("nobody reads the output"), "\(said)")
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "interrupted 141")
    #expect(try Call(arguments).status == 0)
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "finished 0")
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    #expect(try Call(arguments, outputPath: "/dev/full").status == 74)
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "error 74")
  }

  @Test("Events come as one JSON object a line, and the end is told with its outcome")
  func events() throws {
    let notice =
      "printf '%s %s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS $DETECTRON_RUN > "
      + path("notice")
    let call = try Call(["run", "--json", "--notify", notice] + quickStudy)
    #expect(call.status == 0, "\(call.messages)")
    let events = try call.output.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let kinds = events.compactMap { $0["event"] as? String }
    #expect(kinds.contains("planned") && kinds.contains("started") && kinds.last == "run")
    #expect(events.contains { ($0["validationAccuracy"] as? Double) != nil })
    #expect(
      try String(contentsOfFile: path("notice"), encoding: .utf8)
        == "finished 0 demonstration")
    let missing = try Call(
      ["run", "--notify", notice, "--data", folder.path, "--store", path("store")])
    #expect(missing.status == 65)
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "error 65 published")
  }

  @Test("The end is told also of a study file that is none")
  func toldOfWrongStudy() throws {
    let told = "printf '%s %s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS \"$DETECTRON_MESSAGE\" > "
    let notice = told + path("notice")
    for file in [path("nothing.yml"), try write("taskss: [mitbih]\n", to: "wrong.yml")] {
      #expect(try Call("run", file, "--notify", notice, "--store", path("store")).status == 65)
      let text = try String(contentsOfFile: path("notice"), encoding: .utf8)
      #expect(text.hasPrefix("error 65 ") && text.contains(file), "\(text)")
      try FileManager.default.removeItem(atPath: path("notice"))
    }
  }

  @Test(
    "A signal ends the process within five seconds, also while somebody is told at length",
    arguments: ["vanilla-mlp", "transformer"])
  func slowNotice(variant: String) throws {
    // One run has ended when the signal comes and only tells, the other is in the middle of training.
    let hasEnded = variant == "vanilla-mlp"
    // What it prints to is closed, so that nobody waits for it by reading.
    let notice = "echo told >&2; exec >&- 2>&-; sleep 8"
    let clock = ContinuousClock()
    var begun = clock.now
    let call = try Call(
      [
        "run", "--tasks", "synthetic-binary", "--variants", variant, "--epochs",
        hasEnded ? "1" : "60", "--store", path("store"), "--notify", notice,
      ], signal: hasEnded ? SIGTERM : SIGINT, onceSaid: hasEnded ? "told" : ": training"
    ) { begun = clock.now }
    let seconds = (clock.now - begun) / .seconds(1)
    #expect(call.status == 128 + (hasEnded ? SIGTERM : SIGINT), "\(call.messages)")
    #expect(seconds < 5, "\(seconds) s")
  }

  @Test("The end is told also where a signal comes while the report is drawn")
  func toldWhileDrawing() throws {
    let told = "printf '%s %s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS \"$DETECTRON_MESSAGE\" > "
    let report =
      ["report", "--notify", told + path("notice"), "--report-dir", path("report")] + quickStudy
      + ["--figures-dir", path("figures")]
    let call = try Call(
      report, environment: ["XDG_CACHE_HOME": path("cache")], signal: SIGTERM,
      onceSaid: "Drawing figures")
    #expect(call.status == 143, "\(call.messages)")
    let text = try String(contentsOfFile: path("notice"), encoding: .utf8)
    #expect(text.hasPrefix("interrupted 143 Stopped."), "\(text)")
  }
}
