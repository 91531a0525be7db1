// SPDX-License-Identifier: Apache-2.0
// What every page does with scripts on: keys, sorting, waiting, the panel. Pages read the same without it.
import { sortable } from "./table.js";
import { drawAll } from "./chart.js";

function enliven(root) {
  root.querySelectorAll("table[data-sorts]").forEach(sortable);
  drawAll(root);
  root.querySelectorAll(".wide:not([tabindex])").forEach((box) => {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
  });
  const waiting = root.querySelector("[data-again]");
  if (waiting && root === document) setTimeout(() => location.reload(), Number(waiting.dataset.again));
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]") && event.target.value) event.target.form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  // A double click sends once.
  const form = event.target;
  if (form.method === "post" && form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) closePanel(event);
  document.querySelectorAll("details.pick[open], details.person[open]").forEach((open) => {
    if (!open.contains(event.target)) open.open = false;
  });
});

let opener = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target && event.detail.target.id === "panel") opener = event.detail.elt;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // What went wrong is told in the panel as well.
  if (event.detail.xhr.status >= 400 || event.detail.xhr.status === 202) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  const { target } = event.detail;
  enliven(target.isConnected ? target : document.getElementById(target.id) || event.target); // replaced whole, it is another
  if (target.id !== "panel") return;
  const heading = event.detail.target.querySelector("h1");
  if (heading) { heading.tabIndex = -1; heading.focus(); }
  if (event.detail.target.querySelector("[data-again]") && opener) setTimeout(() => window.htmx.trigger(opener, "click"), 2000);
});

function closePanel(event) {
  const panel = document.getElementById("panel");
  if (!panel.firstChild) return;
  event.preventDefault();
  panel.replaceChildren();
  if (opener) opener.focus();
}

let leading = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") closePanel(event);
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (leading) {
    leading = false;
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
  } else if (event.key === "g") {
    leading = true;
    setTimeout(() => { leading = false; }, 1200);
  } else if (event.key === "/") {
    const box = document.querySelector('input[type="search"], textarea[data-suggests]');
    const room = document.querySelector('[data-key="s"]');
    if (box || room) event.preventDefault();
    if (box) box.focus(); else if (room) room.click();
  } else if (event.key === "?") {
    document.getElementById("keys").showModal();
  }
});

enliven(document);
