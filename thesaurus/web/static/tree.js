// The tree of a classification: the WAI-ARIA tree pattern on nested lists of links, which stay what
// they are without this module. A node that opens asks the server for its children, once.

const tree = document.querySelector(".tree");
const failed = document.getElementById("tree-failed");
const MOST_OPEN = 40; // what the address may say: the server takes no more
const PAUSE = 700; // between two letters of one name, in milliseconds
const PATIENCE = 10_000;
const OPEN = '[aria-expanded="true"]:not([hidden] *)';

const items = () => [...tree.querySelectorAll('[role="treeitem"]:not([hidden] *)')];
const groupOf = (item) => item.querySelector(":scope > ul");
const parentOf = (item) => item.parentElement.closest('[role="treeitem"]');
const linkOf = (item) => item.querySelector(":scope > .row .label");
const foldOf = (item) => item.querySelector(":scope > .row a.fold");
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";
const isShown = (item) => !item.closest("[hidden]");

// -- roles ------------------------------------------------------------------------------

function dress(list, level) {
  list.setAttribute("role", level === 1 ? "presentation" : "group");
  const nodes = [...list.children];
  nodes.forEach((item, number) => dressItem(item, { level, number: number + 1, size: nodes.length }));
}

function dressItem(item, { level, number, size }) {
  const row = item.firstElementChild;
  const text = row.querySelector(".text");
  text.id = `name-${item.id}`;
  item.setAttribute("role", "treeitem");
  item.tabIndex = -1;
  item.setAttribute("aria-labelledby", text.id);
  item.setAttribute("aria-level", level);
  item.setAttribute("aria-posinset", number);
  item.setAttribute("aria-setsize", size);
  for (const link of row.querySelectorAll("a")) link.tabIndex = -1;
  const group = groupOf(item);
  const fold = foldOf(item);
  if (fold) {
    fold.setAttribute("aria-hidden", "true");
    showFold(item, Boolean(group));
  }
  if (group) dress(group, level + 1);
}

function showFold(item, open) {
  item.setAttribute("aria-expanded", open);
  foldOf(item).textContent = open ? "▾" : "▸";
}

// -- opening and closing -------------------------------------------------------------------

async function open(item) {
  if (!foldOf(item) || isOpen(item) || item.getAttribute("aria-busy") === "true") return;
  const group = groupOf(item) ?? (await fetched(item));
  if (!group) return;
  group.hidden = false;
  showFold(item, true);
  remember(item);
}

function close(item) {
  groupOf(item).hidden = true;
  showFold(item, false);
  if (item.contains(document.activeElement)) focusOn(item);
  remember(item);
}

async function fetched(item) {
  item.querySelector(":scope > .notice")?.remove();
  item.setAttribute("aria-busy", "true");
  try {
    const piece = await pieceOf(item);
    if (piece.dataset.release !== tree.dataset.release) {
      location.assign(plainAddress(item)); // another release was activated meanwhile
      return null;
    }
    const group = piece.querySelector("ul");
    dress(group, Number(item.getAttribute("aria-level")) + 1);
    item.append(group);
    return group;
  } catch {
    sayFailed(item);
    return null;
  } finally {
    item.removeAttribute("aria-busy");
  }
}

async function pieceOf(item) {
  const address = new URL(tree.dataset.children, location.href);
  address.searchParams.set("place", placeOf(item));
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(String(answer.status));
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  return parsed.querySelector("[data-release]");
}

function sayFailed(item) {
  const notice = failed.content.cloneNode(true);
  notice.querySelector("a").href = plainAddress(item);
  item.append(notice);
}

// The link of a closed node's marker is the address of the page with this node open.
const plainAddress = (item) => foldOf(item).href;

// -- the address says what is open -----------------------------------------------------------

const placeOf = (item) => item.id.replace("at-", "");
const codeOf = (item) => placeOf(item).split(".").at(-1);

function remember(item) {
  const address = new URL(location.href);
  address.searchParams.delete("open");
  for (const each of whatIsOpen()) address.searchParams.append("open", each);
  address.hash = item.id;
  history.replaceState(null, "", address);
}

