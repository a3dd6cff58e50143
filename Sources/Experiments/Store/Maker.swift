/// Program and machine that a cell was made with: asked for when it was, and no part of it.
public struct Maker: Sendable, Codable, Hashable {
  /// Version of the program.
  public let program: String
  /// Commit that the program was built from, with `+` where sources had been changed; `nil` where it
  /// was not built in a repository.
  public let commit: String?
  /// SHA-256 over the sources that the program was built from.
  public let sources: String
  /// The compiler, as it names itself.
  public let compiler: String
  /// Kind and release of the operating system.
  public let system: String
  /// The processor, as the system names it.
  public let processor: String
  /// Processors that work could be done on.
  public let cores: Int
  /// The kernels' instruction set.
  public let instructionSet: String

  init(_ environment: RunEnvironment) {
    program = environment.program
    commit = environment.commit
    sources = environment.sources
    compiler = environment.compiler
    system = environment.system
    processor = environment.processor
    cores = environment.cores
    instructionSet = environment.instructionSet
  }
}

extension RunStore {
  /// Who made a cell of a run; where that does not stand with the cell, as in stores of earlier
  /// programs, whoever made cells of the run. `nil` where neither is known.
  public func maker(of key: String, in run: RunRecord) throws(ExperimentsError) -> Maker? {
    if let maker = try maker(of: key) { return maker }
    guard let environment = environment(ofRun: run.id), environment.madeCells != 0 else {
      return nil
    }
    return Maker(environment)
  }

  /// Who made some finished cells of a run, in the order of their first ones, and how many each; `nil`
  /// stands for those of whom nothing is known.
  public func makers(
    of keys: [String], in run: RunRecord
  ) throws(ExperimentsError) -> [(maker: Maker?, cellCount: Int)] {
    var makers: [(maker: Maker?, cellCount: Int)] = []
    for key in keys where contains(key) {
      let maker = try maker(of: key, in: run)
      if let place = makers.firstIndex(where: { $0.maker == maker }) {
        makers[place].cellCount += 1
      } else {
        makers.append((maker, 1))
      }
    }
    return makers
  }
}
