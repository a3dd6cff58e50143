import Crypto
import Foundation

/// Renders a document as one HTML file that needs nothing else: pictures stand in it as SVG, tables
/// sort by a small script of its own, and a content policy allows that script and its style only.
public struct HTMLRenderer: Renderer {
  private let pictures: [Identifier: [UInt8]]

  /// Creates a renderer.
  ///
  /// - Parameter pictures: The SVG file of each figure, by the figure's name; where there is none
  ///   stands its alternative text.
  public init(pictures: [Identifier: [UInt8]] = [:]) {
    self.pictures = pictures
  }

  /// One HTML file of the whole document.
  public func files(for document: Document, named name: String) -> [RenderedFile] {
    var page = HTMLPage(document, pictures: pictures)
    return [RenderedFile(path: "\(name).html", text: page.text)]
  }

  /// What stands in the file's head: the policy names the hashes of style and script.
  static func head(title: String) -> String {
    let policy = """
      default-src 'none'; style-src '\(hash(HTMLStyle.text))'; script-src '\(hash(HTMLScript.text))'; \
      img-src data:; base-uri 'none'; form-action 'none'
      """
    return """
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="detectron">
      <link rel="icon" href="data:,">
      <title>\(HTMLText.escaped(title))</title>
      <style>\(HTMLStyle.text)</style>
      """
  }

  /// The source expression of an inline block, as Content Security Policy Level 3 has it.
  private static func hash(_ text: String) -> String {
    "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
