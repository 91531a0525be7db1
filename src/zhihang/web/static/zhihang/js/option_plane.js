// SPDX-License-Identifier: Apache-2.0
// What ECharts draws for columns and for figures on a plane: bubbles, tracks, maps, roadmaps, networks, parts of a whole.

const hatch = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: "rgba(255,255,255,0.75)" };
const patterns = [null, { ...hatch, dashArrayY: [3, 4] }, { symbol: "circle", symbolSize: 0.5, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0], color: "rgba(255,255,255,0.75)" }, { ...hatch, rotation: Math.PI / 4 }, { symbol: "rect", symbolSize: 0.7, dashArrayX: [6, 4], dashArrayY: [6, 4], color: "rgba(255,255,255,0.6)" }, { ...hatch, rotation: 0 }];
const shapes = ["circle", "rect", "triangle", "diamond", "pin", "roundRect"];
const figure = (value, data) => (value === null || value === undefined ? "—" : data.form === "percent" ? `${(value * 100).toFixed(1)}%` : (+value).toLocaleString(undefined, { maximumFractionDigits: data.form === "integer" ? 0 : data.digits }));
const colourOf = (group, look) => (group >= 0 && group < 6 ? look.series[group] : look.token("series-rest"));
const hidden = { type: "value", show: false };
const list = (data, look, names) => ({ type: "scroll", bottom: 0, left: 8, right: 8, data: names, textStyle: { color: look.token("faint") }, itemWidth: 16, itemHeight: 10 });

export function pattern(i) { return patterns[i % 6]; }

export function truncatedArea(data, look) {
  const cut = data.truncated || [];
  if (!cut.length) return undefined;
  return { silent: true, itemStyle: { color: look.token("hairline"), opacity: 0.6 }, label: { color: look.token("faint"), position: "insideTop" }, data: [[{ name: data.language === "en" ? "incomplete" : "未满（截断）", xAxis: cut[0] }, { xAxis: cut[cut.length - 1] }]] };
}

export function columns(data, look) {
  const bars = data.line ? data.series.slice(0, -1) : data.series, line = data.line ? data.series[data.series.length - 1] : null;
  const cut = new Set(data.truncated || []);
  const made = bars.map((one, i) => ({
    type: "bar", name: one.name, stack: "all", barMaxWidth: 34, itemStyle: { color: look.series[i % 6], decal: pattern(i) },
    data: one.values.map((value, j) => (cut.has(data.periods[j]) ? { value, itemStyle: { color: look.series[i % 6], opacity: 0.45, decal: hatch } } : value)),
  }));
  if (line) made.push({ type: "line", name: line.name, data: line.values, symbol: "rect", symbolSize: 6, itemStyle: { color: look.series[1] }, lineStyle: { color: look.series[1], width: 2 } });
  if (made.length) made[0].markArea = truncatedArea(data, look);
  return {
    grid: { left: 8, right: 16, top: 28, bottom: 32, containLabel: true }, legend: list(data, look, made.map((one) => one.name)),
    xAxis: { type: "category", data: data.periods, boundaryGap: true, axisTick: { show: false }, axisLabel: { color: look.token("faint"), hideOverlap: true }, axisLine: { lineStyle: { color: look.token("border") } } },
    series: made,
  };
}

