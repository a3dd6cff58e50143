/// Turns a document into files of one format.
public protocol Renderer: Sendable {
  /// The files of a document.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - name: File name of the document, without suffix.
  /// - Throws: `DocumentError.cannotDraw` where a file is drawn and the drawing fails.
  func files(
    for document: Document, named name: String
  ) throws(DocumentError) -> [RenderedFile]
}

/// A file, before it is written.
public struct RenderedFile: Sendable, Hashable {
  /// Path relative to the report's folder.
  public let path: String
  /// The content.
  public let bytes: [UInt8]

  /// Creates a file of bytes.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Creates a file of UTF-8 text.
  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The content, read as UTF-8.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Renderers give each table a file of its own in this folder.
let tableFolder = "tables"
