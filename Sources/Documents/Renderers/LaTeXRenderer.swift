/// Renders a document as LaTeX: the article, one file a table that it reads by a fixed relative
/// name, and `numbers.tex` with a command for each quotable number.
///
/// Compiles with `pdflatex -no-shell-escape`; needs booktabs, siunitx, graphicx, float, xltabular,
/// placeins, caption and hyperref. Pictures stand at their natural size, as wide as
/// 182 mm: one that is drawn true to scale stays so.
public struct LaTeXRenderer: Renderer {
  /// The file with a command for each quotable number.
  public static let numbersFile = "numbers.tex"

  /// Creates a renderer.
  public init() {}

  /// The article, `numbers.tex`, then one file for each table.
  public func files(for document: Document, named name: String) -> [RenderedFile] {
    let tables = document.tables.map {
      RenderedFile(
        path: "\(tableFolder)/\($0.id).tex",
        text: Self.head($0.provenance) + LaTeXTable($0).text)
    }
    let head = Self.head(document.provenance)
    return [
      RenderedFile(path: "\(name).tex", text: head + LaTeXPage(document).text),
      RenderedFile(path: Self.numbersFile, text: head + Self.numbers(of: document)),
    ] + tables
  }

  private static func head(_ provenance: [String]) -> String {
    ProvenanceComment.lines(provenance.map(LaTeXText.escaped), sign: "%")
  }

  private static func numbers(of document: Document) -> String {
    document.quotableNumbers.map { number in
      let mark = number.mark.map { " % \(LaTeXText.escaped($0))" } ?? ""
      return
        "\\newcommand{\\\(commandName(number.id))}{\(LaTeXText.number(number.number))}\(mark)\n"
    }.joined()
  }

  /// Whether LaTeX can include a picture from this path: it has no way to quote most signs, or a
  /// leading hyphen, in the name of a file.
  public static func canInclude(_ path: String) -> Bool {
    let isPlain = path.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-_./".utf8.contains(byte)
    }
    return isPlain && !path.isEmpty && !path.hasPrefix("-")
  }

  /// The command of a quotable number: `mitbih-f1` becomes `ValueMitbihFOne`, as names of
  /// commands hold letters only.
  static func commandName(_ id: Identifier) -> String {
    let digits = [
      "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
    ]
    let words = id.text.split(separator: "-").map { word in
      word.prefix(1).uppercased() + word.dropFirst()
    }
    return "Value"
      + words.joined().map { $0.wholeNumberValue.map { digits[$0] } ?? String($0) }.joined()
  }
}

/// The main file of a document in LaTeX.
struct LaTeXPage {
  let text: String

  init(_ document: Document) {
    let title = LaTeXText.escaped(document.title)
    var lines = [Self.preamble, "\\hypersetup{pdftitle={\(title)}}", "\\input{numbers}"]
    lines += ["\\title{\(title)}", "\\author{}", "\\date{}", "\\begin{document}", "\\maketitle"]
    lines += document.banner.map { [Self.notice($0)] } ?? []
    lines += Self.facts(document.metadata)
    for (number, section) in document.numberedSections {
      let command = ["section", "subsection", "subsubsection", "paragraph"][
        min(number.count { $0 == "." }, 3)]
      // Else the figures of one part push the tables of the next off the page.
      lines.append("\\FloatBarrier")
      lines.append(
        "\\\(command){\(LaTeXText.escaped(section.title))}\\label{section-\(section.id)}")
      lines += section.blocks.map(Self.block)
    }
    text = (lines + ["\\end{document}"]).joined(separator: "\n\n") + "\n"
  }

  /// Text for captions, cells and notes, where a footnote cannot stand: it is set in brackets.
  static func moving(_ prose: Prose) -> String {
    prose.inlines.map { inline in
      if case .footnote(let note) = inline { " (\(moving(note)))" } else { self.inline(inline) }
    }.joined()
  }

