// SPDX-License-Identifier: Apache-2.0
// The studio: a slider and its number say the same, and whoever moves one locks the cell.
document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-allocation]");
  if (!form) return;
  const number = event.target.dataset.number && document.getElementById(event.target.dataset.number);
  if (number) number.value = event.target.value;
  const cell = number || (event.target.dataset.lock ? event.target : null);
  if (!cell) return;
  if (!number) {
    const slider = form.querySelector(`[data-number="${CSS.escape(cell.id)}"]`);
    if (slider && /^\d+$/.test(cell.value)) slider.value = cell.value;
  }
  const lock = document.getElementById(cell.dataset.lock);
  if (lock) lock.checked = true;
});

document.addEventListener("htmx:configRequest", (event) => {
  // The address holds what is locked, not what was solved.
  if (!event.target.matches("[data-allocation]")) return;
  const said = event.detail.parameters;
  for (const name of Object.keys(said)) {
    if (name.startsWith("v-") && said[`k-${name.slice(2)}`] === undefined) delete said[name];
  }
});
