import Documents
import Plotting

/// How far the figures of two folders are apart: by the values behind them, and by their pixels.
public struct FigureDistances: Sendable {
  /// One figure of both folders.
  public struct Entry: Sendable, Equatable {
    /// Name of its files, without suffix.
    public let name: String
    /// The distance of the values; `nil` where a folder has none, or the tables are not alike.
    public let values: TableDistance?
    /// The share of pixels that differ, 0…1; `nil` where a folder has no picture, or of another size.
    public let changedPixels: Double?
    /// Whether both pictures or tables are the same bytes, as far as there are any.
    public let isSame: Bool
    /// A PNG file of where the pictures differ; `nil` where they do not, or cannot be held together.
    public let heatMap: [UInt8]?
  }

  /// The figures that both have, by name.
  public let entries: [Entry]
  /// Those that only the old folder has.
  public let onlyOld: [String]
  /// Those that only the new folder has.
  public let onlyNew: [String]

  /// Compares two folders.
  ///
  /// - Throws: `ReportError` where a folder cannot be listed or a heat map not be drawn.
  public init(_ old: String, _ new: String) throws(ReportError) {
    let folders = [OutputFolder(path: old), OutputFolder(path: new)]
    var names: [Set<String>] = []
    for folder in folders {
      names.append(
        Set(
          try folder.names().filter { $0.hasSuffix(".csv") || $0.hasSuffix(".png") }
            .map { String($0.dropLast(4)) }))
    }
    var entries: [Entry] = []
    for name in names[0].intersection(names[1]).sorted() {
      entries.append(try Entry(name, folders[0], folders[1]))
    }
    self.entries = entries
    onlyOld = names[0].subtracting(names[1]).sorted()
    onlyNew = names[1].subtracting(names[0]).sorted()
  }

  /// The distances as a section of a document.
  var section: Document.Section {
    let changed = entries.filter { !$0.isSame }
    let same = entries.count - changed.count
    let lists = [("old", onlyOld), ("new", onlyNew)].filter { !$0.1.isEmpty }.map {
      Document.Block.paragraph("In the \($0.0) folder only: \($0.1.joined(separator: ", ")).")
    }
    return .init(
      id: "figures", title: "Figures",
      blocks: [.paragraph("\(same.counted("figure")) of \(entries.count) are the same.")]
        + (changed.isEmpty ? [] : [.table(Self.table(changed))]) + lists)
  }

  private static func table(_ entries: [Entry]) -> Document.Table {
    Document.Table(
      id: "figure-distances",
      caption: """
        Figures that differ. Largest: the largest difference of a number behind the figure, and the \
        same over the span of its column; texts: cells of text that differ. Pixels: the share that \
        is not the same.
        """,
      columns: [
        .init("Figure", .text), .init("Numbers"), .init("Changed"), .init("Largest"),
        .init("Of the span, %"), .init("Texts"), .init("Pixels, %"),
      ],
      rows: entries.map { entry in
        let missing = "the tables behind the figure have other rows or columns, or there are none"
        let values = entry.values
        func count(_ count: Int?) -> Document.Table.Cell {
          .number(Number(count.map(Double.init), digits: 0), otherwise: missing)
        }
        return .init([
          .text(Prose(entry.name)), count(values?.numbers), count(values?.changed),
          .number(Number(values?.largest, digits: 6), otherwise: missing),
          .number(.percent(values?.largestOfSpan, digits: 3), otherwise: missing),
          count(values?.texts),
          .number(
            .percent(entry.changedPixels, digits: 2),
            otherwise: "no pictures, or of different size"),
        ])
      })
  }
}

