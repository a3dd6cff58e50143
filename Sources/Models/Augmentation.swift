/// Small random changes of the training rows, so that a network meets more beats than there are.
///
/// Each row of each epoch draws its own; the zeros behind a beat stay zero. Sources: for rows of this
/// kind Um et al., doi:10.1145/3136755.3136817 (scaling, time warping, noise).
public struct Augmentation: Sendable, Hashable, Codable {
  /// A beat moves by up to so many samples in either direction.
  public var shift = 0
  /// A beat's height is multiplied by up to 1 ± so much.
  public var scaling = 0.0
  /// A beat's length is multiplied by up to 1 ± so much.
  public var warping = 0.0
  /// Standard deviation of what is added to each sample, in units of the row's range.
  public var noise = 0.0

  /// No change.
  public static let none = Augmentation()

  /// Describes the changes.
  public init(shift: Int = 0, scaling: Double = 0, warping: Double = 0, noise: Double = 0) {
    self.shift = shift
    self.scaling = scaling
    self.warping = warping
    self.noise = noise
  }

  /// What is wrong with the numbers, if anything.
  var problem: String? {
    if !(0..<40).contains(shift) { return "a shift of \(shift) samples is outside 0..<40" }
    for (name, value) in [("scaling", scaling), ("warping", warping)]
    where !(value >= 0 && value < 0.5) {
      return "a \(name) of \(value) is outside 0..<0.5"
    }
    return noise >= 0 && noise < 1 ? nil : "a noise of \(noise) is outside 0..<1"
  }
}
