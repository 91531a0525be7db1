// SPDX-License-Identifier: Apache-2.0
// From the data of a chart to what ECharts draws: one function for each kind of chart.

import { bubbles, columns, network, pattern, pie, points, roadmap, track, truncatedArea } from "./option_plane.js";

const dashes = [4, 4];
const strokes = ["solid", [8, 3], [2, 2], [8, 3, 2, 3], [4, 2], [1, 2]];
const marks = ["circle", "rect", "triangle", "diamond", "roundRect", "emptyCircle"];

export function optionOf(data, look, width) {
  const make = { Fan: fan, TargetPath: path, Lines: lines, Bars: bars, HeatTable: heat, Waterfall: waterfall, TileMap: tiles, Scatter: scatter, Columns: columns, BubbleMatrix: bubbles, Track: track, PointMap: points, Roadmap: roadmap, Network: network, Pie: pie }[data.kind];
  return { ...frame(data, look, width), ...make(data, look, width) };
}

export function written(value, data) {
  if (value === null || value === undefined || value === "-") return "—";
  if (data.form === "percent") return `${(value * 100).toFixed(1)}%`;
  return value.toLocaleString(undefined, { maximumFractionDigits: data.form === "integer" ? 0 : data.digits });
}

function short(value, data) {
  if (data.form === "percent") return `${Math.round(value * 100)}%`;
  if (data.language === "zh" && Math.abs(value) >= 1e8) return `${+(value / 1e8).toPrecision(4)}亿`;
  if (data.language === "zh" && Math.abs(value) >= 1e4) return `${+(value / 1e4).toPrecision(4)}万`;
  return value.toLocaleString();
}

function frame(data, look, width) {
  const ink = look.token("ink"), faint = look.token("faint"), line = look.token("hairline");
  const axis = { axisLine: { lineStyle: { color: look.token("border") } }, axisTick: { show: false }, axisLabel: { color: faint, hideOverlap: true }, splitLine: { lineStyle: { color: line } } };
  return {
    animation: !look.still, animationDuration: 180, color: look.series,
    textStyle: { fontFamily: look.font, color: ink, fontSize: 13 },
    grid: { left: 8, right: width < 520 ? 16 : data.language === "en" ? 132 : 104, top: 28, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: look.token("raised"), borderColor: look.token("border"), textStyle: { color: ink, fontSize: 13 }, valueFormatter: (value) => written(value, data), confine: true },
    xAxis: { type: "category", data: data.periods, boundaryGap: false, ...axis, splitLine: { show: false } },
    yAxis: { type: "value", ...axis, axisLine: { show: false }, scale: false, axisLabel: { color: faint, formatter: (value) => short(value, data) }, name: data.unit, nameTextStyle: { color: faint, align: "left" } },
    legend: width < 520 ? { type: "scroll", top: 0, right: 0, data: (data.series || []).slice(0, 6).map((one) => one.name), textStyle: { color: faint }, itemWidth: 16, itemHeight: 8 } : { show: false },
  };
}

function named(one, look, width, colour, more = {}) {
  // The name stands at the end of the line; a legend only where there is no room for it.
  return {
    type: "line", name: one.name, data: one.values, symbol: "circle", symbolSize: 5, connectNulls: false,
    lineStyle: { color: colour, width: 2 }, itemStyle: { color: colour },
    endLabel: { show: width >= 520, formatter: "{a}", color: colour, fontSize: 13, distance: 6 },
    labelLayout: { moveOverlap: "shiftY" }, ...more,
  };
}

function lines(data, look, width) {
  const own = data.series.slice(0, 6), rest = data.series.slice(6);
  const grey = look.token("series-rest");
  const made = [
    ...rest.map((one) => named(one, look, width, grey, { symbol: "none", endLabel: { show: false }, lineStyle: { color: grey, width: 1 } })),
    ...own.map((one, i) => named(one, look, width, look.series[i], { symbol: marks[i], lineStyle: { color: look.series[i], width: 2, type: strokes[i] } })),
  ];
  if (made.length) made[0].markArea = truncatedArea(data, look);
  return { series: made };
}

