"use strict";
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const make = (name, look, text) => {
    const element = document.createElement(name);
    element.className = look;
    element.textContent = text;
    return element;
  };
  const value = (row, i) => row.cells[i].dataset.v ?? row.cells[i].textContent.trim();
  const order = (a, b) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    const difference = a - b;
    return isNaN(difference) ? (a === b ? 0 : a > b ? 1 : -1) : difference;
  };
  for (const table of all(document, "table[data-sort]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, i) => {
      const name = head.textContent;
      const button = make("button", "js sort", "\u2195");
      button.type = "button";
      button.setAttribute("aria-label", "Sort by " + name);
      button.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        const body = table.tBodies[0];
        [...body.rows].map(row => [value(row, i), row]).sort((x, y) => sign * order(x[0], y[0]))
          .forEach(pair => body.append(pair[1]));
      });
      head.append(" ", button);
    });
  }
  for (const table of all(document, "table[data-filter]")) {
    const rows = [...table.tBodies[0].rows];
    if (10 > rows.length) continue;
    const label = make("label", "js filter", "Filter ");
    const input = make("input", "", "");
    input.type = "search";
    const shown = make("output", "", rows.length + " rows");
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase();
      rows.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
      shown.textContent = rows.filter(row => !row.hidden).length + " of " + rows.length + " rows";
    });
    label.append(input, shown);
    table.parentElement.before(label);
  }
  addEventListener("beforeprint", () => all(document, "details").forEach(details => { details.open = true; }));
})();
