// What the examples of /picker do beside the picker: filters, the event, and a dialog.

const filters = document.querySelector("[data-filters]");
const filtered = document.getElementById("filtered");

filters.addEventListener("input", ({ target }) => {
  const { attribute } = target.dataset;
  if (attribute) filtered.setAttribute(attribute, target.value.trim());
});
filters.addEventListener("submit", (event) => event.preventDefault());

filtered.addEventListener("change", (event) => {
  filters.querySelector("output").textContent = JSON.stringify(
    event.detail,
    ["code", "curie", "label", "release", "level", "status"],
    1,
  );
});

const dialog = document.getElementById("window");
const opener = document.querySelector("[data-dialog]");
opener.hidden = false;

class PatientCard extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(pickerNamed(dialog.dataset.second));
  }
}
customElements.define("patient-card", PatientCard);

function pickerNamed(name) {
  const picker = document.createElement("orpha-picker");
  picker.setAttribute("aria-label", name);
  return picker;
}

opener.addEventListener("click", () => {
  if (!dialog.querySelector("orpha-picker")) {
    const first = pickerNamed(dialog.dataset.first);
    first.setAttribute("name", "diagnosis");
    first.setAttribute("value", "558");
    dialog.querySelector("form").prepend(first, document.createElement("patient-card"));
  }
  dialog.showModal();
});
