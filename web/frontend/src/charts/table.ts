// What a chart is drawn of: the table that the server wrote.

export interface Mark {
  value: number | null;
  text: string;
  href: string | null;
}

export interface Row {
  label: string;
  short: string;
  look: string;
  href: string | null;
  marks: Mark[];
}

export interface Data {
  series: string[];
  rows: Row[];
}

export function read(figure: HTMLElement): Data {
  const heads = [...figure.querySelectorAll("thead th")].map(textOf);
  const rows = [...figure.querySelectorAll<HTMLTableRowElement>("tbody tr")].map((row) => {
    const head = row.querySelector<HTMLElement>("th");
    return {
      label: head ? textOf(head) : "",
      short: head?.dataset.short ?? "",
      look: row.dataset.look ?? "",
      href: head?.querySelector("a")?.getAttribute("href") ?? null,
      marks: [...row.querySelectorAll<HTMLElement>("td")].map((cell) => ({
        value: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
        text: textOf(cell),
        href: cell.querySelector("a")?.getAttribute("href") ?? null,
      })),
    };
  });
  return { series: heads.slice(1), rows };
}

function textOf(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}
