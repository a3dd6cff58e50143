import Foundation
import Testing

@Suite("The command evaluate")
struct EvaluateCommandTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  @Test("Predictions are evaluated from CSV, as JSON with null for what is undefined")
  func evaluates() throws {
    let file = try write("label,p0,p1,p2\n0,.8,.1,.1\n1,.2,.7,.1\n1,.6,.3,.1\n", to: "p.csv")
    let call = try Call("evaluate", "--predictions", file, "--json", "--draws", "100")
    #expect(call.status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
    let metrics = try #require(json?["metrics"] as? [String: [String: Any]])
    let accuracy = try #require(metrics["accuracy"]?["value"] as? Double)
    #expect(abs(accuracy - 2.0 / 3) < 1e-12)
    #expect(metrics["auroc_macro"]?["value"] is NSNull)
    #expect(json?["n"] as? Int == 3)
    let bins = try #require(json?["calibration"] as? [[String: Any]])
    #expect(bins.count == 15 && bins.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == 3)
  }

  @Test("Subjects are drawn where a file names several, and rows where it names one")
  func evaluatesSubjects() throws {
    func width(_ subject: (Int) -> String) throws -> (String?, Double) {
      let rows = (0..<40).map { row in
        "\(row % 2),\(row / 4 % 5 == 0 ? 1 - row % 2 : row % 2),\(subject(row))\n"
      }
      let file = try write("label,score,subject\n" + rows.joined(), to: "p.csv")
      let call = try Call("evaluate", "--predictions", file, "--json", "--draws", "500")
      let json = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
      let metrics = try #require(json?["metrics"] as? [String: [String: Any]])
      #expect(metrics["auroc"] != nil && metrics["auprc"] != nil)
      let low = try #require(metrics["accuracy"]?["low"] as? Double)
      let high = try #require(metrics["accuracy"]?["high"] as? Double)
      return (json?["resampled"] as? String, high - low)
    }
    let one = try width { _ in "a" }
    let several = try width { "s\($0 / 4)" }
    #expect(one.0 == "rows" && several.0 == "subjects")
    #expect(several.1 > 1.5 * one.1)
  }

  @Test("Where an interval is missing, the reason is told that holds for it")
  func missingIntervals() throws {
    func text(_ rows: [String]) throws -> String {
      let file = try write("label,score,subject\n" + rows.joined(separator: "\n"), to: "p.csv")
      return try Call("evaluate", "--predictions", file, "--draws", "200").output
    }
    let right = (0..<40).map { "\($0 % 2),\($0 % 2 == 0 ? ".2" : ".8")" }
    let alone = try text(right.map { $0 + ",a" })
    #expect(alone.contains("draws of rows, all of one subject"))
    #expect(alone.contains("accuracy\t1.0\tinterval n/a (the same in all draws)"))
    let rare = try text(right.enumerated().map { row, line in line + ",s\(row % 4)" })
    #expect(rare.contains("accuracy\t1.0\tinterval n/a (it rests on 4.0 effective subjects"))
    let seldom = try text(["1,.8,s9"] + (0..<40).map { "0,.\($0 % 8 + 1),t\($0)" })
    #expect(seldom.contains("  sensitivity\t1.0\tinterval n/a (it rests on 1.0 effective"))
    let unnamed = try write(
      "label,score\n1,.8\n" + (0..<40).map { "0,.\($0 % 8 + 1)\n" }.joined(), to: "p.csv")
    let drawn = try Call("evaluate", "--predictions", unnamed, "--draws", "200").output
    #expect(drawn.contains("of 200 draws, more than one in twenty"))
  }

  @Test("Predictions are read from standard input by either of its names")
  func evaluatesInput() throws {
    let text = "label,score\n0,.2\n1,.7\n1,.4\n"
    let expected = try Call(
      "evaluate", "--predictions", try write(text, to: "p.csv"), "--draws", "100"
    ).output.split(separator: "\n").dropFirst()
    for name in ["-", "/dev/stdin"] {
      let call = try Call(
        ["evaluate", "--predictions", name, "--draws", "100"], input: Array(text.utf8))
      #expect(call.status == 0, "\(call.messages)")
      #expect(call.output.split(separator: "\n").dropFirst() == expected)
    }
    let archive = try Call(
      ["evaluate", "--predictions", "-"], input: [0x50, 0x4B, 3, 4, 0x0A, 0, 0, 0, 0])
    #expect(archive.status == 65 && archive.messages.contains("npz archive"))
  }

  @Test("Scores are none but where they are said to be, and the message says how")
  func evaluatesScores() throws {
    let file = try write("label,p0,p1\n0,2.5,-1\n1,-3,.5\n", to: "p.csv")
    let refused = try Call("evaluate", "--predictions", file)
    #expect(refused.status == 65 && refused.messages.contains("--scores"))
    let single = try Call(
      "evaluate", "--predictions", try write("label,score\n0,.5\n1,-3\n", to: "single.csv"))
    #expect(single.status == 65 && single.messages.contains("row 1: the score -3.0 is no prob"))
    let call = try Call("evaluate", "--predictions", file, "--scores", "--json", "--draws", "100")
    let json = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
    let metrics = try #require(json?["metrics"] as? [String: [String: Any]])
    #expect(metrics["accuracy"]?["value"] as? Double == 1)
    #expect(metrics["log_loss"]?["value"] is NSNull && metrics["auroc"]?["value"] as? Double == 1)
    for draws in ["99", "1000001"] {
      #expect(try Call("evaluate", "--predictions", file, "--draws", draws).status == 64)
    }
  }

  @Test("Predictions that are none end with 65 and name the line or row")
  func badPredictions() throws {
    let bad = [
      ("label,p0,p1\n0,.5\n", "line 2"), ("label,p0,p1\nx,.5,.5\n", "line 2"),
      ("p0,p1\n.5,.5\n", "line 1"), ("label,p0,p1\n0,.9,.9\n", "row 0"), ("", "empty"),
      ("label,p0,p1\n7,.5,.5\n", "row 0"),
    ]
    for (text, place) in bad {
      let call = try Call("evaluate", "--predictions", try write(text, to: "p.csv"))
      #expect(call.status == 65)
      #expect(call.messages.contains("p.csv") && call.messages.contains(place), "\(text)")
      #expect(call.output.isEmpty)
    }
    #expect(try Call("evaluate", "--predictions", path("missing.npz")).status == 65)
  }
}
