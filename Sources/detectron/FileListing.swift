/// The files that a command would change, of which a dry run tells.
struct FileListing: Encodable {
  /// Paths of files that would be written with other bytes than are there.
  var written: [String]
  /// Paths of files that would be removed.
  var removed: [String] = []
  /// Whether that is all, and all of it would happen. It is not as long as trainings are open: which
  /// figures and tables have something to show follows from their results.
  var isExact = true

  /// Prints the paths, one a line with what would become of it.
  func print() {
    for path in written { Swift.print("write\t\(path)") }
    for path in removed { Swift.print("remove\t\(path)") }
  }

  /// A sentence.
  var summary: String {
    isExact
      ? "\(written.count) files would be written, \(removed.count) removed."
      : "Up to \(written.count) files would be written: those that the results have something for, "
        + "further sheets of a figure as -2, -3."
  }
}
