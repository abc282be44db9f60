// <orpha-picker>: a form field that finds entities of the Orphanet nomenclature (docs/picker.md).

const TEXTS = {};
`group|groupe de pathologies|group of disorders
disorder|pathologie|disorder
subtype|sous-type de pathologie|subtype of disorder
active_historic|historique|historical
deprecated|déprécié|deprecated
obsolete|obsolète|obsolete
non_rare|non rare en Europe|non rare in Europe
preferred|nom|name
synonym|synonyme|synonym
former|nom de la version %|name in release %
linked|nom dans %|name in %
code|code|code
E|exact|exact
NTBT|plus précis|narrower
BTNT|plus large|broader
unspecified|relation non précisée|relation not specified
sign|signe|sign
causal|gène causal|causal gene
associated|gène associé|associated gene
en| en anglais| in English
fr| en français| in French
is| : |: 
icd-10|CIM-10|ICD-10
detail|detail|detail_en
bearer|, nom de % (inactif)|, name of % (inactive)
moved|% est déprécié : % le remplace.|% is deprecated: % replaces it.
dead|Ne se code pas.|Not for coding.
groups|Groupe : à ne coder que si rien de plus précis n'est connu.|Group: code it only if nothing more precise is known.
category|Catégorie : choisir plus bas.|Category: choose further down.
list|Propositions|Suggestions
none|Aucune proposition : essayez un autre mot.|No suggestion: try another word.
wait|Recherche…|Searching…
offline|Hors ligne.|Offline.
failed|Le service ne répond pas.|The service does not answer.
chosen|Choisi : %, %.|Chosen: %, %.
missing|Choisissez une maladie dans la liste.|Choose a disease from the list.`.replace(/^([\w-]+)\|(.*)\|(.*)$/gm, (_, key, fr, en) => (TEXTS[key] = { fr, en }));

