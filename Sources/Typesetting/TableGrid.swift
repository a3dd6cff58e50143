import Documents
import Plotting

/// The size of a table's type and the places of its columns, so that the table stays within a width.
struct TableGrid {
  /// Size of the type, in points.
  let size: Double
  /// Left edge of each column.
  let starts: [Double]
  /// Width of each column.
  let widths: [Double]
  /// For each column, the room that fraction and deviation take.
  let measures: [ColumnMeasure]

  /// The sizes that are tried, from the largest; below the last one the table is made small.
  private static let sizes = [8, 7.5, 7, 6.5, 6, 5.5]
  /// Up to this many columns have the usual gap between them.
  private static let looseColumns = 10
  /// The size that everything is measured in: widths grow with the size and with nothing else.
  private static let reference = 10.0

  var width: Double { (starts.last ?? 0) + (widths.last ?? 0) }

  init(_ table: Document.Table, within room: Double, _ typesetter: Typesetter) {
    let measures = Self.measures(of: table, typesetter)
    let gap = (table.columns.count > Self.looseColumns ? 0.75 : 1.3) * Self.reference
    let gaps = gap * Double(max(0, measures.count - 1))
    let needed = measures.reduce(gaps) { $0 + $1.minimum }
    let size =
      Self.sizes.first { needed * $0 / Self.reference <= room }
      ?? Self.reference * room / needed
    let scale = size / Self.reference
    self.size = size
    self.measures = measures.map { $0.scaled(by: scale) }
    widths = Self.shared(room - gaps * scale, among: self.measures)
    starts = widths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1 + gap * scale) }.dropLast()
  }

  private static func measures(
    of table: Document.Table, _ typesetter: Typesetter
  ) -> [ColumnMeasure] {
    let style = TextStyle(size: reference, color: PageStyle.ink)
    var measures = table.columns.enumerated().map { index, column in
      let cells = table.rows.map {
        TableCell($0.cells[index], of: table, kind: column.kind, style, typesetter)
      }
      let heading = typesetter.spans(of: Prose(column.title), style.bold)
      return ColumnMeasure(cells, heading: heading, size: reference, typesetter)
    }
    for group in table.columnGroups {
      guard let title = group.title else { continue }
      let longest =
        title.visible.split(separator: " ").map {
          typesetter.text.width(of: String($0), style.bold)
        }.max() ?? 0
      let missing = longest - group.columns.reduce(0) { $0 + measures[$1].minimum }
      guard missing > 0 else { continue }
      for index in group.columns {
        measures[index].widen(by: missing / Double(group.columns.count))
      }
    }
    return measures
  }

  /// The width of each column: what it would like to have up to a common limit, above which only
  /// what must be is given, so that short texts stay whole and long ones take more lines.
  private static func shared(_ room: Double, among measures: [ColumnMeasure]) -> [Double] {
    func widths(_ limit: Double) -> [Double] {
      measures.map { max($0.minimum, min($0.natural, limit)) }
    }
    var (low, high) = (0.0, room)
    guard widths(high).reduce(0, +) > room else { return widths(high) }
    for _ in 0..<40 {
      let limit = (low + high) / 2
      if widths(limit).reduce(0, +) > room { high = limit } else { low = limit }
    }
    return widths(low)
  }
}

extension ColumnMeasure {
  fileprivate func scaled(by factor: Double) -> ColumnMeasure {
    var measure = self
    measure.minimum *= factor
    measure.natural *= factor
    measure.fraction *= factor
    measure.deviation *= factor
    return measure
  }

  fileprivate mutating func widen(by width: Double) {
    minimum += width
    natural = max(natural, minimum)
  }
}