function path(data, look, width) {
  const [target, actual, expected] = data.series;
  const made = [
    named(target, look, width, look.token("faint"), { lineStyle: { color: look.token("faint"), width: 2, type: dashes }, symbol: "emptyCircle" }),
    named(actual, look, width, look.series[0]),
  ];
  if (expected) made.push(named(expected, look, width, look.series[1], { lineStyle: { color: look.series[1], width: 1, type: dashes } }));
  return { series: made };
}

function fan(data, look, width) {
  const [observed, central] = data.series;
  const bands = [];
  for (let i = 0; i < data.bands; i += 1) {
    const low = data.series[2 + 2 * i], high = data.series[3 + 2 * i];
    const fill = look.token(i === data.bands - 1 && data.bands > 1 ? "fan-2" : "fan-1");
    const spread = high.values.map((value, j) => (value === null || low.values[j] === null ? null : value - low.values[j]));
    const flat = { type: "line", stack: `band${i}`, symbol: "none", lineStyle: { opacity: 0 }, tooltip: { show: false }, silent: true, z: data.bands - i };
    bands.push({ ...flat, data: low.values, areaStyle: { opacity: 0 } }, { ...flat, data: spread, areaStyle: { color: fill, opacity: 1 } });
  }
  const target = data.series[2 + 2 * data.bands];
  const made = [...bands.reverse().reverse(), named(central, look, width, look.series[0], { lineStyle: { color: look.series[0], width: 1.5, type: [2, 3] }, symbol: "none", z: 8 }), named(observed, look, width, look.series[0], { z: 9 })];
  if (target) made.push(named(target, look, width, look.token("faint"), { lineStyle: { color: look.token("faint"), width: 2, type: dashes }, symbol: "emptyCircle", z: 7 }));
  return { series: made };
}

function bars(data, look, width) {
  const lying = data.categories.length > 8 || data.categories.some((name) => name.length > 6);
  const base = frame(data, look, width);
  const categories = { ...base.xAxis, type: "category", data: data.categories, boundaryGap: true, inverse: lying, axisLabel: { ...base.xAxis.axisLabel, interval: 0, width: 150, overflow: "truncate" } };
  const values = { ...base.yAxis, nameLocation: "end" };
  const mark = data.reference_line === null || data.reference_line === undefined ? undefined : { symbol: "none", silent: true, lineStyle: { color: look.token("faint"), type: dashes }, label: { color: look.token("faint"), formatter: () => written(data.reference_line, data) }, data: [lying ? { xAxis: data.reference_line } : { yAxis: data.reference_line }] };
  return {
    grid: { ...base.grid, right: 40 }, legend: data.series.length > 1 ? { type: "scroll", top: 0, right: 0, data: (data.series || []).slice(0, 6).map((one) => one.name), textStyle: { color: look.token("faint") } } : { show: false },
    xAxis: lying ? { ...values, name: "" } : categories, yAxis: lying ? categories : values,
    series: data.series.map((one, i) => ({ type: "bar", name: one.name, data: one.values, stack: data.stacked ? "all" : undefined, barMaxWidth: 28, itemStyle: { color: look.series[i % 6], decal: pattern(i) }, markLine: i ? undefined : mark })),
  };
}

function heat(data, look, width) {
  const base = frame(data, look, width);
  const cells = data.values.flatMap((row, i) => row.map((value, j) => [j, i, value === null ? "-" : value]));
  const all = cells.map((cell) => cell[2]).filter((value) => value !== "-");
  return {
    grid: { ...base.grid, right: 12 }, legend: { show: false },
    xAxis: { ...base.xAxis, data: data.columns, boundaryGap: true, position: "top" },
    yAxis: { ...base.yAxis, type: "category", data: data.rows, inverse: true, name: "", axisLabel: { color: look.token("faint") } },
    tooltip: { ...base.tooltip, trigger: "item", formatter: (at) => `${data.rows[at.value[1]]} ${data.columns[at.value[0]]}: ${written(at.value[2], data)}` },
    visualMap: { show: false, ...range(data, all), inRange: { color: data.centre === null ? look.steps : look.diverging || look.steps } },
    series: [{ type: "heatmap", data: cells, label: { show: cells.length <= 160, color: look.token("ink"), textBorderColor: look.token("ground"), textBorderWidth: 2.5, formatter: (at) => written(at.value[2], data) }, itemStyle: { borderColor: look.token("ground"), borderWidth: 2 } }],
  };
}

