// SPDX-License-Identifier: Apache-2.0
// Draws charts over the tables that the server wrote. One theme, taken from the tokens of the style sheet.
import { optionOf } from "./option.js";

let library = null;
const drawn = new Set();

export async function drawAll(root) {
  const figures = [...root.querySelectorAll("figure[data-chart]")].filter((one) => !one.dataset.drawn);
  if (!figures.length) return;
  try {
    library ??= await import(document.documentElement.dataset.echarts);
  } catch {
    return; // the tables are there
  }
  for (const figure of figures) draw(figure);
}

function draw(figure) {
  const place = figure.querySelector(".drawing");
  const held = document.getElementById(figure.dataset.chart);
  if (!place || !held) return;
  figure.dataset.drawn = "1";
  place.hidden = false;
  const data = JSON.parse(held.textContent);
  const chart = library.init(place, null, { renderer: "canvas" });
  const paint = (moving = false) => chart.setOption({ ...optionOf(data, theme(), place.clientWidth), ...(moving ? {} : { animation: false }) }, true);
  paint(true);
  const behind = figure.querySelector("details");
  if (behind) behind.open = false;
  let wide = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === wide) return;
    wide = place.clientWidth;
    chart.resize();
    paint();
  }).observe(place);
  drawn.add(paint);
}

export function theme() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    token,
    series: [1, 2, 3, 4, 5, 6].map((i) => token(`series-${i}`)),
    steps: [0, 1, 2, 3, 4].map((i) => token(`step-${i}`)),
    font: style.fontFamily,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.forEach((paint) => paint()));
addEventListener("beforeprint", () => document.querySelectorAll("figure[data-chart] details").forEach((one) => { one.open = true; }));
