// Cells that are copied from a table are taken for formulas by no spreadsheet, nor for tags by what
// they are pasted into: an apostrophe stands before those that begin like a formula, as in our own
// files (crm_core/reports/cells.py). The grid writes into the event once it has passed here.
(() => {
  "use strict";
  const cell = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/g; // of tab-separated lines, quoted or not
  const obeyed = /^[=@+\-\t\r]/;
  const number = /^[+-][\d,]*\.?\d[\d,]*$/;

  const harmless = (text) => (obeyed.test(text) && !number.test(text) ? `'${text}` : text);

  const read = (lines) => {
    const rows = [[]];
    for (const [, one, end] of lines.matchAll(cell)) {
      const text = one.startsWith('"') ? one.slice(1, -1).replaceAll('""', '"') : one;
      rows.at(-1).push(harmless(text));
      if (end === "\n") rows.push([]);
      if (end === "") return rows;
    }
    return rows;
  };

  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  const tagged = (rows) => {
    const table = document.createElement("table");
    for (const row of rows) {
      const line = table.insertRow();
      for (const text of row) line.insertCell().textContent = text;
    }
    return table.outerHTML;
  };

  document.addEventListener(
    "copy",
    ({ target, clipboardData }) => {
      const from = target instanceof Element ? target : document.activeElement;
      if (!clipboardData || !from?.closest('[data-testid="stDataFrame"]')) return;
      const write = clipboardData.setData.bind(clipboardData);
      clipboardData.setData = (kind, text) => {
        if (kind !== "text/plain") return; // the grid's own tags hold the cells as they are
        const rows = read(text);
        write("text/plain", rows.map((row) => row.map(quoted).join("\t")).join("\n"));
        write("text/html", tagged(rows));
      };
    },
    true,
  );
})();