const HOME = import.meta.url.replace(/\/static\/[^/]*$/, "");
// In ms: between two questions, until a slow answer is mentioned, until it is given up.
const [PAUSE, QUIET, LIMIT] = [60, 300, 5000];

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host { display: block; font-size: max(1rem, 1em) }
:host([hidden]), ul:empty, p[part]:empty { display: none }
* { box-sizing: border-box; margin: 0; padding: 0 }
input, div { border: 1px solid var(--orpha-line, GrayText); border-radius: var(--orpha-radius, .3rem); color: var(--orpha-ink, CanvasText); background: var(--orpha-paper, Canvas) }
input { anchor-name: --field; width: 100%; padding: .5em .7em; font: inherit }
[aria-invalid=true] { outline: 2px dashed }
:focus-visible, [aria-selected=true] { outline: 3px solid var(--orpha-accent, LinkText); outline-offset: -3px }
div { position-anchor: --field; position-area: bottom span-right; position-try: most-height flip-block; inset: auto; width: anchor-size(width); min-width: min(24rem, 100%); max-height: min(100%, 26rem); overflow: auto }
li { display: block; border-bottom: 1px solid #8884; cursor: pointer }
li, div p { padding: .4em .7em }
li:hover, [aria-selected=true] { background: #8882 }
mark { color: inherit; background: var(--orpha-mark, #fb06) }
small { display: inline-block; font-size: .875em }
[part=badge] { padding: 0 .4em; border: 1px solid; border-radius: 1em }
[part=why], [part=state] { display: block }
[part=state], #note { color: var(--orpha-warn, color-mix(in srgb, currentColor 60%, orange)); font-weight: 600 }
[role=status] { position: absolute; clip-path: inset(50%) }`);

function make(tag, attributes, ...children) {
	const made = document.createElement(tag);
	for (const each of attributes.split(" ")) made.setAttribute(...each.split("="));
	made.append(...children);
	return made;
}

// A language comes from outside: as text it could add attributes.
const spoken = (lang, pieces) => Object.assign(make("span", "dir=auto", ...pieces), { lang: lang ?? "" });

// Spans count characters; JavaScript counts those beyond U+FFFF twice.
function marked(text, spans) {
	const letters = [...text];
	const cut = (from, to) => letters.slice(from, to).join("");
	let at = 0;
	return [...spans.flatMap(([from, to]) => [cut(at, from), make("mark", "part=mark", cut(from, (at = to)))]), cut(at)];
}

const curie = (code) => `ORPHA:${code}`;

function combobox(host, form) {
	const input = make("input", "part=input role=combobox autocomplete=off aria-autocomplete=list aria-controls=list aria-describedby=note aria-expanded=false");
	const list = make("ul", "id=list part=list role=listbox");
	const hint = make("p", "part=hint");
	const popup = make("div", "part=popup popover=manual", list, hint);
	const note = make("p", "id=note part=note");
	const said = make("p", "role=status");
	const root = host.attachShadow({ mode: "open", delegatesFocus: true });
	root.adoptedStyleSheets = [SHEET];
	root.append(input, popup, note, said);

	let picked = null;
	let next = 0;
	let touched, asking, timer, speech;

	const has = (name) => host.hasAttribute(name);
	const get = (name) => host.getAttribute(name) ?? "";
	const lang = () => (host.matches(":lang(en)") ? "en" : "fr");
	const text = (key, ...values) => TEXTS[key][lang()].replace(/%/g, () => values.shift());
	const active = () => list.querySelector("[aria-selected=true]");

	function dress() {
		input.placeholder = get("placeholder");
		input.readOnly = has("readonly");
		input.ariaLabel = get("aria-label") || [...form.labels].map((each) => each.textContent.trim()).join(" ");
		input.ariaRequired = has("required");
		list.ariaLabel = text("list");
		store();
	}

	function set(entity, shown, remark = "") {
		forget();
		picked = entity;
		input.value = shown;
		input.ariaInvalid = null;
		note.textContent = remark;
		store();
	}

	function store() {
		const sent = new FormData();
		const values = { name: host.value, "label-name": picked?.label ?? "", "release-name": picked?.release ?? "" };
		for (const each in values) if (get(each)) sent.append(get(each), values[each]);
		form.setFormValue(sent, host.value);
		const empty = !input.value.trim();
		const valueMissing = empty && has("required");
		const customError = !empty && !host.value;
		form.setValidity({ valueMissing, customError }, text("missing"), input);
	}

	function emit() {
		host.dispatchEvent(new CustomEvent("change", { bubbles: true, composed: true, detail: { code: null, ...picked } }));
	}

	async function assign(code) {
		touched = true;
		code = `${code ?? ""}`.trim();
		if (!code || has("free")) return set(null, code);
		set({ code }, code);
		const found = await load(code);
		if (found) set(found, found.label, advice(found));
	}

	async function load(code) {
		const found = await answer(`concepts/${encodeURIComponent(code)}`);
		if (found) close();
		return found;
	}

	function reset() {
		assign(get("value"));
		touched = false;
	}

	function type() {
		const had = picked;
		touched = true;
		set(null, input.value);
		activate();
		if (had) emit();
		timer = setTimeout(ask, next - Date.now());
	}

	function forget() {
		clearTimeout(timer);
		asking?.abort();
		asking = null;
	}

	async function ask() {
		const q = input.value.trim();
		const asked = new URLSearchParams({ q });
		if (!q) return close();
		for (const name of ["limit", "level", "type", "system", "within", "classification", "perimeter"])
			for (const each of get(name).match(/\S+/g) ?? []) asked.append(name, each);
		if (has("include-inactive")) asked.append("include_inactive", true);
		next = Date.now() + PAUSE;
		const { hits, release } = (await answer("suggest", asked)) ?? {};
		if (!hits) return;
		show(hits.length ? "" : text("none"), hits.map((hit) => ({ ...hit, release })));
	}

	// The address of a form may name a patient: it is not passed on.
	const call = (path, options) => fetch(`${get("src").replace(/\/$/, "") || HOME}/v1/${path}`, { ...options, referrerPolicy: "no-referrer" });

	// Nothing where that fails or is overtaken.
	async function answer(path, asked = new URLSearchParams()) {
		forget();
		const own = (asking = new AbortController());
		const timers = [setTimeout(() => own.abort(), LIMIT), setTimeout(() => show(text("wait")), QUIET)];
		asked.append("lang", lang());
		if (get("release")) asked.append("release", get("release"));
		let got, body;
		try {
			got = await call(`${path}?${asked}`, { signal: own.signal });
			body = await got.json();
		} catch {} // no answer in time, or none in JSON
		timers.forEach(clearTimeout);
		if (own !== asking) return;
		if (got?.ok && body) return body;
		next += Math.min(got?.headers.get("Retry-After") ?? 0, 60) * 1000;
		const wrong = body?.[text("detail")] ?? text(navigator.onLine ? "failed" : "offline");
		root.activeElement ? show(wrong, []) : (note.textContent = wrong);
	}

	function show(told, hits) {
		if (hits) list.replaceChildren(...hits.map(option));
		hint.textContent = told;
		activate();
		open(root.activeElement);
		say(told || (hits?.length && `${text("list")}${text("is")}${hits.length}`));
	}

	function option(hit, at) {
		const { match, label, status } = hit;
		const shown = (name) => marked(name, match.text === name ? match.spans : []);
		const made = make("li", `id=o${at} part=option role=option aria-selected=false`, spoken(hit.lang, shown(label)));
		const add = (part, ...pieces) => made.append(" ", make("small", `part=${part}`, ...pieces));
		add("code", ...shown(hit.curie));
		for (const key of [hit.level, status]) if (TEXTS[key]) add("badge", text(key));
		if (match.text !== label && match.text !== hit.curie) add("why", ...why(match));
		if (!status.startsWith("active") && !has("free")) {
			add("state", advice(hit));
			if (status !== "deprecated" || !hit.replaced_by) made.ariaDisabled = true;
		}
		return Object.assign(made, { hit, rank: at + 1 });
	}

	function why({ kind, relation, source, text: name, lang: own, bearer, spans }) {
		const words = text(TEXTS[relation] ? relation : kind, kind === "linked" ? source.toUpperCase().replace("MONDO", "Mondo") : source);
		const other = own && own !== lang() ? (TEXTS[own] ? text(own) : ` (${own})`) : "";
		const shown = spoken(own, marked(name.replace(/^ICD-10/, text("icd-10")), spans));
		return [`${words}${other}${text("is")}`, shown, bearer ? text("bearer", curie(bearer)) : ""];
	}

	function advice({ curie: name, status, level, type, is_head, replaced_by, redirection }) {
		const target = replaced_by ?? redirection?.target;
		if (has("free")) return "";
		if (status === "deprecated" && target) return text("moved", name, curie(target));
		if (!status.startsWith("active")) return text("dead") + (target ? ` → ${curie(target)}` : "");
		return level === "group" ? text(is_head || type === "category" ? "category" : "groups") : "";
	}

	function open(on) {
		const some = list.children.length > 0;
		on = !!(on && (some || hint.textContent));
		if (host.isConnected) popup.togglePopover(on);
		if (on && !CSS.supports("position-area: bottom")) place();
		input.ariaExpanded = on && some;
		if (!on) activate();
	}

	function place() {
		const { left, bottom, width } = input.getBoundingClientRect();
		popup.style.cssText = `position: absolute; top: ${bottom + scrollY}px; left: clamp(0px, ${left + scrollX}px, 100% - 24rem); width: ${width}px`;
	}

	function close() {
		forget();
		show("", []);
	}

	function activate(chosen) {
		active()?.setAttribute("aria-selected", false);
		chosen?.setAttribute("aria-selected", true);
		chosen?.scrollIntoView({ block: "nearest" });
		input.setAttribute("aria-activedescendant", chosen?.id ?? "");
	}

	function say(words) {
		clearTimeout(speech);
		speech = setTimeout(() => (said.textContent = words ?? ""), 400); // after the keys
	}

	function press(event) {
		const { key, altKey } = event;
		if (event.isComposing || input.readOnly) return;
		const step = { ArrowDown: 1, ArrowUp: -1 }[key];
		if (step) altKey ? (step > 0 ? ask() : close()) : move(step);
		else if (key === "Enter") active() ? pick(active()) : submit();
		else if (key === "Escape" && popup.matches(":popover-open")) close();
		else if (key === "Escape" && input.value) type((input.value = ""));
		else {
			if (/^(Home|End|Arrow)/.test(key)) activate();
			return;
		}
		event.preventDefault();
		event.stopPropagation();
	}

	function move(step) {
		const options = [...list.children];
		const at = options.indexOf(active());
		if (!options.length) return ask();
		open(true);
		activate(options.at(at < 0 && step < 0 ? -1 : (at + step) % options.length));
	}

	function submit() {
		const button = form.form?.querySelector("button:default, [type=submit]:default");
		open(false);
		button ? button.click() : form.form?.requestSubmit();
	}

	async function pick(chosen) {
		if (!chosen || chosen.ariaDisabled) return say(chosen?.textContent);
		const { hit, rank } = chosen;
		const moved = hit.status === "deprecated" && !has("free");
		const entity = moved ? await load(hit.replaced_by) : hit;
		if (!entity) return;
		set(entity, entity.label, `${moved ? advice(hit) : ""} ${advice(entity)}`.trim());
		open(false);
		say(`${text("chosen", entity.label, entity.curie)} ${note.textContent}`);
		emit();
		if (has("uncounted")) return;
		const body = JSON.stringify({ code: entity.code, rank, release: entity.release });
		call("suggest/chosen", { method: "POST", body, headers: { "Content-Type": "application/json" }, keepalive: true }).catch(() => {});
	}

	function leave() {
		open(false);
		if (!input.value || form.validity.valid) return;
		input.ariaInvalid = true;
		say(form.validationMessage);
	}

	input.oninput = type;
	input.onkeydown = press;
	input.onclick = () => open(true);
	input.onfocus = dress;
	input.onblur = leave;
	popup.onmousedown = (event) => event.preventDefault(); // keeps the focus
	list.onclick = (event) => pick(event.target.closest("li"));

	Object.defineProperties(host, Object.getOwnPropertyDescriptors({
		get value() { return picked?.code ?? (has("free") ? input.value : ""); },
		set value(code) { assign(code); },
		get concept() { return picked; },
		checkValidity: () => form.checkValidity(),
		reportValidity: () => form.reportValidity(),
	}));

	return {
		connected() {
			// The children serve where no script runs.
			const plain = host.querySelector("input");
			const begun = plain?.matches(":focus");
			for (const each of host.querySelectorAll("input, select, button")) each.disabled = true;
			if (!touched) reset();
			if (plain?.value && !input.value) set(null, plain.value);
			dress();
			if (begun) input.focus();
		},
		attributeChanged(name) {
			if (name === "value" && !touched) reset();
			dress();
		},
		formDisabled: (off) => (input.disabled = off),
		formReset: reset,
		formStateRestore: assign,
	};
}

class OrphaPicker extends HTMLElement {
	static formAssociated = true;
	static observedAttributes = ["value", "required", "placeholder", "lang"];
	#box = combobox(this, this.attachInternals());
	static {
		for (const name of ["connected", "attributeChanged", "formDisabled", "formReset", "formStateRestore"])
			this.prototype[`${name}Callback`] = function (given) { this.#box[name](given); };
	}
}

customElements.get("orpha-picker") ?? customElements.define("orpha-picker", OrphaPicker);