// Marked codes that can be seen at all their places, then the deepest nodes that are open besides.
function whatIsOpen() {
  const marked = [...tree.querySelectorAll("[aria-current]")];
  const hidden = new Set(marked.filter((each) => !isWhole(each)).map(codeOf));
  const said = marked.filter((each) => !hidden.has(codeOf(each)));
  const deepest = items().filter(
    (item) => isOpen(item) && !groupOf(item).querySelector(OPEN) && !said.some((each) => item.contains(each)),
  );
  return [...new Set(said.map(codeOf)), ...deepest.map(placeOf)].slice(-MOST_OPEN);
}

const isWhole = (item) => isShown(item) && (!foldOf(item) || isOpen(item));

// -- the keyboard --------------------------------------------------------------------------

let stop; // the one node that Tab reaches

function moveStop(item) {
  if (stop) stop.tabIndex = -1;
  stop = item;
  stop.tabIndex = 0;
}

function focusOn(item) {
  if (!item) return;
  moveStop(item);
  item.focus({ preventScroll: true });
  item.firstElementChild.scrollIntoView({ block: "nearest" });
}

function step(item, by) {
  const all = items();
  focusOn(all[all.indexOf(item) + by]);
}

const KEYS = {
  ArrowDown: (item) => step(item, 1),
  ArrowUp: (item) => step(item, -1),
  ArrowRight: (item) => (isOpen(item) ? focusOn(groupOf(item).firstElementChild) : open(item)),
  ArrowLeft: (item) => (isOpen(item) ? close(item) : focusOn(parentOf(item))),
  Home: () => focusOn(items()[0]),
  End: () => focusOn(items().at(-1)),
  Enter: (item) => linkOf(item).click(),
};

tree.addEventListener("keydown", (event) => {
  const item = event.target.closest('[role="treeitem"]');
  if (event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key];
  if (act && !event.shiftKey) {
    event.preventDefault();
    act(item);
  } else if (event.key.length === 1 && !isOfPage(event.key)) {
    event.preventDefault();
    event.stopPropagation();
    goTo(event.key, item);
  }
});

let typed = "";
let pause;

const folded = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

// The keys of every page keep their meaning; within a name they are letters.
const isOfPage = (key) => !typed && (key === " " || ("/?c".includes(key) && document.getElementById("keys-on").checked));

// Go to the next node whose name or code begins as typed; the same letter again goes on.
function goTo(key, from) {
  typed += folded(key);
  clearTimeout(pause);
  pause = setTimeout(() => (typed = ""), PAUSE);
  const again = [...typed].every((each) => each === typed[0]);
  const wanted = again ? typed[0] : typed;
  const all = items();
  const start = all.indexOf(from) + (again ? 1 : 0);
  const turned = [...all.slice(start), ...all.slice(0, start)];
  focusOn(turned.find((each) => folded(linkOf(each).textContent).startsWith(wanted) || codeOf(each).startsWith(wanted)));
}

// An address that ends with #orpha-558 gives the focus to the link: its node takes it.
tree.addEventListener("focusin", (event) => {
  const item = event.target.closest('[role="treeitem"]');
  if (!item || event.target.closest(".notice")) return;
  moveStop(item);
  if (event.target !== item) item.focus({ preventScroll: true });
});

tree.addEventListener("click", (event) => {
  const fold = event.target.closest("a.fold");
  if (!fold || event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab or window
  event.preventDefault();
  const item = fold.closest('[role="treeitem"]');
  focusOn(item);
  isOpen(item) ? close(item) : open(item);
});

// -- start -----------------------------------------------------------------------------------

// What an address names after its #; somebody may have written something that cannot be read.
function hashOf(address) {
  try {
    return decodeURIComponent(address.hash.slice(1));
  } catch {
    return "";
  }
}

function named() {
  const target = document.getElementById(hashOf(location));
  return target && tree.contains(target) ? target.closest('[role="treeitem"]') : null;
}

function goToNamed(item) {
  focusOn(item);
  item.firstElementChild.scrollIntoView({ block: "center" });
}

tree.setAttribute("role", "tree");
tree.setAttribute("aria-labelledby", "classification");
tree.setAttribute("aria-describedby", "tree-keys");
document.getElementById("tree-keys").hidden = false;
dress(tree.querySelector("ul"), 1);
moveStop(items()[0]);
const first = named() ?? tree.querySelector("[aria-current]");
if (first) goToNamed(first);
addEventListener("hashchange", () => named() && goToNamed(named()));
