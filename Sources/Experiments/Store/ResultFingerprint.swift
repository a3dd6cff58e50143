import Foundation

extension RunStore {
  /// SHA-256 over everything that `results(of:)` reads: the run, the summaries of its data, and the
  /// files of its cells as they are now, so that a changed or missing one changes it.
  public func fingerprint(of run: RunRecord) throws(ExperimentsError) -> String {
    var parts: [String] = []
    do { parts.append(Hash.sha256(try CanonicalJSON.encode(run))) } catch {
      throw .damagedStore(path: root, problem: "run \(run.id) is not representable (\(error))")
    }
    for data in run.data {
      // What the data is, and what was found out about it where somebody has looked.
      parts += [DataFile.summary, .audit].map { hash(of: path($0, data.fingerprint)) }
    }
    for cell in run.cells {
      let folder = folder(of: cell)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let read = names.filter { $0 != CellFile.weights && !CellFile.measured.contains($0) }
      parts.append(cell.key)
      parts += read.sorted().map { "\($0) \(hash(of: "\(folder)/\($0)"))" }
      parts += ProbeKind.allCases.map { hash(of: findingPath($0, cell: cell.key)) }
    }
    return Hash.sha256(Array(parts.joined(separator: "\n").utf8))
  }

  private func hash(of path: String) -> String {
    FileManager.default.contents(atPath: path).map { Hash.sha256(Array($0)) } ?? "missing"
  }
}
