internal import CCairo
internal import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one type face of figures and pages, DejaVu Sans, and the libraries that set it.
public enum TypeFace {
  /// The folders that are looked at, in this order: Debian and Ubuntu, Fedora, Arch, others.
  public static let folders = [
    "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/dejavu-sans-mono-fonts",
    "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF", "/usr/share/fonts/ttf-dejavu",
    "/usr/local/share/fonts/dejavu", "/usr/local/share/fonts", "/opt/homebrew/share/fonts",
    "/Library/Fonts",
  ]

  /// Regular, bold, and the one for names of the program.
  static let fileNames = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"]

  /// The font files that figures and pages are set with: regular, bold, monospaced.
  ///
  /// Throws ``PlottingError/typeFaceMissing(folders:)`` where one is in none of the folders.
  public static func files() throws(PlottingError) -> [String] {
    try files(in: folders)
  }

  static func files(in folders: [String]) throws(PlottingError) -> [String] {
    let files = fileNames.compactMap { name -> String? in
      let paths = folders.map { folder in "\(folder)/\(name)" }
      return paths.first { access($0, R_OK) == 0 }
    }
    guard files.count == fileNames.count else { throw .typeFaceMissing(folders: folders) }
    return files
  }

  /// Versions of the libraries that decide the bytes of a figure, by name.
  public static var libraryVersions: [(name: String, version: String)] {
    let fontconfig = Int(FcGetVersion())
    return [
      ("cairo", String(cString: cairo_version_string())),
      ("pango", String(cString: pango_version_string())),
      ("fontconfig", "\(fontconfig / 10000).\(fontconfig / 100 % 100).\(fontconfig % 100)"),
      ("zlib", String(cString: zlibVersion())),
    ]
  }

  /// A font configuration that knows these files and nothing of the machine's own settings;
  /// made once, and never changed afterwards.
  static func configuration() throws(PlottingError) -> FontConfiguration {
    try shared.get()
  }

  private static let shared: Result<FontConfiguration, PlottingError> = Result {
    () throws(PlottingError) in try FontConfiguration(files: files())
  }
}

/// A fontconfig configuration of a few font files.
///
/// Unchecked: the pointer is written once, before any other thread can see the value, and
/// fontconfig's own reads of a finished configuration are safe from several threads.
struct FontConfiguration: @unchecked Sendable {
  let pointer: OpaquePointer

  init(files: [String]) throws(PlottingError) {
    guard let configuration = FcConfigCreate() else {
      throw .drawing(operation: "set up fonts", status: "out of memory")
    }
    for file in files where FcConfigAppFontAddFile(configuration, file) == 0 {
      FcConfigDestroy(configuration)
      throw .typeFaceUnreadable(file: file)
    }
    // Also the process's current one: pango asks for it when it starts, and would otherwise read
    // the machine's settings.
    guard FcConfigSetCurrent(configuration) != 0 else {
      throw .drawing(operation: "set up fonts", status: "out of memory")
    }
    pointer = configuration
  }
}
