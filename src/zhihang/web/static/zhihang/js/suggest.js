// SPDX-License-Identifier: Apache-2.0
// Suggests fields, and named values of a field, while a query is typed. Without it the box works the same.

const AT = /(?:^|[\s(])([\p{L}_]+)$/u;
const VALUE = /(?:^|[\s(])([\p{L}_]+)\s*=\s*([\p{L}]*)$/u;
const MOST = 10;

function found(fields, before) {
  const value = VALUE.exec(before);
  if (value) {
    const field = fields.find((one) => [one.code, one.zh, one.en].some((name) => name.toLowerCase() === value[1].toLowerCase()));
    if (!field) return [];
    return field.values.filter((one) => one.includes(value[2]) && one !== value[2]).slice(0, MOST)
      .map((one) => ({ text: one, said: field.zh, typed: value[2].length }));
  }
  const word = AT.exec(before);
  if (!word) return [];
  const typed = word[1].toLowerCase();
  return fields.filter((one) => one.code.toLowerCase().startsWith(typed) || one.zh.includes(word[1]) || one.en.toLowerCase().startsWith(typed))
    .slice(0, MOST)
    .map((one) => ({ text: `${one.code}=`, said: document.documentElement.lang === "en" ? one.en : one.zh, typed: word[1].length }));
}

function suggests(box) {
  const fields = JSON.parse(document.getElementById(box.dataset.suggests).textContent);
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${box.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0] ? box.labels[0].textContent : "");
  list.hidden = true;
  box.parentElement.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  let offered = [], place = -1;

  function show() {
    offered = box.selectionStart === box.selectionEnd ? found(fields, box.value.slice(0, box.selectionStart)) : [];
    place = -1;
    list.replaceChildren(...offered.map((one, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      const code = document.createElement("code");
      code.textContent = one.text;
      const said = document.createElement("span");
      said.textContent = one.said;
      item.append(code, said);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
      return item;
    }));
    mark();
  }
  function mark() {
    list.hidden = !offered.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
    if (place >= 0) box.setAttribute("aria-activedescendant", list.children[place].id);
    else box.removeAttribute("aria-activedescendant");
  }
  function take(index) {
    const one = offered[index], at = box.selectionStart;
    box.setRangeText(one.text, at - one.typed, at, "end");
    close();
    if (one.text.endsWith("=")) show();
  }
  box.addEventListener("input", show);
  function close() {
    offered = [];
    place = -1;
    list.replaceChildren();
    mark();
  }
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && offered.length) { event.preventDefault(); place = (place + 1) % offered.length; mark(); }
    else if (event.key === "ArrowUp" && offered.length) { event.preventDefault(); place = (place + offered.length - 1) % offered.length; mark(); }
    else if (event.key === "Escape" && offered.length) { event.preventDefault(); event.stopPropagation(); close(); }
    else if ((event.key === "Enter" || event.key === "Tab") && place >= 0) { event.preventDefault(); take(place); }
    else if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); box.form.requestSubmit(); }
  });
}

document.querySelectorAll("[data-suggests]").forEach(suggests);
