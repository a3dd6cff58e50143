#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An sRGB colour with opacity; each component 0…1.
public struct Color: Sendable, Equatable {
  /// Red, 0…1.
  public var red: Double
  /// Green, 0…1.
  public var green: Double
  /// Blue, 0…1.
  public var blue: Double
  /// Opacity, 0 (invisible) to 1.
  public var opacity: Double

  /// Creates a colour from its components.
  public init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// Creates an opaque colour from its usual six hexadecimal digits, for example `0xE69F00`.
  public init(hex: UInt32) {
    self.init(
      red: Double(hex >> 16 & 255) / 255, green: Double(hex >> 8 & 255) / 255,
      blue: Double(hex & 255) / 255)
  }

  /// The same colour with another opacity.
  public func opacity(_ value: Double) -> Color {
    Color(red: red, green: green, blue: blue, opacity: value)
  }

  /// Eight hexadecimal digits: red, green, blue, opacity.
  public var hexadecimal: String {
    [red, green, blue, opacity].map { component in
      let byte = String(UInt8((min(max(component, 0), 1) * 255).rounded()), radix: 16)
      return byte.count < 2 ? "0" + byte : byte
    }.joined()
  }

  /// Relative luminance, 0…1, opacity not counted.
  ///
  /// Source: Web Content Accessibility Guidelines 2.1, "relative luminance".
  public var luminance: Double {
    func linear(_ component: Double) -> Double {
      component <= 0.03928 ? component / 12.92 : pow((component + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio of two opaque colours, 1…21.
  ///
  /// Source: Web Content Accessibility Guidelines 2.1, "contrast ratio".
  public func contrast(with other: Color) -> Double {
    let (first, second) = (luminance, other.luminance)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// Black or white, whichever reads better on this colour.
  public var readableInk: Color {
    contrast(with: .white) >= contrast(with: .black) ? .white : .black
  }

  /// White.
  public static let white = Color(hex: 0xFFFFFF)
  /// Black.
  public static let black = Color(hex: 0x000000)
}
