/// What a trained network says of rows that it has not learnt from.
enum TrainingAnswers: Equatable {
  /// Probability of each class for the validation and the test rows, row-major.
  case probabilities(validation: [Float], test: [Float])
  /// Rows given back.
  case reconstruction(RowReconstruction)
}

/// How well test rows were given back.
struct RowReconstruction: Equatable {
  /// Mean squared error of each test row, in the order of the test part.
  let errors: [Float]
  /// Test rows that are kept whole: the first ones of each class, by place in the test part.
  let examples: [Int]
  /// What the network gave back for them, 187 samples each.
  let outputs: [Float]
}
