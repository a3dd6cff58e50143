import ECG
import Tensors

/// The mixture of beats of one subject, in beats of 100; the rest are sinus beats.
struct SyntheticMixture {
  var sinus = SyntheticBeat.normal
  var atrial = 0
  var ventricular = 0
  var fusion = 0
  var paced = 0
  var pacedFusion = 0

  /// Ten subjects, as unlike each other as those of the MIT-BIH Arrhythmia Database, where few
  /// people have most of the ectopic beats. The rare classes are less rare than there, so that a
  /// test part of twenty subjects with 100 beats each holds at least 60 of each class.
  static let profiles = [
    SyntheticMixture(sinus: .bundleBranchBlock, atrial: 1, ventricular: 6),
    SyntheticMixture(atrial: 1),
    SyntheticMixture(atrial: 1, ventricular: 2),
    SyntheticMixture(ventricular: 1),
    SyntheticMixture(atrial: 20, ventricular: 3, fusion: 1),
    SyntheticMixture(atrial: 12, ventricular: 4),
    SyntheticMixture(atrial: 1, ventricular: 25, fusion: 17),
    SyntheticMixture(ventricular: 18, fusion: 11),
    SyntheticMixture(ventricular: 4, paced: 68, pacedFusion: 7),
    SyntheticMixture(atrial: 7, ventricular: 15, fusion: 6),
  ]

  /// Exactly these parts of `count` beats, rounded down, in random order.
  func beats(_ count: Int, random: inout RandomStream) -> [SyntheticBeat] {
    let parts: [(SyntheticBeat, Int)] = [
      (.atrialPremature, atrial), (.ventricularPremature, ventricular), (.fusion, fusion),
      (.paced, paced), (.pacedFusion, pacedFusion),
    ]
    let ectopic = parts.flatMap { kind, part in
      [SyntheticBeat](repeating: kind, count: part * count / 100)
    }
    let rest = [SyntheticBeat](repeating: sinus, count: count - ectopic.count)
    return random.shuffled(ectopic + rest)
  }
}