export function bubbles(data, look) {
  const cells = data.values.flatMap((row, y) => row.map((value, x) => ({ value: [x, y, value], mark: data.marks.length ? data.marks[y][x] : "" })));
  const most = Math.max(1, ...cells.map((one) => one.value[2] || 0));
  const style = { low: { color: "transparent", borderColor: look.series[5], borderWidth: 1.5, borderType: [3, 2] }, high: { color: look.series[0], opacity: 0.45, borderColor: look.series[0], decal: hatch }, "": { color: look.series[0], opacity: 0.25, borderColor: look.series[0] } };
  const axis = { type: "category", axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: look.token("hairline") } }, axisLabel: { color: look.token("ink"), interval: 0, width: 90, overflow: "break" }, boundaryGap: true };
  return {
    grid: { left: 8, right: 12, top: 12, bottom: 8, containLabel: true }, legend: { show: false },
    xAxis: { ...axis, data: data.columns, position: "top" }, yAxis: { ...axis, data: data.rows, inverse: true, name: "" },
    tooltip: { ...tip(look), formatter: (p) => `${data.rows[p.value[1]]} × ${data.columns[p.value[0]]}: ${figure(p.value[2], data)}` },
    series: [{
      type: "scatter", data: cells.filter((one) => one.value[2] || one.mark).map((one) => ({ ...one, itemStyle: style[one.mark] || style[""] })),
      symbolSize: (value) => 14 + 34 * Math.sqrt((value[2] || 0) / most), label: { show: true, color: look.token("ink"), formatter: (p) => figure(p.value[2], data) },
    }],
  };
}

export function track(data, look) {
  const open = new Set(data.open), points = data.names.map((name, i) => ({ value: [data.x[i], data.y[i]], name, itemStyle: open.has(name) ? { color: look.token("ground"), borderColor: look.series[0], borderWidth: 1.5 } : { color: look.series[0] } }));
  const axis = (name, gap) => ({ type: "value", name, nameLocation: "middle", nameGap: gap, nameTextStyle: { color: look.token("faint") }, axisLabel: { color: look.token("faint") }, splitLine: { lineStyle: { color: look.token("hairline") } } });
  return {
    grid: { left: 28, right: 24, top: 20, bottom: 36, containLabel: true }, legend: { show: false }, xAxis: axis(data.x_name, 28), yAxis: axis(data.y_name, 44),
    tooltip: { ...tip(look), formatter: (p) => `${p.name}\n${data.x_name} ${figure(p.value[0], data)}\n${data.y_name} ${figure(p.value[1], data)}` },
    series: [{ type: "line", data: points, symbol: "circle", symbolSize: 8, lineStyle: { color: look.series[0], width: 1.5 }, label: { show: true, formatter: "{b}", color: look.token("ink"), position: "top" }, labelLayout: { hideOverlap: true } }],
  };
}

export function points(data, look) {
  const groups = [...data.groups.keys(), -1].map((group) => ({ group, held: data.points.filter((one) => one[2] === group && (data.until === undefined || one[3] === null || one[3] <= data.until)) }));
  const size = data.points.length < 300 ? 8 : data.points.length < 3000 ? 5 : 3;
  const bound = (i) => { const all = data.points.map((one) => one[i]).sort((a, b) => a - b); return [all[Math.floor(all.length * 0.002)], all[Math.ceil(all.length * 0.998) - 1]]; };
  const wide = (span) => { const [low, high] = bound(span), pad = (high - low || 1) * 0.04; return { ...hidden, min: low - pad, max: high + pad }; };
  return {
    grid: { left: 12, right: 12, top: 8, bottom: 36 }, legend: list(data, look, data.groups.map((name, i) => `${i + 1} ${name}`)), xAxis: wide(0), yAxis: wide(1), dataZoom: [{ type: "inside", xAxisIndex: 0 }, { type: "inside", yAxisIndex: 0 }],
    tooltip: { ...tip(look), formatter: (p) => [p.value[4], p.value[3], p.seriesName].filter((one) => one !== null && one !== "").join("\n") },
    series: groups.map(({ group, held }) => ({ type: "scatter", name: group < 0 ? (data.language === "en" ? "none" : "未归类") : `${group + 1} ${data.groups[group]}`, data: held, symbol: shapes[(group + 6) % 6], symbolSize: size, itemStyle: { color: colourOf(group, look), opacity: 0.75 } })),
  };
}

