/// One annotation of a recording.
public struct Annotation: Sendable, Equatable {
  /// The annotated sample, counted from 0.
  public let sample: Int
  /// What was annotated.
  public let code: AnnotationCode
  /// The subtype field.
  public let subtype: Int8
  /// The signal that the annotation belongs to.
  public let channel: UInt8
  /// The number field.
  public let number: Int8
  /// The text that goes with it, for example the name of a rhythm; empty where there is none.
  public let text: String

  /// Creates an annotation.
  public init(
    sample: Int, code: AnnotationCode, subtype: Int8 = 0, channel: UInt8 = 0, number: Int8 = 0,
    text: String = ""
  ) {
    self.sample = sample
    self.code = code
    self.subtype = subtype
    self.channel = channel
    self.number = number
    self.text = text
  }
}

/// The kind of an annotation: a number from 0 to 49.
///
/// Source: the table of annotation codes of the WFDB library (`ecgcodes.h`),
/// <https://physionet.org/physiotools/wpg/wpg_32.htm>.
public struct AnnotationCode: Sendable, Hashable, RawRepresentable {
  /// The number that stands in the file.
  public let rawValue: UInt8

  /// The code of a number, or `nil` above 49.
  public init?(rawValue: UInt8) {
    guard rawValue <= 49 else { return nil }
    self.rawValue = rawValue
  }

  /// The code of a symbol of the standard table.
  public init?(symbol: String) {
    guard let index = Self.symbols.firstIndex(of: symbol) else { return nil }
    rawValue = UInt8(index)
  }

  /// A comment; its text says what.
  public static let note = AnnotationCode(unchecked: 22)

  private init(unchecked rawValue: UInt8) { self.rawValue = rawValue }

  /// The symbol that is printed, for example `V`; the number in brackets where there is none.
  public var symbol: String {
    Int(rawValue) < Self.symbols.count ? Self.symbols[Int(rawValue)] : "[\(rawValue)]"
  }

  private static let symbols = [
    " ", "N", "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q", "~", "[15]", "|", "[17]",
    "s", "T", "*", "D", "\"", "=", "p", "B", "^", "t", "+", "u", "?", "!", "[", "]", "e", "n", "@",
    "x", "f", "(", ")", "r",
  ]
}

/// The contents of an annotation file.
public struct AnnotationList: Sendable, Equatable {
  /// A symbol that a file defines for itself.
  public struct Definition: Sendable, Equatable {
    /// The code that is defined.
    public let code: AnnotationCode
    /// Its symbol in this file.
    public let symbol: String
    /// What it means in this file.
    public let meaning: String
  }

  /// The annotations, in time order.
  public let annotations: [Annotation]
  /// Ticks of `Annotation.sample` a second, where the file says so.
  public let timeResolution: Double?
  /// Symbols that the file defines for itself.
  public let definitions: [Definition]

  /// The symbol of a code in this file.
  public func symbol(of code: AnnotationCode) -> String {
    definitions.first { $0.code == code }?.symbol ?? code.symbol
  }
}
