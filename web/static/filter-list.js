// Shortens a long list of checkboxes to what is typed; without it the whole list is there.
for (const place of document.querySelectorAll("[data-filters]")) {
  const list = document.getElementById(place.dataset.filters);
  const field = place.querySelector("input");
  place.hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const label of list.querySelectorAll("label")) {
      const text = label.textContent.toLowerCase();
      const isChosen = label.querySelector("input").checked;
      label.hidden = !isChosen && !words.every((word) => text.includes(word));
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
