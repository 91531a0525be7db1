// SPDX-License-Identifier: Apache-2.0
// A slider that moves a number field; letting go of it asks anew.
document.querySelectorAll("[data-moves]").forEach((slider) => {
  const field = document.getElementById(slider.dataset.moves);
  slider.disabled = false;
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", () => { slider.value = field.value; });
  slider.addEventListener("change", () => slider.form.requestSubmit());
});
