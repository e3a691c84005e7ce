// Pictures of tables. Colours are classes of charts.css; the picture is one image to a screen reader, with its sentence,
// and over it lie the links, which are read and reached one by one.
import { max } from "d3-array";
import { axisBottom, axisLeft } from "d3-axis";
import { scaleBand, scaleLinear } from "d3-scale";
import { create, select, type Selection } from "d3-selection";
import { area, curveStep, symbol, symbolCircle, symbolDiamond, symbolSquare } from "d3-shape";
import { read, type Data, type Mark, type Row } from "./table";

type Group = Selection<SVGGElement, undefined, null, undefined>;

interface Place {
  picture: Group;
  links: Group;
  width: number;
  height: number;
}

const HEIGHT = 190;
const TOP = 20;
const BOTTOM = 24;
const LEFT = 6;
const ROW = 26;
const MOST_TICKS = 10;
const SHAPES = [symbolCircle, symbolDiamond, symbolSquare].map((shape) => symbol(shape, 95)() ?? "");
const LABEL_PX = 6.6; // about the width of a character of a label

export function drawChart(figure: HTMLElement): void {
  const data = read(figure);
  const width = Math.max(220, Math.floor(figure.clientWidth));
  const kind = figure.dataset.chart ?? "bars";
  const height = kind === "dots" ? data.rows.length * ROW + BOTTOM + 4 : HEIGHT;
  const svg = create("svg")
    .attr("class", `chart-picture chart-${kind}`)
    .attr("role", "group") // the picture in it is one image, its links are not
    .attr("width", width)
    .attr("height", height)
    .attr("viewBox", `0 0 ${width} ${height}`);
  const picture = svg.append("g").attr("role", "img").attr("aria-label", figure.dataset.says ?? "");
  const place: Place = { picture, links: svg.append("g").attr("class", "chart-links"), width, height };
  const most = figure.dataset.most === undefined ? null : Number(figure.dataset.most);
  if (kind === "dots") {
    drawDots(place, data, most ?? 1);
  } else if (kind === "steps") {
    drawSteps(place, data);
  } else {
    drawBars(place, data, kind === "edges");
  }
  figure.querySelector(".chart-picture")?.remove();
  figure.querySelector(".chart-key")?.remove();
  const node = svg.node();
  if (node) {
    figure.prepend(node);
  }
  if (data.series.length > 1) {
    figure.prepend(keyOf(data.series, kind));
  }
}

function keyOf(series: string[], kind: string): HTMLElement {
  const key = document.createElement("p");
  key.className = `chart-key of-${kind}`;
  key.setAttribute("aria-hidden", "true"); // the table's heading says it
  series.forEach((name, at) => {
    const item = document.createElement("span");
    item.className = `key-${at}`;
    item.textContent = name;
    key.append(item);
  });
  return key;
}

function drawBars({ picture, links, width, height }: Place, { rows, series }: Data, hasEdges: boolean): void {
  const bottom = height - BOTTOM;
  const x = scaleBand<number>()
    .domain(rows.map((_, at) => at))
    .range([LEFT, width - LEFT])
    .paddingInner(series.length > 1 ? 0.28 : 0.16);
  const inner = scaleBand<number>()
    .domain(series.map((_, at) => at))
    .range([0, x.bandwidth()])
    .paddingInner(0.08);
  const y = scaleLinear()
    .domain([0, max(rows, (row) => max(row.marks, (mark) => mark.value ?? 0)) || 1])
    .range([bottom, TOP]);
  rows.forEach((row, at) => {
    row.marks.forEach((mark, which) => {
      const value = mark.value ?? 0;
      const left = (x(at) ?? 0) + (inner(which) ?? 0);
      if (value > 0) {
        const top = Math.min(y(value), bottom - 2);
        picture
          .append("rect")
          .attr("class", `bar series-${which} ${row.look}`)
          .attr("x", left)
          .attr("y", top)
          .attr("width", inner.bandwidth())
          .attr("height", bottom - top)
          .attr("rx", Math.min(2, inner.bandwidth() / 4));
        if (mark.text.length * LABEL_PX <= inner.bandwidth() + (series.length > 1 ? 4 : 12)) {
          label(picture, "count", left + inner.bandwidth() / 2, top - 5, mark.text);
        }
        link(links, mark, `${row.label}, ${series[which] ?? ""}: ${mark.text}`, {
          x: left - 1,
          y: Math.min(top - 16, bottom - 24),
          width: inner.bandwidth() + 2,
          height: bottom - Math.min(top - 16, bottom - 24),
        });
      }
    });
  });
  baseline(picture, width, bottom);
  const step = x.step();
  const longest = max(rows, (row) => row.short.length) ?? 1;
  const every = Math.max(1, Math.ceil((longest * LABEL_PX + 4) / step));
  rows.forEach((row, at) => {
    // Of neighbouring ranges some labels may be left out, of names none: those are written smaller.
    const isEdge = hasEdges && at < rows.length - 1;
    const middle = (x(at) ?? 0) + x.bandwidth() / 2;
    if (!hasEdges && every > 1) {
      label(picture, "tick small", middle, bottom + (at % 2 ? 21 : 11), row.short);
    } else if (!hasEdges || at % every === 0 || at === rows.length - 1) {
      label(picture, "tick", isEdge ? (x(at) ?? 0) - (step - x.bandwidth()) / 2 + 3 : middle, bottom + 16, row.short);
    }
  });
}

