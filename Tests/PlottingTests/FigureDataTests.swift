import Testing

@testable import Plotting

@Suite("Values beside a figure")
struct FigureDataTests {
  private let provenance = Provenance(
    title: "Two\nlines", subject: "", runID: "abc",
    sources: [Provenance.Source(name: "predictions of a, seed 1", hash: "0f")])

  @Test("The table starts with comment lines that lead back to the run")
  func comments() {
    let data = FigureData([.integers("n", [1, 2]), .numbers("x", [0.5, nil])])
    #expect(
      data.csv(provenance) == """
        # title: Two lines
        # run: abc
        # predictions of a, seed 1: 0f
        n,x
        1,0.5
        2,

        """)
  }

  @Test("A cell that a spreadsheet would take for a formula gets an apostrophe, a number does not")
  func formulas() {
    #expect(FigureData.escaped("=1+1") == "'=1+1")
    #expect(FigureData.escaped("@x") == "'@x")
    #expect(FigureData.escaped("+SUM(A1)") == "'+SUM(A1)")
    #expect(FigureData.escaped("-1.5e3") == "-1.5e3")
    #expect(FigureData.escaped("-") == "'-")
    let data = FigureData([.numbers("x", [-1, .nan, .infinity])])
    #expect(data.csv(provenance).hasSuffix("x\n-1\n\n\n"))
  }

  @Test("Separators and quotation marks are quoted")
  func quotes() {
    #expect(FigureData.escaped("a,b") == "\"a,b\"")
    #expect(FigureData.escaped("say \"n\"") == "\"say \"\"n\"\"\"")
    #expect(FigureData.escaped("=a,\"b\"") == "\"'=a,\"\"b\"\"\"")
    #expect(FigureData.escaped("two\nlines") == "\"two\nlines\"")
  }
}
