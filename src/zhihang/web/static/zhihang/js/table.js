// SPDX-License-Identifier: Apache-2.0
// Tables that sort by any column; the total stays at the foot.
export function sortable(table) {
  if (table.dataset.sorted || !table.tHead || !table.tBodies[0] || table.tBodies[0].rows.length < 2) return;
  table.dataset.sorted = "1";
  const row = table.tHead.rows[table.tHead.rows.length - 1];
  [...row.cells].forEach((cell, column) => {
    if (cell.querySelector("a, button") || !cell.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    cell.dataset.sort = "";
    button.addEventListener("click", () => sortBy(table, row, cell, column));
  });
}

function sortBy(table, head, cell, column) {
  const down = cell.getAttribute("aria-sort") === "descending" || !cell.classList.contains("n") && !cell.hasAttribute("aria-sort");
  for (const other of head.cells) other.removeAttribute("aria-sort");
  cell.setAttribute("aria-sort", down ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, place) => [keyOf(row.cells[column]), place, row]);
  rows.sort(([a, i], [b, j]) => compare(a, b, down) || i - j);
  body.append(...rows.map(([, , row]) => row));
}

function keyOf(cell) {
  if (!cell) return null;
  if (cell.dataset.value !== undefined) return cell.dataset.value === "" ? null : Number(cell.dataset.value);
  const text = cell.textContent.trim();
  if (text === "" || text === "—") return null;
  const number = Number(text.replace(/[,%\s]/g, ""));
  return Number.isNaN(number) ? text : number;
}

function compare(a, b, up) {
  if (a === null || b === null) return (a === null) - (b === null); // what is missing stays below
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang);
  return up ? order : -order;
}
