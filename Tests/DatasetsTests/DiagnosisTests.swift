import Foundation
import Testing

@testable import Datasets

struct DiagnosisTests {
  private static let header = "record,patient,ptbdb_record,reason_for_admission"

  private func read(_ text: String) throws -> [DiagnosisList.Entry] {
    try withTemporaryFolder { folder in
      try write(text, to: "\(folder)/diagnosis.csv")
      return try DiagnosisList(path: "\(folder)/diagnosis.csv").entries
    }
  }

  @Test("A reason is found in the comments; n/a and nothing are none")
  func comments() {
    let field = "Reason for admission:"
    #expect(Diagnosis.reason(in: ["age: 81", "\(field)  Healthy control "]) == "Healthy control")
    #expect(Diagnosis.reason(in: ["\(field) n/a"]) == nil)
    #expect(Diagnosis.reason(in: [field]) == nil)
    #expect(Diagnosis.reason(in: ["Additional diagnoses: no"]) == nil)
    #expect(Diagnosis.reason(in: []) == nil)
  }

  @Test("Healthy controls are normal, everything else is abnormal, the list knows no other")
  func classes() {
    #expect(Diagnosis("Healthy control") == .normal && Diagnosis("healthy Control") == .normal)
    #expect(Diagnosis("Myocardial infarction") == .abnormal && Diagnosis("x") == .abnormal)
    #expect(Diagnosis(known: "Valvular heart disease") == .abnormal)
    #expect(Diagnosis(known: "Healthy control") == .normal)
    #expect(Diagnosis(known: "Healthy") == nil)
  }

  @Test("The list is read in its order, with LF and CRLF", arguments: ["\n", "\r\n"])
  func list(end: String) throws {
    let lines = [Self.header, "b_1,b,1,Healthy control", "a-2,a,2,n/a", "c,c,3,Dysrhythmia"]
    let entries = try read(lines.joined(separator: end))
    #expect(entries.map(\.record) == ["b_1", "a-2", "c"])
    #expect(entries.map(\.diagnosis) == [.normal, nil, .abnormal])
    #expect(entries.map(\.reason) == ["Healthy control", nil, "Dysrhythmia"])
  }

  @Test("An unknown reason is refused by name, an empty one too", arguments: ["Healthy", ""])
  func unknown(reason: String) throws {
    do {
      _ = try read("\(Self.header)\na,a,a,n/a\nb,b,b,\(reason)\n")
      Issue.record("no error")
    } catch let error as DatasetsError {
      guard case .unknownDiagnosis(_, 3, reason) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(error.description.contains("line 3: \"\(reason)\" is no reason for admission"))
    }
  }

  @Test(
    "Each other mistake is told with its line",
    arguments: [
      "", "record\n", "\(header)\na,a,a\n", "\(header)\na,a,a,n/a,n/a\n", "\(header)\n,a,a,n/a\n",
      "\(header)\n../a,a,a,n/a\n", "\(header)\na,a,a,n/a\na,b,b,n/a\n", "\(header)\n\n", header,
      "\(header)\na b,a,a,n/a\n", "\(header)\n\u{0},a,a,n/a\n",
    ])
  func mistakes(text: String) throws {
    #expect {
      try read(text)
    } throws: { error in
      guard case DatasetsError.malformedText = error else { return false }
      return true
    }
  }

  @Test("No damaged list crashes, and what is read of one has safe names")
  func fuzz() throws {
    let lines = [
      Self.header, "patient200_s0405_re,patient200,s0405_re,n/a",
      "patient201_s0420_re,patient201,s0420_re,Cardiomyopathy",
      "patient214_s0436_re,patient214,s0436_re,Healthy control",
    ]
    let original = Array((lines.joined(separator: "\n") + "\n").utf8)
    var mutations = Mutations(seed: 7)
    try withTemporaryFolder { folder in
      for _ in 0..<2000 {
        let path = "\(folder)/diagnosis.csv"
        try Data(mutations.mutate(original)).write(to: URL(filePath: path))
        do {
          for entry in try DiagnosisList(path: path).entries {
            #expect(!entry.record.isEmpty && !entry.record.contains("/"))
            #expect((entry.reason == nil) == (entry.diagnosis == nil))
          }
        } catch {
          #expect("\(error)".hasPrefix(path))
        }
      }
    }
  }
}
