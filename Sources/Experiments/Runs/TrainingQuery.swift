/// A condition on trainings, as `f1 > .9 and variant = resnet`.
///
/// Comparisons (`=`, `!=`, `<`, `<=`, `>`, `>=`, and `~` for texts that hold another) of a field with
/// a value, joined by `and`, which binds closer, and `or`. Values with spaces stand in quotation
/// marks. A field that is undefined fulfils no comparison.
public struct TrainingQuery: Sendable, Equatable {
  private enum Value: Sendable, Equatable {
    case number(Double)
    case text(String)
  }

  private struct Comparison: Sendable, Equatable {
    let field: Field
    let sign: Sign
    let value: Value

    func holds(for entry: TrainingEntry) -> Bool {
      switch (field.value(of: entry), value) {
      case (.number(let one), .number(let other)): sign.compares(one, other)
      case (.text(let one), .text(let other)):
        sign == .holds ? one.contains(other) : sign.compares(one, other)
      default: false
      }
    }
  }

  private enum Field: String, CaseIterable {
    case run, task, variant, recipe, share, seeds, accuracy, f1, auroc, auprc
    case macroF1 = "macro_f1"

    func value(of entry: TrainingEntry) -> Value? {
      switch self {
      case .run: .text(entry.run)
      case .task: .text(entry.task)
      case .variant: .text(entry.variant)
      case .recipe: .text(entry.recipe)
      case .share: .number(entry.trainingShare)
      case .seeds: .number(Double(entry.seeds.count))
      case .accuracy: entry.accuracy.map { .number($0) }
      case .f1, .macroF1: entry.f1.map { .number($0) }
      case .auroc: entry.auroc.map { .number($0) }
      case .auprc: entry.auprc.map { .number($0) }
      }
    }

    var isText: Bool { [.run, .task, .variant, .recipe].contains(self) }
  }

  private enum Sign: String, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
    case holds = "~"

    func compares<Ordered: Comparable>(_ one: Ordered, _ other: Ordered) -> Bool {
      switch self {
      case .equal: one == other
      case .unequal: one != other
      case .less: one < other
      case .atMost: one <= other
      case .more: one > other
      case .atLeast: one >= other
      case .holds: false
      }
    }
  }

  /// One of these has to hold, and of it everything.
  private let alternatives: [[Comparison]]

  /// Reads a condition.
  ///
  /// - Throws: `ExperimentsError.unusableQuery` with the place of the mistake in words.
  public init(_ text: String) throws(ExperimentsError) {
    let words = try Self.words(text)
    var alternatives: [[Comparison]] = []
    for part in words.split(separator: .word("or"), omittingEmptySubsequences: false) {
      var comparisons: [Comparison] = []
      for words in part.split(separator: .word("and"), omittingEmptySubsequences: false) {
        comparisons.append(try Self.comparison(Array(words), in: text))
      }
      alternatives.append(comparisons)
    }
    self.alternatives = alternatives
  }

  /// Whether a training fulfils it.
  public func matches(_ entry: TrainingEntry) -> Bool {
    alternatives.contains { $0.allSatisfy { $0.holds(for: entry) } }
  }

  private enum Word: Equatable {
    case word(String)
    case sign(Sign)
    case quoted(String)
  }

  private static func comparison(
    _ words: [Word], in text: String
  ) throws(ExperimentsError) -> Comparison {
    func wrong(_ problem: String) -> ExperimentsError {
      .unusableQuery(text, problem: problem)
    }
    guard words.count == 3, case .word(let name) = words[0], case .sign(let sign) = words[1] else {
      throw wrong("a comparison is a field, a sign and a value")
    }
    guard let field = Field(rawValue: name.lowercased()) else {
      throw wrong(
        "\"\(name)\" is no field; use \(Field.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let value: Value
    switch words[2] {
    case .quoted(let text): value = .text(text)
    case .word(let word):
      let number = Double(word.hasPrefix(".") ? "0\(word)" : word)
      value = field.isText ? .text(word) : number.map { .number($0) } ?? .text(word)
    case .sign: throw wrong("a value is missing behind \(sign.rawValue)")
    }
    if case .text(let word) = value, !field.isText { throw wrong("\"\(word)\" is no number") }
    guard sign != .holds || field.isText else { throw wrong("~ is for texts, \(name) is none") }
    return Comparison(field: field, sign: sign, value: value)
  }

  private static func words(_ text: String) throws(ExperimentsError) -> [Word] {
    var words: [Word] = []
    var rest = Substring(text)
    let signs = Sign.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
    while let first = rest.first {
      if first.isWhitespace {
        rest = rest.dropFirst()
      } else if let sign = signs.first(where: { rest.hasPrefix($0.rawValue) }) {
        words.append(.sign(sign))
        rest = rest.dropFirst(sign.rawValue.count)
      } else if first == "\"" || first == "'" {
        let quoted = rest.dropFirst().prefix { $0 != first }
        guard quoted.endIndex < rest.endIndex else {
          throw .unusableQuery(text, problem: "a quotation mark has no other")
        }
        words.append(.quoted(String(quoted)))
        rest = rest[rest.index(after: quoted.endIndex)...]
      } else {
        let word = rest.prefix { !$0.isWhitespace && !"=!<>~\"'".contains($0) }
        guard !word.isEmpty else {
          throw .unusableQuery(text, problem: "\"\(first)\" belongs to no comparison")
        }
        let lowered = word.lowercased()
        words.append(.word(["and", "or"].contains(lowered) ? lowered : String(word)))
        rest = rest[word.endIndex...]
      }
    }
    return words
  }
}
