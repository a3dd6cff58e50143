import Yams

/// Takes values of one kind out of the tree of a study file; whatever else stands there is an error
/// with its line.
struct StudyFileReader {
  let path: String

  /// Keys and values of a mapping that has no other keys than the known ones.
  ///
  /// - Parameter advice: What to do instead of a key that somebody may have expected.
  func pairs(
    _ node: Node, of key: String, known: [String], advice: (String) -> String? = { _ in nil }
  ) throws(ExperimentsError) -> [(key: String, value: Node)] {
    guard let mapping = node.mapping else {
      throw error(node, "\(key) has to be lines of the form 'key: value'; write it so")
    }
    var pairs: [(key: String, value: Node)] = []
    for (name, value) in mapping {
      let text = try self.text(name, of: "a key")
      guard known.contains(text) else {
        throw error(
          name,
          "there is no \(quoted(text)) here; "
            + (advice(text) ?? Spelling.advice(for: text, among: known)))
      }
      pairs.append((text, value))
    }
    return pairs
  }

  /// The items of a list, at most a thousand.
  func list(_ node: Node, of key: String) throws(ExperimentsError) -> [Node] {
    guard let items = node.sequence, items.count <= 1000 else {
      throw error(
        node,
        "\(key) has to be a list; write it as [one, two] or on lines that begin "
          + "with '- '")
    }
    return Array(items)
  }

  /// A list of known names, each once.
  func names(
    _ node: Node, of key: String, known: [String]
  ) throws(ExperimentsError) -> [String] {
    var names: [String] = []
    for item in try list(node, of: key) {
      let name = try text(item, of: "a name of \(key)")
      guard known.contains(name) else {
        throw error(
          item,
          "\(key) has no \(quoted(name)); \(Spelling.advice(for: name, among: known))")
      }
      guard !names.contains(name) else {
        throw error(item, "\(name) stands in \(key) twice; take one out")
      }
      names.append(name)
    }
    guard !names.isEmpty else {
      throw error(node, "\(key) is empty; name one, or leave the key out")
    }
    return names
  }

  /// A list of known names, each once; `nil` for the word `all`.
  func namesOrAll(
    _ node: Node, of key: String, known: [String]
  ) throws(ExperimentsError) -> [String]? {
    node.scalar?.string == "all" ? nil : try names(node, of: key, known: known)
  }

  /// A list of whole numbers, each once.
  func numbers(
    _ node: Node, of key: String, in range: ClosedRange<Int>
  ) throws(ExperimentsError) -> [Int] {
    var numbers: [Int] = []
    for item in try list(node, of: key) {
      let number = try number(item, of: key, in: range)
      guard !numbers.contains(number) else {
        throw error(item, "\(number) stands in \(key) twice; take one out")
      }
      numbers.append(number)
    }
    guard !numbers.isEmpty else { throw error(node, "\(key) is empty; give one number at least") }
    return numbers
  }

  /// A whole number, written with digits only.
  func number(
    _ node: Node, of key: String, in range: ClosedRange<Int>
  ) throws(ExperimentsError) -> Int {
    guard let scalar = node.scalar, isPlain(scalar), scalar.string.allSatisfy(\.isASCII),
      let number = Int(scalar.string), range.contains(number)
    else {
      throw error(
        node,
        "\(key) has to be a whole number from \(range.lowerBound) to \(range.upperBound)"
          + "; write one")
    }
    return number
  }

  /// Shares of the training rows, each once; there may be none.
  func shares(_ node: Node, of key: String) throws(ExperimentsError) -> [Double] {
    var shares: [Double] = []
    for item in try list(node, of: key) {
      let share = try share(item)
      guard !shares.contains(share) else {
        throw error(
          item, "\(item.scalar?.string ?? "") stands in \(key) twice; take one out")
      }
      shares.append(share)
    }
    return shares
  }

  /// A share of the training rows, written in percent.
  private func share(_ node: Node) throws(ExperimentsError) -> Double {
    guard let scalar = node.scalar, isPlain(scalar), let percent = Double(scalar.string),
      percent > 0, percent < 100
    else { throw error(node, "shares have to be percentages between 0 and 100; write such ones") }
    return percent / 100
  }

  /// A line of text.
  func text(_ node: Node, of key: String) throws(ExperimentsError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty, text.utf8.count <= 500,
      !text.contains(where: \.isNewline)
    else { throw error(node, "\(key) has to be one line of text, not longer than 500 bytes") }
    return text
  }

  /// A name that a run may have.
  func runName(_ node: Node) throws(ExperimentsError) -> String {
    let name = try text(node, of: "name")
    guard Study.isUsableName(name) else {
      throw error(node, "\(quoted(name)) cannot be a file's name; take out slashes and a first dot")
    }
    return name
  }

  /// Whether a scalar stands there without quotation marks, which would make it text.
  private func isPlain(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain || scalar.style == .any
  }

  private func quoted(_ text: String) -> String { String(text.prefix(60)).debugDescription }

  private func error(_ node: Node, _ problem: String) -> ExperimentsError {
    .studyFile(path: path, line: node.mark?.line, problem: problem)
  }
}
