public import Datasets
import Crypto

/// Hashes of the parts of a data set that its fingerprint joins, so that a changed split is not taken
/// for changed rows.
public struct DataParts: Sendable, Codable, Equatable {
  /// SHA-256 over the rows, in their order.
  public let rows: String
  /// SHA-256 over their labels.
  public let labels: String
  /// SHA-256 over the indices of training, test and validation rows of every fold.
  public let split: String
  /// SHA-256 over the test rows and their labels, in the order of the answers.
  public let test: String

  /// The parts of a data set.
  public init(of data: Dataset) {
    rows = Self.hash { $0.add(data.rows) }
    labels = Self.hash { $0.add(data.labels) }
    split = Self.hash { hash in
      for fold in data.folds {
        for part in [fold.train, fold.test, fold.validation ?? []] { hash.add([part.count] + part) }
      }
    }
    let width = data.rowWidth
    test = Self.hash { hash in
      for row in data.testRows {
        hash.add(data.rows[row * width..<(row + 1) * width])
        hash.add([data.labels[row]])
      }
    }
  }

  private static func hash(_ fill: (inout SHA256) -> Void) -> String {
    var hash = SHA256()
    fill(&hash)
    return Hash.hexadecimal(hash.finalize())
  }
}

extension SHA256 {
  /// Adds numbers as their bytes in memory, low byte first.
  fileprivate mutating func add<Number: BitwiseCopyable>(_ numbers: some Collection<Number>) {
    Array(numbers).withUnsafeBytes { update(bufferPointer: $0) }
  }
}
