import Crypto

extension Dataset {
  init(
    id: String, title: String, classes: [ClassLabel], rows: [Float], labels: [UInt8],
    origins: [BeatOrigin]?, split: Split, protocolLabel: String, source: DataSource,
    strips: [ECGStrip]
  ) {
    var hash = SHA256()
    rows.withUnsafeBytes { hash.update(bufferPointer: $0) }
    hash.update(data: labels)
    for side in [split.train, split.test] {
      side.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    let fingerprint = hash.finalize().map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    self.init(
      id: id, title: title, classes: classes, rows: rows, labels: labels, origins: origins,
      split: split, protocolLabel: protocolLabel, source: source, fingerprint: fingerprint,
      strips: strips)
  }
}
