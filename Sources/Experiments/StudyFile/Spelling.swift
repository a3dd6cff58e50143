/// Names that somebody may have meant.
enum Spelling {
  /// The known name that takes the fewest changes of a letter, where few are enough that it may
  /// have been meant: at most a third of its letters.
  static func nearest(to name: String, among known: [String]) -> String? {
    let candidates = known.map { (name: $0, distance: distance(name.lowercased(), $0)) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, best.name.count / 3)
    else { return nil }
    return best.name
  }

  /// A clause that names what is known, the likeliest first.
  static func advice(for name: String, among known: [String]) -> String {
    if let nearest = nearest(to: name, among: known) { return "did you mean \(nearest)?" }
    return "use one of \(known.joined(separator: ", "))"
  }

  /// Insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966).
  static func distance(_ one: String, _ other: String) -> Int {
    // Longer texts are no misspelt names, and their product would take its time.
    guard one.count <= 64, other.count <= 64 else { return .max }
    let letters = Array(other)
    var row = Array(0...letters.count)
    for (line, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for place in letters.indices {
        let changed = diagonal + (letters[place] == letter ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(changed, diagonal + 1, row[place] + 1)
      }
    }
    return row[letters.count]
  }
}
