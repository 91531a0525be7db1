// SPDX-License-Identifier: Apache-2.0
// The map of a study: zoom, lasso, a slider for the year, and a list of what is inside it. The tables below say the same without scripts.
import { theme } from "./chart.js";

const figure = document.querySelector("[data-map]");
if (figure) draw(figure);

async function draw(figure) {
  let library;
  try { library = await import(document.documentElement.dataset.echarts); } catch { return; }
  const data = JSON.parse(document.getElementById(figure.dataset.map).textContent);
  const place = figure.querySelector(".drawing");
  place.hidden = false;
  const chart = library.init(place, null, { renderer: "canvas" });
  let upto = Infinity;
  const paint = () => chart.setOption(option(data, theme(), upto), true);
  paint();
  slide(figure, data, (year) => {
    upto = year;
    chart.setOption({ series: option(data, theme(), upto).series });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  new ResizeObserver(() => chart.resize()).observe(place);
  const tools = figure.querySelector("[data-tools]");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const kind = event.target.dataset.brush;
    if (kind === undefined) return;
    for (const one of tools.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === event.target));
    if (!kind) chart.dispatchAction({ type: "brush", areas: [] });
    chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: kind || false, brushMode: "single" } });
  });
  chart.on("brushselected", (event) => {
    const found = [];
    for (const one of event.batch[0].selected) for (const i of one.dataIndex) found.push(chart.getOption().series[one.seriesIndex].data[i].point);
    list(data, found.map((i) => data.points[i]));
  });
}

// The years move by a range; at its end everything is shown, also what has no year.
function slide(figure, data, moved) {
  const held = figure.querySelector("[data-years]"), years = data.points.map((one) => one.year).filter(Boolean);
  const first = Math.min(...years), last = Math.max(...years);
  if (!held || !(first < last)) return;
  const range = held.querySelector("input"), told = held.querySelector("output");
  Object.assign(range, { min: first, max: last, value: last });
  const tell = () => {
    const year = Number(range.value), whole = year === last;
    const count = whole ? data.points.length : years.filter((one) => one <= year).length;
    told.textContent = (data.language === "en" ? held.dataset.en : held.dataset.zh).replace("{year}", year).replace("{n}", count);
    return whole ? Infinity : year;
  };
  tell();
  range.addEventListener("input", () => moved(tell()));
  held.hidden = false;
}

function option(data, look, upto) {
  const shown = 6, ink = look.token("ink"), faint = look.token("faint");
  const groups = [...data.groups.slice(0, shown).map((one, i) => [one.words || `${i + 1}`, look.series[i], (p) => p.group === i]),
    [data.language === "en" ? "others" : "其他", look.token("series-rest"), (p) => p.group < 0 || p.group >= shown]];
  const ends = (name) => {
    const places = data.points.map((one) => one[name]);
    const low = Math.min(...places), high = Math.max(...places), room = (high - low || 1) / 50;
    return { min: low - room, max: high + room };
  };
  const axis = { type: "value", scale: true, axisLabel: { show: false }, axisTick: { show: false }, axisLine: { show: false }, splitLine: { lineStyle: { color: look.token("hairline") } } };
  return {
    animation: false, textStyle: { fontFamily: look.font, color: ink },
    grid: { left: 4, right: 4, top: 8, bottom: 64 }, xAxis: { ...axis, ...ends("x") }, yAxis: { ...axis, ...ends("y") },
    dataZoom: [{ type: "inside", xAxisIndex: 0 }, { type: "inside", yAxisIndex: 0 }],
    toolbox: { show: false },
    brush: { toolbox: [], xAxisIndex: 0, throttleType: "debounce", throttleDelay: 200, brushStyle: { color: "transparent", borderColor: look.token("accent"), borderWidth: 2 } },
    legend: { type: "scroll", bottom: 0, textStyle: { color: faint } },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: look.token("raised"), borderColor: look.token("border"), textStyle: { color: ink }, formatter: (p) => { const one = data.points[p.data.point]; return `${one.number} ${one.year || ""}\n${one.title}\n${one.holder}`; } },
    series: groups.map(([name, colour, mine], g) => ({
      type: "scatter", name, symbolSize: data.points.length > 2000 ? 5 : 8, itemStyle: { color: colour, opacity: 0.75 },
      data: data.points.flatMap((one, i) => (mine(one) && (upto === Infinity || (one.year && one.year <= upto)) ? [{ value: [one.x, one.y], point: i }] : [])),
    })),
  };
}

function list(data, found) {
  const form = document.querySelector("[data-chosen]");
  form.hidden = !found.length;
  form.querySelectorAll("input[name=number]").forEach((one) => one.remove());
  const count = form.querySelector("[data-count]");
  count.textContent = (data.language === "en" ? count.dataset.en : count.dataset.zh).replace("{n}", found.length);
  const body = form.querySelector("[data-list]");
  body.replaceChildren(...found.slice(0, 500).map((one) => {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    const link = document.createElement("a");
    link.href = body.dataset.link.replace("NUMBER", encodeURIComponent(one.number));
    link.textContent = one.number;
    head.scope = "row";
    head.append(link);
    row.append(head);
    for (const text of [one.title, one.holder, one.year || "—"]) row.insertCell().textContent = text;
    return row;
  }));
  for (const one of found.slice(0, 500)) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = "number"; field.value = one.number;
    form.append(field);
  }
}
