/// The look of the HTML report: light or dark as the reader's system asks, readable on a phone,
/// plain on paper. Every text has a contrast of at least 4.5 to its ground.
enum HTMLStyle {
  static let text = """
    :root { color-scheme: light dark; --paper: #ffffff; --ink: #1a1a1a; --quiet: #595959;
      --line: #d0d4d8; --link: #0b57a4; --tint: #f4f6f8; --warning: #8a3b00; --filter: none; }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #14171a; --ink: #e6e6e6; --quiet: #a8adb3; --line: #3d444b;
        --link: #8ab8f0; --tint: #1d2125; --warning: #ffb27a;
        --filter: invert(0.92) hue-rotate(180deg); }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; padding: 1rem; max-width: 76rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.55 system-ui, "DejaVu Sans", sans-serif; }
    a { color: var(--link); }
    a:focus-visible, button:focus-visible, [tabindex]:focus-visible {
      outline: 2px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; background: var(--paper); padding: 0.5rem; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2rem 0 0.75rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.9rem; margin-top: 1rem; }
    h2 { font-size: 1.45rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
    h3 { font-size: 1.15rem; }
    h4, h5, h6 { font-size: 1rem; }
    p, li, dd, figcaption { overflow-wrap: anywhere; }
    p, ul, ol, dl, figcaption, .notice { max-width: 48rem; }
    code { font: 0.9em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
    dt { color: var(--quiet); }
    dd { margin: 0; min-width: 0; }
    .notice { border: 1px solid currentColor; border-radius: 4px; padding: 0.6rem 0.9rem;
      color: var(--warning); font-weight: 600; }
    nav ul { list-style: none; padding-left: 1.2rem; margin: 0.25rem 0; }
    nav > ul { padding-left: 0; }
    nav li { margin: 0.2rem 0; }
    figure { margin: 1.75rem 0; }
    figcaption { font-size: 0.9rem; line-height: 1.45; color: var(--quiet); }
    figcaption strong, .number { color: var(--ink); }
    .table figcaption { margin-bottom: 0.5rem; }
    .picture figcaption { margin-top: 0.5rem; }
    .scroll { overflow-x: auto; }
    .picture svg { display: block; height: auto;
      background: #ffffff; filter: var(--filter); }
    .missing { border: 1px solid var(--line); padding: 1rem; color: var(--quiet); }
    table { border-collapse: collapse; border-block: 2px solid var(--ink); font-size: 0.85rem;
      line-height: 1.35; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; white-space: nowrap; }
    th { vertical-align: bottom; font-weight: 600; }
    thead { border-bottom: 1px solid var(--ink); }
    tbody + tbody { border-top: 1px solid var(--ink); }
    tbody tr:nth-child(even) { background: var(--tint); }
    .n { text-align: right; }
    .group { text-align: center; border-bottom: 1px solid var(--line); }
    .wide { white-space: normal; min-width: 16rem; }
    .best { font-weight: 700; }
    th button { all: unset; cursor: pointer; font: inherit; }
    th button::after { content: " \\2195"; color: var(--quiet); }
    th[aria-sort="ascending"] button::after { content: " \\2191"; color: var(--ink); }
    th[aria-sort="descending"] button::after { content: " \\2193"; color: var(--ink); }
    .note { font-size: 0.85rem; line-height: 1.45; color: var(--quiet); margin: 0.4rem 0 0; }
    sup { line-height: 0; font-size: 0.75em; }
    .footnotes { border-top: 1px solid var(--line); margin-top: 2.5rem; font-size: 0.9rem; }
    @media print {
      :root { --paper: #ffffff; --ink: #000000; --quiet: #333333; --line: #999999;
        --link: #000000; --tint: #ffffff; --warning: #000000; --filter: none; }
      @page { margin: 15mm 13mm; }
      body, p, ul, ol, dl, figcaption, .notice { max-width: none; }
      body { padding: 0; font-size: 9.5pt; }
      h1, h2, h3, h4, figcaption { break-after: avoid; }
      .picture, tr, .notice { break-inside: avoid; }
      .picture figcaption { break-after: auto; break-before: avoid; }
      .picture svg { max-width: 181.9mm; }
      .scroll { overflow: visible; }
      table { font-size: 6pt; }
      th, td { padding: 0.15rem 0.25rem; white-space: normal; }
      .wide { min-width: 0; }
      th button::after { content: none !important; }
      .skip { display: none; }
    }
    """
}
