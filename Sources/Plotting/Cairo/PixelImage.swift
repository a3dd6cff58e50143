internal import CCairo

/// The pixels of a PNG file, to be held against those of another.
public struct PixelImage: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue of each pixel, a byte each, row by row.
  let colors: [UInt8]

  /// Reads a PNG file; `nil` where it is none that cairo reads.
  public init?(png bytes: [UInt8]) {
    let source = ByteSource(bytes)
    let surface = cairo_image_surface_create_from_png_stream(
      ByteSource.read, Unmanaged.passUnretained(source).toOpaque())
    defer { cairo_surface_destroy(surface) }
    let format = cairo_image_surface_get_format(surface)
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
      format == CAIRO_FORMAT_RGB24 || format == CAIRO_FORMAT_ARGB32,
      let data = cairo_image_surface_get_data(surface)
    else { return nil }
    let (width, height) = (
      Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface))
    )
    let stride = Int(cairo_image_surface_get_stride(surface))
    self.width = width
    self.height = height
    // A pixel is a word in the order of the machine, blue in its lowest byte.
    var colors: [UInt8] = []
    colors.reserveCapacity(3 * width * height)
    for row in 0..<height {
      for column in 0..<width {
        let word = UnsafeRawPointer(data).load(
          fromByteOffset: row * stride + 4 * column, as: UInt32.self)
        colors.append(UInt8(truncatingIfNeeded: word >> 16))
        colors.append(UInt8(truncatingIfNeeded: word >> 8))
        colors.append(UInt8(truncatingIfNeeded: word))
      }
    }
    self.colors = colors
  }

  /// How far two images are apart; `nil` where their sizes differ.
  public func difference(to other: PixelImage) -> PixelDifference? {
    guard width == other.width, height == other.height else { return nil }
    let distances = (0..<width * height).map { pixel in
      (3 * pixel..<3 * pixel + 3).reduce(UInt8(0)) { largest, place in
        max(largest, UInt8((Int(colors[place]) - Int(other.colors[place])).magnitude))
      }
    }
    return PixelDifference(width: width, height: height, distances: distances)
  }
}

/// Where two images of one size differ.
public struct PixelDifference: Sendable, Equatable {
  let width: Int
  let height: Int
  /// The largest difference of a component of each pixel, 0…255.
  let distances: [UInt8]

  /// The share of pixels that are not the same, 0…1.
  public var changedShare: Double {
    distances.isEmpty ? 0 : Double(distances.count { $0 > 0 }) / Double(distances.count)
  }

  /// The largest difference of a component, 0…255.
  public var largest: Int { Int(distances.max() ?? 0) }

  /// A PNG file of the distances: white where nothing changed, else in the colours of
  /// ``ColorMap/viridis(_:)``, dark for a small difference and yellow for a large one.
  public func heatMap() throws(PlottingError) -> [UInt8] {
    guard
      let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)),
      cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
      let data = cairo_image_surface_get_data(surface)
    else { throw .drawing(operation: "open a heat map", status: "no image of that size") }
    defer { cairo_surface_destroy(surface) }
    let stride = Int(cairo_image_surface_get_stride(surface))
    let words = (0...255).map { distance -> UInt32 in
      guard distance > 0 else { return 0xFF_FFFF }
      let color = ColorMap.viridis(Double(distance) / 255)
      return [color.red, color.green, color.blue].reduce(0) {
        $0 << 8 | UInt32((255 * $1).rounded())
      }
    }
    cairo_surface_flush(surface)
    for (pixel, distance) in distances.enumerated() {
      UnsafeMutableRawPointer(data).storeBytes(
        of: words[Int(distance)], toByteOffset: pixel / width * stride + 4 * (pixel % width),
        as: UInt32.self)
    }
    cairo_surface_mark_dirty(surface)
    let output = ByteSink()
    let status = cairo_surface_write_to_png_stream(
      surface, ByteSink.write, Unmanaged.passUnretained(output).toOpaque())
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .drawing(
        operation: "write a heat map", status: String(cString: cairo_status_to_string(status)))
    }
    return output.bytes
  }
}

/// Bytes that cairo reads.
private final class ByteSource {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static let read: cairo_read_func_t = { source, data, count in
    guard let source, let data else { return CAIRO_STATUS_READ_ERROR }
    return Unmanaged<ByteSource>.fromOpaque(source).takeUnretainedValue().copy(Int(count), to: data)
  }

  private func copy(_ count: Int, to data: UnsafeMutablePointer<UInt8>) -> cairo_status_t {
    guard count <= bytes.count - place else { return CAIRO_STATUS_READ_ERROR }
    for offset in 0..<count { data[offset] = bytes[place + offset] }
    place += count
    return CAIRO_STATUS_SUCCESS
  }
}
