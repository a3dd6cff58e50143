import Testing

@testable import Plotting

@Suite("Pixels of pictures")
struct PixelImageTests {
  /// A small picture of a line at a height.
  private func picture(at height: Double) throws -> [UInt8] {
    let sheet = Sheet(
      width: .column, columns: 1,
      panels: [
        Chart(x: Axis("x", LinearScale(0...1)), y: Axis("y", LinearScale(0...1))) {
          Line(x: [0, 1], y: [height, height], ink: .series(0))
        }
      ])
    return try Renderer().render(
      sheet, .png, Provenance(title: "", subject: "", runID: "", sources: []))
  }

  @Test("A picture is itself, and the heat map of another has as many pixels")
  func differences() throws {
    let one = try #require(PixelImage(png: try picture(at: 0.3)))
    let other = try #require(PixelImage(png: try picture(at: 0.6)))
    let none = try #require(one.difference(to: one))
    #expect(none.changedShare == 0 && none.largest == 0)
    let some = try #require(one.difference(to: other))
    #expect(some.changedShare > 0 && some.changedShare < 0.1 && some.largest > 50)
    let map = try #require(PixelImage(png: try some.heatMap()))
    #expect(map.width == one.width && map.height == one.height)
    let white = stride(from: 0, to: map.colors.count, by: 3).count {
      map.colors[$0..<$0 + 3].allSatisfy { $0 == 255 }
    }
    #expect(white == some.distances.count { $0 == 0 })
  }

  @Test("The pixels that are written are those that a reader finds")
  func roundTrip() throws {
    let colors = (0..<3 * 7 * 5).map { UInt8(truncatingIfNeeded: 37 * $0 * $0) }
    let image = PixelImage(width: 7, height: 5, colors: colors)
    #expect(PixelImage(png: try PNGFile.bytes(image, nil)) == image)
  }

  @Test("What is no picture is none")
  func damage() throws {
    #expect(PixelImage(png: []) == nil)
    #expect(PixelImage(png: Array("no picture".utf8)) == nil)
    #expect(PixelImage(png: Array(try picture(at: 0.5).prefix(2000))) == nil)
  }
}
