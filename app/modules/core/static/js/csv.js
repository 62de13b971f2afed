/** Saving a table as CSV, as spreadsheets open it in every language. */

/** `rows` are lists of texts, the heads first. */
export function saveCsv(name, rows) {
  const lines = rows.map((row) => row.map(quoted).join(","));
  const file = new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The texts of a table that is on the page, row by row. */
export function tableRows(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent));
}

function quoted(cell) {
  return `"${String(cell).replaceAll('"', '""')}"`;
}