function drawDots({ picture, links, width, height }: Place, { rows, series }: Data, most: number): void {
  const bottom = height - BOTTOM;
  const names = Math.min(Math.max(90, width * 0.34), 260);
  const room = Math.floor((names - 8) / LABEL_PX);
  const x = scaleLinear()
    .domain([0, most])
    .range([names, width - 14]);
  const ticks = picture.append("g").attr("class", "axis").attr("transform", `translate(0,${bottom})`);
  ticks.call(
    axisBottom<number>(x as never)
      .ticks(Math.min(5, Math.floor(width / 90)), most === 1 ? "%" : undefined)
      .tickSize(-bottom),
  );
  ticks.select(".domain").remove();
  rows.forEach((row, at) => {
    const y = at * ROW + ROW / 2 + 2;
    const shown = row.marks.slice(0, series.length).filter((mark) => mark.value !== null);
    const text = row.label.length > room ? `${row.label.slice(0, room - 1)}…` : row.label;
    label(picture, "name", names - 10, y + 4, text);
    const values = shown.map((mark) => x(mark.value ?? 0));
    if (values.length > 1) {
      picture
        .append("line")
        .attr("class", "span")
        .attr("x1", Math.min(...values))
        .attr("x2", Math.max(...values))
        .attr("y1", y)
        .attr("y2", y);
    }
    row.marks.forEach((mark, which) => {
      if (mark.value !== null) {
        dot(picture, which, x(mark.value), y, `${row.label}, ${series[which] ?? ""}: ${mark.text}`);
      }
    });
    const said = row.marks.map((mark, which) => `${series[which] ?? ""} ${mark.text}`).join(", ");
    link(
      links,
      { value: 0, text: "", href: row.href },
      `${row.label}: ${said}`,
      { x: 0, y: y - ROW / 2, width, height: ROW },
    );
  });
}

/** Shapes differ too, so that nothing rests on a colour. */
function dot(picture: Group, which: number, x: number, y: number, said: string): void {
  const mark = picture.append("path").attr("class", `dot series-${which}`);
  mark.attr("d", SHAPES[which % SHAPES.length] ?? "").attr("transform", `translate(${x},${y})`);
  mark.append("title").text(said);
}

function drawSteps({ picture, width, height }: Place, { rows }: Data): void {
  const bottom = height - BOTTOM;
  const values = rows.map((row) => row.marks[0]?.value ?? 0);
  const left = 34;
  const x = scaleLinear()
    .domain([0, Math.max(1, rows.length - 1)])
    .range([left, width - 12]);
  const y = scaleLinear()
    .domain([0, Math.max(1, max(values) ?? 1)])
    .nice(4)
    .range([bottom, TOP]);
  const axis = picture.append("g").attr("class", "axis").attr("transform", `translate(${left},0)`);
  axis.call(
    axisLeft<number>(y as never)
      .ticks(4)
      .tickSize(-(width - left - 12)),
  );
  axis.select(".domain").remove();
  const shape = area<number>()
    .x((_, at) => x(at))
    .y0(bottom)
    .y1((value) => y(value))
    .curve(curveStep);
  picture.append("path").attr("class", "area series-0").attr("d", shape(values));
  baseline(picture, width - 12, bottom, left);
  const every = Math.max(1, Math.ceil(rows.length / Math.min(MOST_TICKS, width / 70)));
  rows.forEach((row, at) => {
    if ((rows.length - 1 - at) % every === 0 && x(at) > left + 8) {
      label(picture, "tick", Math.min(x(at), width - 18), bottom + 16, row.short);
    }
  });
}

function baseline(picture: Group, right: number, y: number, left = 0): void {
  picture
    .append("line")
    .attr("class", "base")
    .attr("x1", left)
    .attr("x2", right)
    .attr("y1", y + 0.5)
    .attr("y2", y + 0.5);
}

function label(picture: Group, kind: string, x: number, y: number, text: string): void {
  picture.append("text").attr("class", kind).attr("x", x).attr("y", y).text(text);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** An invisible area over a mark that leads to what is behind it. */
function link(links: Group, mark: Pick<Mark, "href" | "value" | "text">, said: string, box: Box): void {
  if (!mark.href) {
    return;
  }
  const anchor = links.append("a").attr("href", mark.href).attr("aria-label", said);
  const target = anchor.append("rect");
  for (const [name, value] of Object.entries(box)) {
    target.attr(name, value);
  }
  anchor.append("title").text(said);
  select(anchor.node()).attr("class", "chart-link");
}

export type { Row };
