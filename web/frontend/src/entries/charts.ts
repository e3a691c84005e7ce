// Draws the charts of a page: a picture before each table of a figure.chart, with bars that lead where the table's
// figures lead. Without this script the tables are shown as they are.
import { drawChart } from "../charts/draw";

const drawn = new WeakMap<HTMLElement, number>();

const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const figure = target as HTMLElement;
    // A pixel more or less comes from the picture itself.
    if (Math.abs((drawn.get(figure) ?? 0) - figure.clientWidth) > 1) {
      draw(figure);
    }
  }
});

function draw(figure: HTMLElement): void {
  drawn.set(figure, figure.clientWidth);
  drawChart(figure);
}

function drawAll(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("figure.chart")) {
    if (!drawn.has(figure)) {
      const table = figure.querySelector<HTMLDetailsElement>("details.chart-table");
      if (table && !table.dataset.kept) {
        table.open = false;
      }
      draw(figure);
      observer.observe(figure);
    }
  }
}

document.addEventListener("grader:refreshed", drawAll);
drawAll();
