/// A loss in which each row counts as much as its class is worth.
///
/// As Keras has it: the weighted losses are added and divided by the number of rows, not by the sum
/// of the weights. Weights of one change nothing, not a bit.
public struct ClassWeighted<Base: ClassificationLoss>: ClassificationLoss {
  private let base: Base
  private let weights: [Float]

  /// Describes the loss; one weight a class, none of them negative.
  public init(_ base: Base, weights: [Float]) {
    precondition(weights.allSatisfy { $0 >= 0 }, "class weights of \(weights) are negative")
    self.base = base
    self.weights = weights
  }

  /// The weight of the row's class times the loss, and its gradient.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, target: Target, weight: Float,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let classWeight = weights[target.label]
    return classWeight
      * base.evaluate(
        logits: logits, target: target, weight: weight * classWeight, gradient: gradient)
  }

  /// The class that the logits stand for.
  public func prediction(logits: UnsafeBufferPointer<Float>) -> Int {
    base.prediction(logits: logits)
  }

  /// The probability of each class.
  public func probabilities(logits: UnsafeBufferPointer<Float>) -> [Float] {
    base.probabilities(logits: logits)
  }
}

/// Weights for ``ClassWeighted``.
public enum ClassWeights {
  /// What makes every class count alike: `rows / (classes · rows of the class)`.
  ///
  /// scikit-learn's `compute_class_weight("balanced")`. Classes without rows are not among the
  /// classes and have the weight 1.
  public static func balanced(rowsPerClass counts: [Int]) -> [Double] {
    let rows = counts.reduce(0, +)
    let classes = counts.count { $0 > 0 }
    return counts.map { $0 > 0 ? Double(rows) / (Double(classes) * Double($0)) : 1 }
  }
}
