import Documents
import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("Distances of figures")
struct FigureDistanceTests {
  private let folder: StoredStudy.Folder

  init() throws { folder = try StoredStudy.Folder() }

  private func write(_ text: String, to name: String, in side: String) throws {
    let path = "\(folder.path)/\(side)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }

  @Test("Numbers are held against each other by their columns, comments are left out")
  func values() throws {
    try write("# run: a\nx,y,name\n0,10,\"a,b\"\n1,20,c\n", to: "f.csv", in: "old")
    try write("# run: b\nx,y,name\n0,10.5,\"a,b\"\n1,20,d\n", to: "f.csv", in: "new")
    try write("x\n1\n", to: "same.csv", in: "old")
    try write("# other\nx\n1\n", to: "same.csv", in: "new")
    try write("x\n1\n", to: "rows.csv", in: "old")
    try write("x\n1\n2\n", to: "rows.csv", in: "new")
    try write("x\n", to: "gone.csv", in: "old")
    let distances = try FigureDistances("\(folder.path)/old", "\(folder.path)/new")
    #expect(distances.entries.map(\.name) == ["f", "rows", "same"])
    #expect(distances.entries.map(\.isSame) == [false, false, true])
    let values = try #require(distances.entries[0].values)
    #expect(values.numbers == 4 && values.changed == 1 && values.texts == 1)
    #expect(values.largest == 0.5 && values.largestOfSpan == 0.05)
    #expect(distances.entries[1].values == nil)
    #expect(distances.onlyOld == ["gone"] && distances.onlyNew.isEmpty)
    let document = Document(title: "x", sections: [distances.section])
    try document.validate()
    #expect(document.tables[0].rows.count == 2)
  }

  @Test("A folder that cannot be listed is an error that names it")
  func missing() {
    #expect(throws: ReportError.self) {
      try FigureDistances("\(folder.path)/none", folder.path)
    }
  }
}
