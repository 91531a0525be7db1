// SPDX-License-Identifier: Apache-2.0
// Draws the charts of a report over the pictures that stand in it; the pictures stay for print and where this fails.
const tokens = { hairline: "rule", border: "rule", ground: "paper", raised: "paper", "series-rest": "faint" };
const fallback = __PALETTE__;

function look() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--${tokens[name] || name}`).trim() || fallback.other[name] || fallback.other.rule;
  const series = fallback.series.map((colour, i) => style.getPropertyValue(`--s${i + 1}`).trim() || colour);
  return { token: (name) => (name.startsWith("fan") ? "#8883" : token(name)), series, steps: fallback.steps, diverging: fallback.diverging, font: getComputedStyle(document.querySelector("figcaption") || document.body).fontFamily, still: true };
}

function heightOf(data, wide) {
  const standing = data.kind === "Bars" && data.categories.length <= 8 && data.categories.every((name) => name.length <= 6);
  if (standing) return 320;
  if (data.kind === "Bars") return 90 + data.categories.length * (data.stacked || data.series.length === 1 ? 26 : 16 * data.series.length + 10);
  if (data.kind === "HeatTable" || data.kind === "BubbleMatrix") return 90 + data.rows.length * (data.kind === "HeatTable" ? 32 : 52);
  return { PointMap: 620, Network: 560, Roadmap: 420, Pie: 300 }[data.kind] || Math.min(420, Math.max(300, wide / 2));
}

function slider(data, paint, place) {
  const years = [...new Set(data.points.map((one) => one[3]).filter((one) => one !== null))].sort((a, b) => a - b);
  if (years.length < 2) return;
  const zh = data.language !== "en", line = document.createElement("p"), range = document.createElement("input"), shown = document.createElement("output"), label = document.createElement("label");
  Object.assign(range, { type: "range", min: years[0], max: years[years.length - 1], step: 1, value: years[years.length - 1] });
  line.className = "slider";
  label.append(zh ? "截至年份 " : "Up to ", range, " ", shown);
  line.append(label);
  const set = () => { shown.textContent = range.value; data.until = +range.value; paint(); };
  range.addEventListener("input", set);
  shown.textContent = range.value;
  place.after(line);
}

function start(figure) {
  const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent), picture = figure.querySelector("svg");
  const place = document.createElement("div");
  place.className = "drawing";
  place.setAttribute("aria-hidden", "true");
  place.style.height = `${heightOf(data, figure.clientWidth)}px`;
  picture.after(place);
  const chart = echarts.init(place, null, { renderer: "svg" });
  const paint = () => chart.setOption({ ...optionOf(data, look(), place.clientWidth), animation: false }, true);
  try { paint(); } catch (error) { chart.dispose(); place.remove(); console.error(error); return; }
  picture.classList.add("still");
  if (data.kind === "PointMap") slider(data, paint, place);
  let wide = place.clientWidth;
  new ResizeObserver(() => { if (place.clientWidth && place.clientWidth !== wide) { wide = place.clientWidth; chart.resize(); paint(); } }).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

const waiting = new IntersectionObserver((seen) => seen.forEach((one) => { if (one.isIntersecting) { waiting.unobserve(one.target); start(one.target); } }), { rootMargin: "600px" });
document.querySelectorAll("figure.live").forEach((one) => waiting.observe(one));