export function roadmap(data, look) {
  const place = new Map(data.stops.map((one, i) => [one.name, i])), most = Math.max(1, ...data.links.map((one) => one[2]));
  const lanes = data.stops.map((one) => one.lane), low = Math.min(...lanes), high = Math.max(...lanes), floor = low - 0.8;
  let last = -1, before = "";
  const years = [...data.stops].sort((a, b) => a.x - b.x).filter((one) => { const room = one.when && one.when !== before && one.x - last > 0.055; if (room) { last = one.x; before = one.when; } return room; });
  return {
    grid: { left: 40, right: 40, top: 24, bottom: 16 }, legend: { show: false }, xAxis: { ...hidden, min: 0, max: 1 }, yAxis: { ...hidden, min: floor - 0.4, max: high + 0.6 },
    tooltip: { ...tip(look), formatter: (p) => (p.dataType === "edge" ? `${p.data.source} → ${p.data.target}\n${figure(p.data.value, data)}` : [p.data.name, p.data.title, p.data.tag].filter(Boolean).join("\n")) },
    series: [
      { type: "scatter", silent: true, symbolSize: 0.1, labelLayout: { hideOverlap: true }, data: years.map((one) => ({ value: [one.x, floor], label: { show: true, formatter: one.when, color: look.token("faint") } })), markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: look.token("border"), type: "solid" }, data: [{ yAxis: floor + 0.15 }] } },
      {
        type: "graph", coordinateSystem: "cartesian2d", edgeSymbol: ["none", "arrow"], edgeSymbolSize: 7, symbolSize: 22,
        itemStyle: { color: look.token("ground"), borderColor: look.series[0], borderWidth: 1.5 },
        data: data.stops.map((one, i) => ({ name: one.name, title: one.title, tag: one.tag, value: [one.x, one.lane], label: { show: true, formatter: String(i + 1), color: look.token("ink"), fontSize: 11 } })),
        links: data.links.map(([source, target, value]) => ({ source, target, value, lineStyle: { color: look.series[0], opacity: 0.9, width: 1 + 2 * value / most, curveness: lanes[place.get(source)] === lanes[place.get(target)] ? 0 : 0.12 } })),
      },
    ],
  };
}

export function network(data, look) {
  const most = Math.max(1, ...data.members.map((one) => one.size)), heavy = Math.max(1, ...data.links.map((one) => one[2]));
  return {
    grid: { left: 70, right: 70, top: 24, bottom: 36 }, legend: { show: false }, xAxis: { ...hidden, min: "dataMin", max: "dataMax" }, yAxis: { ...hidden, min: 0, max: 1 },
    tooltip: { ...tip(look), formatter: (p) => (p.dataType === "edge" ? `${p.data.source} — ${p.data.target}: ${figure(p.data.value, data)}` : `${p.data.name}: ${figure(p.data.size, data)}`) },
    series: [{
      type: "graph", coordinateSystem: "cartesian2d", label: { show: true, position: "bottom", color: look.token("ink"), fontSize: 11, width: 130, overflow: "truncate", formatter: "{b}" }, labelLayout: { hideOverlap: true }, emphasis: { focus: "adjacency" },
      data: data.members.map((one, i) => ({ name: one.name, size: one.size, value: data.places[i], symbol: shapes[one.group % 6], symbolSize: 8 + 26 * Math.sqrt(one.size / most), itemStyle: { color: colourOf(one.group, look) } })),
      links: data.links.map(([source, target, value]) => ({ source, target, value, lineStyle: { width: 0.7 + 4 * value / heavy, color: look.token("border"), opacity: 0.9 } })),
    }],
  };
}

export function pie(data, look) {
  return {
    xAxis: { show: false }, yAxis: { show: false }, legend: { show: false }, tooltip: { ...tip(look), formatter: (p) => `${p.name}: ${figure(p.value, data)}（${p.percent}%）` },
    series: [{ type: "pie", radius: ["38%", "72%"], data: data.parts.map(([name, value], i) => ({ name, value, itemStyle: { color: look.series[i % 6], decal: pattern(i), borderColor: look.token("ground"), borderWidth: 1 } })), label: { color: look.token("ink"), formatter: (p) => `${p.name} ${figure(p.value, data)}（${p.percent}%）` } }],
  };
}

function tip(look) {
  return { trigger: "item", renderMode: "richText", confine: true, backgroundColor: look.token("raised"), borderColor: look.token("border"), textStyle: { color: look.token("ink"), fontSize: 13 } };
}
