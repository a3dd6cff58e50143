/// The look of figures: colours, sizes and weights.
public struct Theme: Sendable, Equatable {
  /// What tells one series from another: a colour and, as a second cue, a dash and a marker.
  public struct Series: Sendable, Equatable {
    /// Colour.
    public let color: Color
    /// Lengths of dashes and gaps in line widths; empty for a solid line.
    public let dash: [Double]
    /// Marker of points.
    public let marker: Marker
  }

  /// Stable name, for example `print`.
  public let name: String
  /// The sheet.
  public let background: Color
  /// Text and frames.
  public let foreground: Color
  /// Text and lines of second rank.
  public let muted: Color
  /// Grid lines.
  public let grid: Color
  /// The series, at most eight; more ask for small multiples.
  public let series: [Series]
  /// Size of tick labels and numbers, in points; 7 is the least that reads well on paper.
  public let smallText: Double
  /// Size of axis labels and legends, in points.
  public let text: Double
  /// Size of panel titles, in points.
  public let titleText: Double
  /// Width of an ordinary data line, in points.
  public let lineWidth: Double

  /// On white paper.
  public static let print = Theme(
    name: "print", background: .white, foreground: Color(hex: 0x1A1A1A),
    muted: Color(hex: 0x595959), grid: Color(hex: 0xE3E3E3), series: okabeIto(last: 0x000000),
    smallText: 7, text: 7.5, titleText: 8, lineWidth: 1)

  /// On a light screen: as ``print``, text one point larger.
  public static let screen = Theme(
    name: "screen", background: .white, foreground: Color(hex: 0x1A1A1A),
    muted: Color(hex: 0x595959), grid: Color(hex: 0xE3E3E3), series: okabeIto(last: 0x000000),
    smallText: 8, text: 8.5, titleText: 9, lineWidth: 1.2)

  /// On a dark screen.
  public static let dark = Theme(
    name: "dark", background: Color(hex: 0x14171A), foreground: Color(hex: 0xECECEC),
    muted: Color(hex: 0xA8A8A8), grid: Color(hex: 0x33383D), series: okabeIto(last: 0xFFFFFF),
    smallText: 8, text: 8.5, titleText: 9, lineWidth: 1.2)

  /// The palette of Okabe and Ito with a dash and a marker each; its black, or white on dark
  /// sheets, last.
  ///
  /// Source: M. Okabe, K. Ito, Color Universal Design, 2008,
  /// <https://jfly.uni-koeln.de/color/>.
  private static func okabeIto(last: UInt32) -> [Series] {
    [
      Series(color: Color(hex: 0x0072B2), dash: [], marker: .circle),
      Series(color: Color(hex: 0xD55E00), dash: [4, 1.6], marker: .square),
      Series(color: Color(hex: 0x009E73), dash: [6, 1.6, 1.2, 1.6], marker: .triangle),
      Series(color: Color(hex: 0xCC79A7), dash: [1.4, 1.4], marker: .diamond),
      Series(color: Color(hex: 0xE69F00), dash: [8, 2], marker: .inverseTriangle),
      Series(color: Color(hex: 0x56B4E9), dash: [2.6, 1.6], marker: .cross),
      Series(color: Color(hex: 0xF0E442), dash: [6, 1.6, 1.2, 1.6, 1.2, 1.6], marker: .plus),
      Series(color: Color(hex: last), dash: [1, 2.4], marker: .bar),
    ]
  }

  /// The style of a series; beyond the eighth they begin again.
  public func series(_ index: Int) -> Series { series[index % series.count] }

  /// The colour of an ink.
  public func color(_ ink: Ink) -> Color {
    switch ink {
    case .series(let index): series(index).color
    case .foreground: foreground
    case .muted: muted
    case .grid: grid
    case .background: background
    }
  }
}

/// What a mark is drawn with; the theme knows its colour.
public enum Ink: Sendable, Equatable {
  /// The colour, dash and marker of a series, counted from 0.
  case series(Int)
  /// The colour of text.
  case foreground
  /// The colour of what is of second rank.
  case muted
  /// The colour of grid lines.
  case grid
  /// The colour of the sheet.
  case background
}

/// The look of a line.
public enum LineWeight: Double, Sendable {
  /// For one of many, and for grids.
  case thin = 0.5
  /// For data.
  case regular = 1
  /// For means and whatever stands above the others.
  case thick = 1.7
}

/// The shape of a point.
public enum Marker: Sendable, Equatable, CaseIterable {
  /// A round point.
  case circle
  /// A square.
  case square
  /// A triangle that points up.
  case triangle
  /// A square on its corner.
  case diamond
  /// A triangle that points down.
  case inverseTriangle
  /// Two crossing diagonals, an outline only.
  case cross
  /// Two crossing lines, an outline only.
  case plus
  /// A short vertical line.
  case bar

  /// The outline about a centre; `radius` in points.
  func path(at center: Position, radius: Double) -> Path {
    func corners(_ offsets: [(Double, Double)], closed: Bool = true) -> Path {
      Path(
        through: offsets.map {
          Position(x: center.x + radius * $0.0, y: center.y + radius * $0.1)
        }, closed: closed)
    }
    func lines(_ first: [(Double, Double)], _ second: [(Double, Double)]) -> Path {
      var path = corners(first, closed: false)
      path.append(corners(second, closed: false))
      return path
    }
    switch self {
    case .circle: return Path(circleAt: center, radius: radius)
    case .square: return corners([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case .triangle: return corners([(0, -1.15), (1.05, 0.75), (-1.05, 0.75)])
    case .inverseTriangle: return corners([(0, 1.15), (-1.05, -0.75), (1.05, -0.75)])
    case .diamond: return corners([(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)])
    case .cross: return lines([(-0.9, -0.9), (0.9, 0.9)], [(-0.9, 0.9), (0.9, -0.9)])
    case .plus: return lines([(-1.2, 0), (1.2, 0)], [(0, -1.2), (0, 1.2)])
    case .bar: return corners([(0, -1.3), (0, 1.3)], closed: false)
    }
  }

  /// Whether the shape has no inside to fill.
  var isOutlineOnly: Bool { self == .cross || self == .plus || self == .bar }
}
