// What every page offers beside its text: keys, and codes that are copied.

const said = document.getElementById("said");
const keys = document.getElementById("keys");
const switched = document.getElementById("keys-on");
const KEYS_OFF = "thesaurus-keys-off";

// Readers may switch single keys off (WCAG 2.1.4); that choice stays in their browser.
switched.checked = !stored();
switched.addEventListener("change", () => {
  try {
    switched.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1");
  } catch {
    // Where a browser keeps nothing the choice holds for this page.
  }
});

function stored() {
  try {
    return localStorage.getItem(KEYS_OFF);
  } catch {
    return null;
  }
}

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
}

document.addEventListener("keydown", (event) => {
  if (!switched.checked || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  const target = event.composedPath()[0];
  const field = document.querySelector("[data-find], form.find orpha-picker");
  // In the empty search field the key has led where it leads; no name begins with it.
  const there = event.key === "/" && field?.contains(event.target) && !target.value;
  if (isWrittenIn(target) && !there) return;
  if (event.key === "/") {
    if (field) {
      event.preventDefault();
      field.focus();
    }
  } else if (event.key === "?") {
    keys.showModal();
  } else if (event.key === "c" && !String(getSelection())) {
    copy(codeFor(document.activeElement));
  }
});

function isWrittenIn(target) {
  return target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
}

// The code of the row that has the focus, else of the page.
function codeFor(focused) {
  const row = focused?.closest("[data-copy], tr, li, .entity");
  const here = row?.matches("[data-copy]") ? row : row?.querySelector("[data-copy]");
  return (here ?? document.querySelector("h1 [data-copy], h1[data-copy]"))?.dataset.copy;
}

async function copy(text) {
  if (!text) return say(said.dataset.nothing);
  const done = await write(text);
  say(done ? `${text} ${said.dataset.copied}` : said.dataset.notCopied);
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeOld(text);
  }
}

// Hospitals serve pages over plain HTTP, where browsers have no clipboard but this one.
function writeOld(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  const focused = document.activeElement;
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

let silence;
function say(text) {
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = ""), 3000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button.dataset.copy);
});

// An entity that was chosen in a search field opens its page.
document.addEventListener("change", (event) => {
  const picker = event.target.closest?.("orpha-picker[data-open]");
  const code = picker && event.detail?.code;
  if (code) {
    const address = new URL(picker.dataset.open, location.href);
    address.pathname += code;
    picker.value = ""; // or the way back would show it in the field
    location.assign(address);
  }
});
