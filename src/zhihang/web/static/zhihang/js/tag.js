// SPDX-License-Identifier: Apache-2.0
// Labelling with the keyboard: digits choose nodes, Enter saves, i inside, x noise, s skips, u goes back.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-tagging]");
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "Enter" && event.target.matches("a, button, summary")) return;
  const wanted = form.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  wanted.click();
}, true);