extension FigureDistances.Entry {
  fileprivate init(
    _ name: String, _ old: OutputFolder, _ new: OutputFolder
  ) throws(ReportError) {
    self.name = name
    let pairs = [".csv", ".png"].map { (old.contents(of: name + $0), new.contents(of: name + $0)) }
    values = pairs[0].0.flatMap { one in
      pairs[0].1.flatMap { TableDistance(FigureTable(one), FigureTable($0)) }
    }
    let hasSamePicture = pairs[1].0 == pairs[1].1
    let images = [pairs[1].0, pairs[1].1].map { bytes in
      hasSamePicture ? nil : bytes.flatMap { PixelImage(png: $0) }
    }
    let pixels = images[0].flatMap { one in images[1].flatMap { one.difference(to: $0) } }
    changedPixels = hasSamePicture && pairs[1].0 != nil ? 0 : pixels?.changedShare
    // A table names its run, a picture too: what counts is what they show.
    isSame =
      (values?.isSame ?? (pairs[0].0 == pairs[0].1))
      && (pixels.map { $0.changedShare == 0 } ?? hasSamePicture)
    do throws(PlottingError) {
      heatMap = pixels?.changedShare ?? 0 > 0 ? try pixels?.heatMap() : nil
    } catch {
      throw .drawing(figure: name, error)
    }
  }
}

/// The values behind a figure, read from its file: comment lines are left out.
struct FigureTable: Equatable {
  let heads: [String]
  let rows: [[String]]

  init(_ bytes: [UInt8]) {
    let records = Self.records(String(decoding: bytes, as: UTF8.self))
    heads = records.first ?? []
    rows = Array(records.dropFirst())
  }

  /// Lines of comma-separated cells; a cell in quotation marks may hold commas and, doubled,
  /// quotation marks (RFC 4180).
  private static func records(_ text: String) -> [[String]] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      var cells = [""]
      var isQuoted = false
      for piece in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
        if piece.offset > 0 { isQuoted.toggle() }
        guard !isQuoted else {
          cells[cells.count - 1] += piece.element
          continue
        }
        let parts = piece.element.split(separator: ",", omittingEmptySubsequences: false)
        cells[cells.count - 1] += parts.first ?? ""
        cells += parts.dropFirst().map(String.init)
      }
      return cells
    }
  }
}

/// How far two tables of the same shape are apart.
public struct TableDistance: Sendable, Equatable {
  /// Cells that are a number in both.
  public let numbers: Int
  /// Those that differ.
  public let changed: Int
  /// The largest difference of two numbers.
  public let largest: Double
  /// The largest difference over the span of the old column, from its least to its largest number;
  /// `nil` where a column that changed has no span.
  public let largestOfSpan: Double?
  /// Other cells that differ.
  public let texts: Int

  /// Whether nothing differs.
  public var isSame: Bool { changed == 0 && texts == 0 }

  /// `nil` where rows or columns are not the same.
  init?(_ old: FigureTable, _ new: FigureTable) {
    guard old.heads == new.heads, old.rows.map(\.count) == new.rows.map(\.count) else { return nil }
    var (numbers, changed, texts) = (0, 0, 0)
    var largest = 0.0
    var shares: [Double?] = []
    for column in old.heads.indices {
      let olds = old.rows.map { $0.indices.contains(column) ? $0[column] : "" }
      let news = new.rows.map { $0.indices.contains(column) ? $0[column] : "" }
      var distances: [Double] = []
      for (one, other) in zip(olds, news) {
        if let a = Double(one), let b = Double(other) {
          numbers += 1
          if a != b { distances.append((a - b).magnitude) }
        } else if one != other {
          texts += 1
        }
      }
      guard let most = distances.max() else { continue }
      changed += distances.count
      largest = max(largest, most)
      let values = olds.compactMap { Double($0) }
      let span = (values.max() ?? 0) - (values.min() ?? 0)
      shares.append(span > 0 ? most / span : nil)
    }
    self.numbers = numbers
    self.changed = changed
    self.largest = largest
    self.texts = texts
    largestOfSpan = shares.contains { $0 == nil } ? nil : shares.compactMap(\.self).max() ?? 0
  }
}
