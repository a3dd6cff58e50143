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
    guard
      let surface = cairo_image_surface_create_from_png_stream(
        ByteSource.read, Unmanaged.passUnretained(source).toOpaque())
    else { return nil }
    defer { cairo_surface_destroy(surface) }
    self.init(surface)
  }

  /// The pixels of an image surface in 24 bits; `nil` where it has none.
  init?(_ surface: OpaquePointer) {
    let format = cairo_image_surface_get_format(surface)
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
      format == CAIRO_FORMAT_RGB24 || format == CAIRO_FORMAT_ARGB32,
      let data = cairo_image_surface_get_data(surface)
    else { return nil }
    let (width, height) = (
      Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface))
    )
    let stride = Int(cairo_image_surface_get_stride(surface))
    colors = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { colors, count in
      for pixel in 0..<width * height {
        // A pixel is a word in the order of the machine, blue in its lowest byte.
        let word = UnsafeRawPointer(data).load(
          fromByteOffset: pixel / width * stride + pixel % width * 4, as: UInt32.self)
        colors[3 * pixel] = UInt8(truncatingIfNeeded: word >> 16)
        colors[3 * pixel + 1] = UInt8(truncatingIfNeeded: word >> 8)
        colors[3 * pixel + 2] = UInt8(truncatingIfNeeded: word)
      }
      count = 3 * width * height
    }
    (self.width, self.height) = (width, height)
  }

  /// - Parameter colors: Three bytes a pixel, row by row.
  init(width: Int, height: Int, colors: [UInt8]) {
    (self.width, self.height, self.colors) = (width, height, colors)
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
    let colors = (0...255).map { distance -> [UInt8] in
      guard distance > 0 else { return [255, 255, 255] }
      let color = ColorMap.viridis(Double(distance) / 255)
      return [color.red, color.green, color.blue].map { UInt8((255 * $0).rounded()) }
    }
    let image = PixelImage(
      width: width, height: height, colors: distances.flatMap { colors[Int($0)] })
    return try PNGFile.bytes(image, nil)
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