  private static let preamble = """
    \\documentclass[a4paper,10pt]{article}
    \\usepackage[utf8]{inputenc}
    \\usepackage[T1]{fontenc}
    \\usepackage{textcomp}
    \\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}
    \\usepackage[hmargin=1.35cm,vmargin=1.2cm,includefoot,footskip=6mm]{geometry}
    \\usepackage[font=footnotesize,skip=4pt]{caption}
    \\usepackage{array,booktabs,xltabular,float,placeins,graphicx,siunitx}
    \\usepackage[hidelinks,unicode]{hyperref}
    \\ifdefined\\extrafloats\\extrafloats{200}\\fi
    \\sisetup{detect-all,group-digits=integer,group-separator={,},group-minimum-digits=4}
    \\sisetup{retain-explicit-plus}
    \\renewcommand{\\topfraction}{0.9}
    \\renewcommand{\\bottomfraction}{0.9}
    \\renewcommand{\\textfraction}{0.05}
    \\renewcommand{\\floatpagefraction}{0.8}
    \\setcounter{totalnumber}{6}
    \\setcounter{topnumber}{4}
    \\setcounter{bottomnumber}{4}
    \\setlength{\\parindent}{0pt}
    \\setlength{\\parskip}{0.5\\baselineskip}
    \\setlength{\\belowcaptionskip}{0.5\\baselineskip}
    \\emergencystretch=3em
    \\tolerance=3000
    """

  private static func facts(_ facts: [Document.Fact]) -> [String] {
    guard !facts.isEmpty else { return [] }
    let items = facts.map {
      "\\item[{\(LaTeXText.escaped($0.name))}] \(line($0.value))"
    }
    return [
      (["\\begin{description}"] + items + ["\\end{description}"]).joined(separator: "\n")
    ]
  }

  private static func block(_ block: Document.Block) -> String {
    switch block {
    case .paragraph(let prose): return line(prose)
    case .notice(let prose): return notice(prose)
    case .list(let items, let isNumbered):
      guard !items.isEmpty else { return "" }
      let environment = isNumbered ? "enumerate" : "itemize"
      // The braces keep a leading bracket from becoming the item's label.
      let lines = items.map { "\\item {}\(line($0))" }
      return (["\\begin{\(environment)}"] + lines + ["\\end{\(environment)}"])
        .joined(separator: "\n")
    case .table(let table): return "\\input{\(tableFolder)/\(table.id)}"
    case .figure(let figure): return self.figure(figure)
    }
  }

  private static func notice(_ prose: Prose) -> String {
    "\\begin{center}\\fbox{\\parbox{0.95\\linewidth}{\\centering\\bfseries \(moving(prose))}}"
      + "\\end{center}"
  }

  private static func figure(_ figure: Document.Figure) -> String {
    let picture =
      LaTeXRenderer.canInclude(figure.path)
      ? "\\includegraphics{\(figure.path).pdf}"
      : "\\fbox{\(LaTeXText.escaped(figure.markedAlternativeText))}"
    return """
      \\begin{figure}[htbp]
      \\centering
      \(picture)
      \\caption{\(moving(figure.markedCaption))}\\label{figure-\(figure.id)}
      \\end{figure}
      """
  }

  private static func line(_ prose: Prose) -> String {
    // An empty group keeps text that begins with a bracket from being read as an argument.
    "{}" + prose.inlines.map(inline).joined()
  }

  private static func inline(_ inline: Prose.Inline) -> String {
    switch inline {
    case .text(let text): LaTeXText.escaped(text)
    case .number(let number): LaTeXText.number(number)
    case .emphasis(let prose): "\\emph{\(moving(prose))}"
    case .strong(let prose): "\\textbf{\(moving(prose))}"
    case .code(let text): LaTeXText.code(text)
    case .link(let prose, let address):
      SafeAddress(address).map { "\\href{\(LaTeXText.address($0))}{\(moving(prose))}" }
        ?? moving(prose)
    case .footnote(let prose): "\\footnote{\(moving(prose))}"
    case .reference(.section(let id)): "Section~\\ref{section-\(id)}"
    case .reference(.table(let id)): "Table~\\ref{table-\(id)}"
    case .reference(.figure(let id)): "Figure~\\ref{figure-\(id)}"
    }
  }
}
