internal import ECG

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What stands in a folder.
enum FolderListing {
  /// The names, in the order of their bytes.
  ///
  /// - Throws: `DatasetsError.file` if the folder cannot be read.
  static func names(in path: String) throws(DatasetsError) -> [String] {
    guard let folder = opendir(path) else { throw .file(.last(.open, path: path)) }
    defer { closedir(folder) }
    // Through a pointer: the name is shorter than the field that is declared for it.
    let nameOffset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
    var names: [String] = []
    while let entry = readdir(folder) {
      let start = UnsafeRawPointer(entry).advanced(by: nameOffset)
      let name = String(cString: start.assumingMemoryBound(to: CChar.self))
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether something of this name is there.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
