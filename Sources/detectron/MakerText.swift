import Experiments

/// Who made a cell, for a reader.
struct MakerText {
  let maker: Maker?

  init(_ maker: Maker?) { self.maker = maker }

  func print() {
    guard let maker else {
      return Swift.print("program\tnot recorded: an earlier version made it, or another program")
    }
    Swift.print("program\t\(maker.program)")
    Swift.print("\tcommit\t\(maker.commit ?? "not built in a repository")")
    Swift.print("\tsources\t\(maker.sources)")
    Swift.print("\tcompiler\t\(maker.compiler)")
    Swift.print("\tsystem\t\(maker.system), \(maker.processor), \(maker.instructionSet)")
  }
}
