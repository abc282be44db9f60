// The check without leaving the page: what was pasted or chosen stays, findings appear below.

const form = document.getElementById("check");
const { codes, file } = form.elements;
const result = document.getElementById("result");
const progress = document.getElementById("progress");
const takeAway = document.getElementById("take-away");
const words = progress.dataset;

let running;

for (const hint of document.querySelectorAll("[data-scripted]")) hint.hidden = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.submitter?.value ?? "page");
});

async function send(format) {
  if (file.files[0]?.size > Number(words.largest)) return complain(words.tooLarge);
  if (sizeOf(codes) > Number(words.longest)) return complain(words.tooLong);
  const data = new FormData(form);
  data.set("format", format);
  running?.abort();
  const mine = (running = new AbortController());
  wait(true);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { Accept: "text/html" },
      signal: mine.signal,
    });
    const name = savedAs(answer);
    if (name) save(await answer.blob(), name);
    else show(await answer.text());
  } catch {
    if (!mine.signal.aborted) complain(words.away);
  } finally {
    if (running === mine) wait(false);
  }
}

// A form sends each end of a line as two characters.
function sizeOf(field) {
  return new TextEncoder().encode(field.value.replaceAll("\n", "\r\n")).length;
}

function wait(busy) {
  for (const part of [form, result]) part.setAttribute("aria-busy", busy);
  if (busy) progress.textContent = words.checking;
  else if (progress.textContent === words.checking) progress.textContent = "";
}

// Findings come as the page would show them; an error that has a page of its own, as its words.
function show(text) {
  const answered = new DOMParser().parseFromString(text, "text/html");
  const found = answered.getElementById("result");
  if (!found) return complain(answered.querySelector("main .notice")?.textContent ?? words.away);
  for (const each of found.querySelectorAll(".unscripted")) each.remove(); // the file is still chosen
  result.replaceChildren(...found.childNodes);
  document.title = answered.title;
  result.querySelector("[tabindex]")?.focus();
}

function complain(text) {
  const said = document.createElement("p");
  said.className = "notice error";
  said.setAttribute("role", "alert");
  said.tabIndex = -1;
  said.textContent = text;
  result.replaceChildren(said);
  said.focus();
}

function savedAs(answer) {
  return /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
}

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  progress.textContent = `${words.saved} ${name}`;
}

// A file may be dropped anywhere on the page.
addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  const [dropped] = event.dataTransfer.files;
  if (!dropped) return;
  event.preventDefault();
  const one = new DataTransfer();
  one.items.add(dropped);
  file.files = one.files;
  file.dispatchEvent(new Event("change", { bubbles: true }));
  form.querySelector("button.main").focus();
});

file.addEventListener("change", () => {
  takeAway.hidden = !file.files.length;
  progress.textContent = file.files.length ? `${words.chosen} ${file.files[0].name}` : "";
});
takeAway.addEventListener("click", () => {
  file.value = "";
  file.dispatchEvent(new Event("change", { bubbles: true }));
  file.focus();
});
