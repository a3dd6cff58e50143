import Foundation
import Models
import Tensors
import Testing

@testable import Experiments

@Suite("Study file")
struct StudyFileTests {
  private func read(_ text: String) throws -> Study {
    try StudyFile.study(Array(text.utf8), path: "study.yml", figures: ["roc", "beats-by-class"])
  }

  /// The message of what a text is refused with.
  private func refusal(_ text: String) -> String {
    do {
      _ = try read(text)
      return ""
    } catch { return "\(error)" }
  }

  @Test("The committed file and an empty one are the published study")
  func published() throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = package.appending(path: "report/study.yml").path
    #expect(try StudyFile.read(path, figures: []) == .published)
    #expect(try read("") == .published)
    #expect(try read("# nothing\n") == .published)
    #expect(try read("\u{feff}seeds: [1]\n") == read("seeds: [1]\n"))
    #expect(refusal("\u{feff}seeds: [1]\ntasksss: [mitbih]\n").contains("line 2"))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for key in StudyFile.keys { #expect(text.contains("\n\(key):"), "\(key)") }
  }

  @Test("Every key decides what it names and nothing else")
  func keys() throws {
    var expected = Study.published
    expected.title = "A title: with a colon"
    expected.name = "mine"
    expected.tasks = ["synthetic", "mitbih-inter"]
    expected.variants = ["baseline", "ensemble-mean"]
    expected.recipes = ["tuned"]
    expected.seeds = [3, 1]
    expected.variantSeeds = ["resnet": [2], "ensemble-vote": [1, 2]]
    expected.trainingShares = [0.05, 0.125]
    expected.maximumEpochs = 4
    expected.epochLimits = ["resnet": 3]
    expected.figures = ["roc"]
    let study = try read(
      """
      title: "A title: with a colon"
      name: mine
      tasks: [synthetic, mitbih-inter]
      variants:
        - baseline
        - ensemble-mean
      recipes: [tuned]
      seeds: [3, 1]
      seeds-of: {resnet: [2], ensemble-vote: [1, 2]}
      shares: [5, 12.5]
      epochs: 4
      epochs-of: {resnet: 3}
      figures: [roc]
      """)
    #expect(study == expected)
  }

  @Test(
    "What is not known is refused with its line and the nearest name",
    arguments: [
      ("seeds: [1]\ntaks: [ptb]", "line 2", "did you mean tasks?"),
      ("tasks:\n  - ptb\n  - mitbi", "line 3", "did you mean mitbih?"),
      ("variants: [basline]", "line 1", "did you mean baseline?"),
      ("recipes: [tunned]", "line 1", "did you mean tuned?"),
      ("epochs-of: {resnett: 3}", "line 1", "did you mean resnet?"),
      ("seeds-of: {resnett: [3]}", "line 1", "did you mean resnet?"),
      ("figures: [rock]", "line 1", "did you mean roc?"),
      ("\n\nfoo: 1", "line 3", "use one of title, name"),
      ("\nprotocols: [inter]", "line 2", "name it in tasks, as mitbih-inter"),
      ("split: by-record", "line 1", "name it in tasks, as mitbih-inter"),
    ])
  func unknownNames(text: String, line: String, advice: String) {
    let refusal = refusal(text)
    #expect(refusal.contains("study.yml, \(line)") && refusal.contains(advice), "\(refusal)")
  }

  @Test(
    "A value of another kind is refused with its line",
    arguments: [
      "seeds: 1", "seeds: [a]", "seeds: [-1]", "seeds: ['1']", "seeds: []", "seeds: [1, 1]",
      "seeds: [1.5]", "seeds: [99999999999999999999]", "tasks: ptb", "tasks: []",
      "tasks: [ptb, ptb]", "tasks: {ptb: 1}", "shares: [0]", "shares: [100]", "shares: [nan]",
      "shares: [x]", "shares: [5, 10, 5.0]", "epochs: 0", "epochs: all", "epochs: [1]",
      "epochs-of: [resnet]", "seeds-of: [1]", "seeds-of: {resnet: 1}", "seeds-of: {resnet: []}",
      "seeds-of: {resnet: [1, 1]}",
      "epochs-of: {resnet: 0}", "figures: roc", "epochs-of: {ensemble-mean: 1}", "name: a/b",
      "name: .hidden",
      "name: []", "name:", "title: [a]", "- tasks", "study", "? [a]\n: 1",
    ])
  func otherKinds(text: String) {
    #expect(refusal(text).hasPrefix("study.yml, line 1: "), "\(text): \(refusal(text))")
  }

  @Test(
    "YAML that is none, twice the same or refers to itself is refused",
    arguments: [
      "a: [", "tasks: [ptb]\ntasks: [ptb]", "a: &x 1", "a: *x", "a: [&x 1, *x]", "\"a\"&b: 1",
      "%YAML 9", "a: b: c", "\tseeds: [1]", "--- 1\n--- 2",
    ])
  func malformed(text: String) {
    #expect(refusal(text).contains("study.yml, line "), "\(text): \(refusal(text))")
  }

  @Test("What is no file is refused at once, with what to name instead")
  func noFile() throws {
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for (path, problem) in [
      ("\(folder.path)/none.yml", "No such file"), (folder.path, "it is a folder"),
      (pipe, "it is a pipe"),
    ] {
      do throws(ExperimentsError) {
        _ = try StudyFile.read(path, figures: [])
        Issue.record("\(path) was read")
      } catch {
        #expect(error.description.hasPrefix(path) && error.description.contains(problem))
        #expect(error.description.hasSuffix("name a study file"), "\(error)")
      }
    }
  }

  @Test("A word with an ampersand or a star is a word")
  func words() throws {
    #expect(try read("title: R&D * 2 & more").title == "R&D * 2 & more")
  }

  @Test("Aliases of aliases, deep nesting and huge files are refused at once")
  func bounded() {
    let bomb = (1...20).map { level in
      "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ","))]\n"
    }
    let started = ContinuousClock.now
    #expect(refusal(bomb.joined()).contains("anchors and aliases"))
    for open in ["[", "{", "? ", "- ", "{a: ", "!!x "] {
      #expect(!refusal(String(repeating: open, count: 20_000)).isEmpty, "\(open)")
    }
    #expect(refusal(String(repeating: "# x\n", count: 20_000)).contains("longer than"))
    #expect(!refusal("seeds: [" + String(repeating: "1,", count: 30_000) + "1]").isEmpty)
    #expect(ContinuousClock.now - started < .seconds(20))
  }

  @Test("Random and randomly changed bytes are a study or a typed error, never a crash")
  func random() throws {
    var random = Philox(seed: 1, purpose: "study files", path: "").stream()
    let seed = Array(
      "title: \"a\\u00e9\"\nseeds: [1, 2]\nepochs-of: {resnet: 3}\nvariants: all\n# c\n".utf8)
    let alphabet = Array("[]{}:,-?!&*|>'\"%@`# \n\tab1\\u".utf8)
    for round in 0..<3000 {
      var bytes = seed
      if round % 3 == 0 {
        bytes = (0..<random.nextIndex(below: 80)).map { _ in UInt8(random.nextIndex(below: 256)) }
      } else {
        for _ in 0...random.nextIndex(below: 6) {
          let place = random.nextIndex(below: bytes.count)
          bytes[place] =
            round % 3 == 1
            ? alphabet[random.nextIndex(below: alphabet.count)]
            : UInt8(random.nextIndex(below: 256))
        }
      }
      do throws(ExperimentsError) {
        _ = try StudyFile.study(bytes, path: "study.yml")
      } catch {
        guard case .studyFile = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }

  @Test("The nearest name is the one with the fewest changes, and none where all are far")
  func spelling() {
    #expect(Spelling.distance("kitten", "sitting") == 3)
    #expect(Spelling.nearest(to: "vanila-cn", among: ["baseline", "vanilla-cnn"]) == "vanilla-cnn")
    #expect(Spelling.nearest(to: "xyz", among: ["baseline", "resnet"]) == nil)
  }
}
