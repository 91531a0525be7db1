// SPDX-License-Identifier: Apache-2.0
// Uploads: drop a file on the form, see how far it is, hear at once what cannot be. Without scripts the form just sends.
for (const form of document.querySelectorAll("[data-upload]")) enliven(form);

function enliven(form) {
  const file = form.querySelector("input[type=file]");
  const bar = form.querySelector("progress"), said = form.querySelector("[data-said]"), fault = form.querySelector("[data-fault]");
  const tell = (text) => { fault.hidden = !text; fault.textContent = text || ""; };

  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) { file.files = event.dataTransfer.files; check(); }
    });
  }
  file.addEventListener("change", check);

  function check() {
    const chosen = file.files[0];
    if (!chosen) return false;
    const wrong = chosen.size > Number(form.dataset.most) ? fault.dataset.tooLarge : chosen.size === 0 ? fault.dataset.empty : "";
    tell(wrong);
    return !wrong;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!check() || form.dataset.sending) return;
    form.dataset.sending = "1";
    const sending = new XMLHttpRequest();
    bar.hidden = false;
    sending.upload.addEventListener("progress", (at) => {
      if (!at.lengthComputable) return;
      bar.value = at.loaded / at.total;
      said.textContent = `${Math.floor(100 * at.loaded / at.total)} %`;
    });
    const broken = () => { bar.hidden = true; said.textContent = ""; delete form.dataset.sending; tell(fault.dataset.broken); };
    sending.addEventListener("error", broken);
    sending.addEventListener("abort", broken);
    sending.addEventListener("load", () => {
      if (sending.status < 400 && new URL(sending.responseURL).pathname !== new URL(form.action).pathname) { location.assign(sending.responseURL); return; }
      broken();
      const page = new DOMParser().parseFromString(sending.responseText, "text/html");
      const told = page.querySelector(".failure .lead") || page.querySelector("h1");
      const todo = page.querySelector(".failure dl");
      if (told) tell([told, todo].filter(Boolean).map((one) => one.textContent.trim().replace(/\s+/g, " ")).join(" "));
    });
    sending.open("POST", form.action);
    sending.send(new FormData(form));
  });
}
