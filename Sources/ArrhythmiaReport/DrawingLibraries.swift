import Foundation
import Plotting

/// What decides the bytes of a figure besides its content: the libraries that draw it and the fonts.
public enum DrawingLibraries {
  /// Versions of the libraries and the sizes of the font files, by name.
  public static var versions: [String: String] {
    var versions = Dictionary(
      TypeFace.libraryVersions.map { ($0.name, $0.version) }
    ) { first, _ in first }
    for path in (try? TypeFace.files()) ?? [] {
      let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      versions[URL(filePath: path).lastPathComponent] = size.map { "\($0) bytes" } ?? "unreadable"
    }
    return versions
  }
}