function range(data, all) {
  if (data.centre === null || data.centre === undefined) return { min: Math.min(...all, 0), max: Math.max(...all, 1) };
  const reach = Math.max(...all.map((value) => Math.abs(value - data.centre)), 1e-9);
  return { min: data.centre - reach, max: data.centre + reach };
}

function waterfall(data, look, width) {
  const base = frame(data, look, width);
  const names = [data.start[0], ...data.steps.map((step) => step[0]), data.end];
  let at = data.start[1];
  const under = [0], shown = [{ value: data.start[1], itemStyle: { color: look.token("faint") } }];
  for (const [, step] of data.steps) {
    under.push(Math.min(at, at + step));
    shown.push({ value: Math.abs(step), step, itemStyle: { color: step < 0 ? look.series[1] : look.series[0] } });
    at += step;
  }
  under.push(0);
  shown.push({ value: at, itemStyle: { color: look.token("faint") } });
  return {
    grid: { ...base.grid, right: 12 }, legend: { show: false },
    xAxis: { ...base.xAxis, data: names, boundaryGap: true, axisLabel: { ...base.xAxis.axisLabel, interval: 0 } },
    tooltip: { ...base.tooltip, trigger: "item", formatter: (p) => `${p.name}: ${written(p.data.step ?? p.value, data)}` },
    series: [{ type: "bar", stack: "all", data: under, itemStyle: { opacity: 0 }, silent: true, tooltip: { show: false } }, { type: "bar", stack: "all", data: shown, barMaxWidth: 40, label: { show: true, position: "top", color: look.token("ink"), formatter: (p) => written(p.data.step ?? p.value, data) } }],
  };
}

function tiles(data, look, width) {
  const across = Math.max(...data.tiles.map((tile) => tile.column)) + 1, down = Math.max(...data.tiles.map((tile) => tile.row)) + 1;
  const base = frame(data, look, width);
  const all = data.tiles.map((tile) => tile.value).filter((value) => value !== null);
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4 }, legend: { show: false },
    xAxis: { type: "category", data: [...Array(across).keys()], show: false }, yAxis: { type: "category", data: [...Array(down).keys()], show: false, inverse: true },
    tooltip: { ...base.tooltip, trigger: "item", formatter: (p) => `${p.data.name}: ${written(p.data.value[2], data)}` },
    visualMap: { show: false, min: Math.min(...all, 0), max: Math.max(...all, 1), inRange: { color: look.steps } },
    series: [{ type: "heatmap", data: data.tiles.map((tile) => ({ name: tile.name, value: [tile.column, tile.row, tile.value === null ? "-" : tile.value] })), label: { show: true, color: look.token("ink"), formatter: (p) => p.data.name }, itemStyle: { borderColor: look.token("ground"), borderWidth: 3 } }],
  };
}

function scatter(data, look, width) {
  // Points: [x, y, name, size, group]; groups beyond the sixth are grey.
  const base = frame(data, look, width);
  return {
    grid: { ...base.grid, right: 12 },
    xAxis: { ...base.yAxis, name: data.x_name || "", nameLocation: "middle", nameGap: 28, scale: true }, yAxis: { ...base.yAxis, name: data.y_name || "", scale: true },
    tooltip: { ...base.tooltip, trigger: "item", formatter: (p) => p.value[2] },
    series: (data.groups || [""]).map((group, i) => ({ type: "scatter", name: group, data: data.points.filter((point) => (point[4] || "") === group), symbolSize: (point) => point[3] || 8, large: data.points.length > 5000, itemStyle: { color: i < 6 ? look.series[i] : look.token("series-rest"), opacity: 0.75 } })),
  };
}
