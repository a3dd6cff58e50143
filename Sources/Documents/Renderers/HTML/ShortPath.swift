/// The data of an SVG path in fewer characters: steps from point to point in whole hundredths, level
/// and upright ones with one number, commands not repeated, and no last move that draws nothing.
///
/// A step leads from one rounded point to the next, so that roundings do not add up.
struct ShortPath {
  /// The data.
  private(set) var text: [UInt8] = []
  private var lastCommand: UInt8?
  private var place = Point()
  private var start = Point()
  private var movedTo: Point?

  /// A place, in hundredths.
  private struct Point: Equatable {
    var x = 0
    var y = 0
  }

  /// - Parameter data: Absolute moves, lines, curves and closings, with spaces between: what cairo
  ///   writes. `nil` for anything else.
  init?(_ data: ArraySlice<UInt8>) {
    var words = data.split(separator: UInt8(ascii: " "))[...]
    while let word = words.popFirst() {
      guard word.count == 1, let command = word.first, take(command, &words) else { return nil }
    }
  }

  private mutating func take(_ command: UInt8, _ words: inout ArraySlice<ArraySlice<UInt8>>) -> Bool
  {
    switch command {
    case UInt8(ascii: "M"):
      guard let point = Self.points(1, &words)?.first else { return false }
      movedTo = point
    case UInt8(ascii: "L"):
      guard let point = Self.points(1, &words)?.first else { return false }
      line(to: point)
    case UInt8(ascii: "C"):
      guard let points = Self.points(3, &words) else { return false }
      curve(points)
    case UInt8(ascii: "Z"):
      move()
      append("z", [])
      place = start
    default: return false
    }
    return true
  }

  /// The move that was put off until something is drawn.
  private mutating func move() {
    guard let point = movedTo else { return }
    if text.isEmpty {
      append("M", [point.x, point.y])
    } else {
      append("m", [point.x - place.x, point.y - place.y])
    }
    (place, start, movedTo) = (point, point, nil)
  }

  private mutating func line(to point: Point) {
    move()
    let (across, down) = (point.x - place.x, point.y - place.y)
    if down == 0 {
      append("h", [across])
    } else if across == 0 {
      append("v", [down])
    } else {
      append("l", [across, down])
    }
    place = point
  }

  private mutating func curve(_ points: [Point]) {
    move()
    append("c", points.flatMap { [$0.x - place.x, $0.y - place.y] })
    place = points[2]
  }

  private mutating func append(_ command: Unicode.Scalar, _ hundredths: [Int]) {
    let command = UInt8(ascii: command)
    // Numbers behind those of a move would be lines.
    let isRepeated = command == lastCommand && "lhvc".utf8.contains(command)
    if !isRepeated { text.append(command) }
    for (index, number) in hundredths.enumerated() {
      if number >= 0, isRepeated || index > 0 { text.append(UInt8(ascii: " ")) }
      append(number)
    }
    lastCommand = command
  }

  /// A number without what does not change it: `.5`, `-2`, `1.25`.
  private mutating func append(_ hundredths: Int) {
    if hundredths < 0 { text.append(UInt8(ascii: "-")) }
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    if whole > 0 || rest == 0 { text += String(whole).utf8 }
    guard rest > 0 else { return }
    text += rest % 10 == 0 ? ".\(rest / 10)".utf8 : ".\(rest / 10)\(rest % 10)".utf8
  }

  private static func points(
    _ count: Int, _ words: inout ArraySlice<ArraySlice<UInt8>>
  ) -> [Point]? {
    guard words.count >= 2 * count else { return nil }
    var points: [Point] = []
    for _ in 0..<count {
      guard let x = hundredths(words.removeFirst()), let y = hundredths(words.removeFirst()) else {
        return nil
      }
      points.append(Point(x: x, y: y))
    }
    return points
  }

  /// A decimal number in hundredths, rounded half away from zero.
  private static func hundredths(_ word: ArraySlice<UInt8>) -> Int? {
    let isNegative = word.first == UInt8(ascii: "-")
    let parts = word.dropFirst(isNegative ? 1 : 0)
      .split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = number(parts[0]), parts.count == 1 || number(parts[1]) != nil else {
      return nil
    }
    var digits = parts.count > 1 ? parts[1].prefix(3).map { Int($0) - 48 } : []
    digits += [Int](repeating: 0, count: 3 - digits.count)
    let size = whole * 100 + digits[0] * 10 + digits[1] + (digits[2] >= 5 ? 1 : 0)
    return isNegative ? -size : size
  }

  /// Up to nine digits as a number; fractions may be longer, only their first digits are read.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    return digits.prefix(9).reduce(0) { $0 * 10 + Int($1) - 48 }
  }
}
