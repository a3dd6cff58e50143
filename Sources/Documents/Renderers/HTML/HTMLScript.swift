/// Makes tables sortable by a click on a heading: ascending, descending, then as printed. Rows stay
/// within their part of the table, but where parts are groups whose name stands in the first row only:
/// there all rows are sorted together, each under its group's name. What has no number comes last.
/// Without it the page is complete.
enum HTMLScript {
  static let text = """
    "use strict";
    for (const table of document.querySelectorAll("table.sortable")) {
      const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
      const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
      const first = bodies.flatMap(({ rows }) => rows).map((row) => row.cells[0]);
      const isGrouped = first.some((cell) => cell.textContent === "");
      const printed = first.map((cell) => cell.innerHTML);
      const named = printed.map((_, place) => printed.slice(0, place + 1).findLast((name) => name));
      const number = (row, column) => Number.parseFloat(row.cells[column].dataset.value ?? "");
      const compare = (left, right, column, isNumeric) => {
        if (!isNumeric) {
          const texts = [left, right].map((row) => row.cells[column].textContent);
          return texts[0].localeCompare(texts[1], "en", { numeric: true });
        }
        return number(left, column) - number(right, column);
      };
      const sort = (column, direction, isNumeric) => {
        const isWhole = isGrouped && direction !== 0;
        if (isGrouped) {
          first.forEach((cell, place) => {
            cell.innerHTML = (isWhole ? named : printed)[place] ?? "";
          });
        }
        const parts = isWhole
          ? [{ body: bodies[0].body, rows: bodies.flatMap(({ rows }) => rows) }] : bodies;
        for (const { body, rows } of parts) {
          const known = rows.filter((row) => !isNumeric || !Number.isNaN(number(row, column)));
          const unknown = rows.filter((row) => !known.includes(row));
          known.sort((left, right) => direction * compare(left, right, column, isNumeric));
          body.append(...(direction === 0 ? rows : [...known, ...unknown]));
        }
      };
      headings.forEach((heading, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.title = "Sort by this column";
        button.append(...heading.childNodes);
        heading.append(button);
        button.addEventListener("click", () => {
          const states = { ascending: "descending", descending: "none" };
          const state = states[heading.getAttribute("aria-sort")] ?? "ascending";
          for (const other of headings) other.removeAttribute("aria-sort");
          if (state !== "none") heading.setAttribute("aria-sort", state);
          const direction = { ascending: 1, descending: -1, none: 0 }[state];
          sort(column, direction, heading.classList.contains("n"));
        });
      });
    }
    """
}
