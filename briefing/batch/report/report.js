// Makes the columns of the plan sortable; without it the rows stand in the order of the plan.
"use strict";
const table = document.getElementById("plan");
const body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
const rows = [...body.rows];

function key(row, column) {
  const cell = row.cells[column];
  const given = cell.dataset.sort;
  return given !== undefined ? given : cell.textContent.trim();
}

heads.forEach((head, column) => {
  if (head.textContent === "Files") return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  head.replaceChildren(button);
  const numbers = head.classList.contains("number");
  button.addEventListener("click", () => {
    const was = head.getAttribute("aria-sort");
    // Numbers begin with the largest, names with the first; a third click brings back the plan.
    const ways = numbers ? ["descending", "ascending", null] : ["ascending", "descending", null];
    const way = ways[was ? ways.indexOf(was) + 1 : 0];
    heads.forEach(other => other.removeAttribute("aria-sort"));
    const sorted = [...rows];
    if (way) {
      head.setAttribute("aria-sort", way);
      const turn = way === "ascending" ? 1 : -1;
      sorted.sort((one, other) => {
        const first = key(one, column), second = key(other, column);
        return turn * (numbers ? first - second : first.localeCompare(second, "en"));
      });
    }
    body.replaceChildren(...sorted);
    const told = way ? `Sorted by ${button.textContent.toLowerCase()}, ${way}.` : "In the order of the plan.";
    document.getElementById("sorted").textContent = told;
  });
});
