// A page over a class that is at work: looks again every few seconds, and puts the parts marked data-live of the fresh
// page in the place of these. It rests while nobody looks at the tab, and says the headline only when it changed.

const SLOWEST_S = 120;

let refreshing = false;
let waits = 0; // how often the last looks failed

function everyS(): number | null {
  const said = document.getElementById("as-of")?.dataset.refreshS;
  return said ? Math.min(SLOWEST_S, Number(said) * 2 ** waits) : null;
}

function plan(): void {
  const seconds = everyS();
  if (seconds !== null) {
    setTimeout(() => void look(), seconds * 1000);
  }
}

async function look(): Promise<void> {
  if (document.hidden || refreshing) {
    return; // visibilitychange looks again
  }
  refreshing = true;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (response.redirected || response.status === 401 || response.status === 403 || response.status === 404) {
      location.reload(); // logged out, or no longer ours to see: the page says so
      return;
    }
    if (!response.ok) {
      throw new Error(String(response.status));
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    waits = 0;
    replaceParts(page);
  } catch {
    waits = Math.min(waits + 1, 5);
  } finally {
    refreshing = false;
  }
  plan();
}

function replaceParts(page: Document): void {
  for (const old of document.querySelectorAll<HTMLElement>("[data-live-text][id]")) {
    const fresh = page.getElementById(old.id);
    if (fresh && fresh.textContent !== old.textContent) {
      old.textContent = fresh.textContent; // a status: it is read out
    }
  }
  let isWhole = true;
  for (const old of document.querySelectorAll<HTMLElement>("[data-live][id]:not(#as-of)")) {
    const fresh = page.getElementById(old.id);
    // Nobody's table is pulled away from under their fingers.
    if (!fresh || old.contains(document.activeElement) || holdsSelection(old)) {
      isWhole = false;
      continue;
    }
    keepOpen(old, fresh);
    const { scrollX, scrollY } = window;
    const scrolled = [...old.querySelectorAll(".table-scroll")].map((one) => [one.scrollLeft, one.scrollTop] as const);
    old.replaceWith(document.adoptNode(fresh));
    document.dispatchEvent(new CustomEvent("grader:refreshed"));
    fresh.querySelectorAll(".table-scroll").forEach((one, at) => one.scrollTo(...(scrolled[at] ?? [0, 0])));
    window.scrollTo(scrollX, scrollY);
  }
  const [asOf, freshAsOf] = [document.getElementById("as-of"), page.getElementById("as-of")];
  if (isWhole && asOf && freshAsOf) {
    asOf.replaceWith(document.adoptNode(freshAsOf)); // only where all that is shown is of then
  }
  showHints();
}

function holdsSelection(part: HTMLElement): boolean {
  const selection = getSelection();
  return Boolean(selection && !selection.isCollapsed && selection.anchorNode && part.contains(selection.anchorNode));
}

/** Details stay as they were opened. */
function keepOpen(old: HTMLElement, fresh: HTMLElement): void {
  const before = old.querySelectorAll("details");
  fresh.querySelectorAll("details").forEach((details, at) => {
    const same = before[at];
    if (same) {
      details.open = same.open;
      details.dataset.kept = "yes";
    }
  });
}

function showHints(): void {
  for (const hint of document.querySelectorAll<HTMLElement>("[data-with-script]")) {
    hint.hidden = false;
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && everyS() !== null) {
    void look();
  }
});

showHints();
plan();
