/// What others have published on DS1 and DS2 besides the accuracy, as their sources give it.
struct PublishedByRecord {
  /// Source, model and accuracy.
  let result: PublishedResult
  var meanSensitivity: Double?
  var jKappa: Double?
  var supraventricularF1: Double?
  var ventricularF1: Double?
  var fusionF1: Double?
  /// What cannot be said in a column.
  var remark = ""

  /// The results that ``PublishedResult`` lists, with their classes.
  static let all = PublishedResult.results(task: "mitbih-inter").map { result in
    var scores = PublishedByRecord(result: result)
    switch result.source {
    case "iranet-2023":
      scores.supraventricularF1 = 0.7474
      scores.ventricularF1 = 0.9005
      scores.fusionF1 = 0.4954
      scores.remark = "second hand"
    case "ra-cnn-2022":
      scores.supraventricularF1 = 0.828
      scores.ventricularF1 = 0.917
    case "mondejar-2019":
      scores.meanSensitivity = 0.703
      scores.jKappa = 0.773
    case "garcia-2017":
      scores.remark = "three classes N, S, V; S: Se 62 %, +P 53 %; V: Se 87.3 %, +P 59.4 %"
    case "de-chazal-2004":
      scores.meanSensitivity = 0.832
      scores.jKappa = 0.612
      scores.remark = "as quoted by mondejar-2019"
    default: break
    }
    return scores
  }
}
