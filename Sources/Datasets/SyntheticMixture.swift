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

  /// Ten subjects: as in the MIT-BIH Arrhythmia Database few people have most of the ectopic beats,
  /// but unlike there every class stands in most subjects. A draw of subjects then nearly always
  /// has all classes, so that every score has an interval. The rare classes are less rare than
  /// there: a test part of twenty subjects with 100 beats each holds at least 60 of each.
  static let profiles = [
    SyntheticMixture(sinus: .bundleBranchBlock, atrial: 2, ventricular: 6, fusion: 2, paced: 3),
    SyntheticMixture(atrial: 3, ventricular: 1, paced: 5),
    SyntheticMixture(atrial: 2, ventricular: 2, fusion: 2, paced: 3),
    SyntheticMixture(atrial: 1, ventricular: 3, fusion: 1, paced: 4),
    SyntheticMixture(atrial: 14, ventricular: 4, fusion: 2),
    SyntheticMixture(atrial: 10, ventricular: 4, paced: 3),
    SyntheticMixture(atrial: 2, ventricular: 20, fusion: 12, paced: 2),
    SyntheticMixture(atrial: 2, ventricular: 14, fusion: 8, paced: 3),
    SyntheticMixture(atrial: 2, ventricular: 6, fusion: 3, paced: 45, pacedFusion: 5),
    SyntheticMixture(atrial: 7, ventricular: 12, fusion: 5, paced: 5),
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
