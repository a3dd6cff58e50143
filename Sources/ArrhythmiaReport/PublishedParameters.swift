/// How many parameters the published networks of the repeated study have, to hold this program's
/// architectures against.
enum PublishedParameters {
  /// The count of a variant on a task; `nil` where none was published.
  static func count(variant: String, task: String) -> Int? {
    switch task {
    case "mitbih": counts.first { $0.variant == variant }?.mitbih
    case "ptb": counts.first { $0.variant == variant }?.ptb
    default: nil
    }
  }

  /// As the published code builds them; that of the plain convolutional network holds only because
  /// it pools along the channels.
  private static let counts: [(variant: String, mitbih: Int?, ptb: Int?)] = [
    ("baseline", 254_901, 254_641), ("vanilla-mlp", 49_413, 48_385),
    ("vanilla-cnn", 199_477, 16_785), ("vanilla-rnn", 83_205, 103_297),
    ("fourier-cnn", 254_981, 254_721), ("bilstm", 232_453, 231_937),
    ("resnet", 2_782_725, 719_329), ("dilated-cnn-bilstm", 221_862, 218_274),
    ("transfer-frozen", nil, 332_785), ("transfer-resnet", nil, 2_781_697),
  ]
}

extension EvaluatedTask {
  /// The published count of parameters of a variant, where the rows are comparable.
  func publishedParameters(of id: String) -> Int? {
    isComparableWithPublished ? PublishedParameters.count(variant: id, task: self.id) : nil
  }
}
