// A field that filters the list of classifications as one types.

const field = document.getElementById("filter");
const found = document.getElementById("found");
const rows = [...document.querySelectorAll("[data-filtered] > tr")];
const folded = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

field.parentElement.hidden = false;
field.addEventListener("input", () => {
  const words = folded(field.value).split(/\s+/);
  for (const row of rows) {
    const text = folded(row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
  }
  const count = rows.filter((row) => !row.hidden).length;
  const form = count > 1 ? found.dataset.many.replace("9", count) : found.dataset.one.replace("1", count);
  found.textContent = field.value ? form : "";
});
