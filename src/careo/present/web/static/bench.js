// All pages work without this: it moves by keyboard, explains words, and keeps the address in step with the filters.
const id = (name) => document.getElementById(name);
const typing = (target) => target.matches("input, textarea, select");

// ---- keys

const move = (by) => {
  const all = [...document.querySelectorAll("[data-keys] .go")];
  if (!all.length) {
    document.querySelector(by > 0 ? ".crumbs [rel=next]" : ".crumbs [rel=prev]")?.click();
    return;
  }
  let at = all.indexOf(document.activeElement);
  if (at < 0) at = by > 0 ? all.findIndex((one) => one.getBoundingClientRect().top >= 0) - 1 : 1;
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center", behavior: "instant" });
};

const keys = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => id("find").focus(),
  z: () => id("undo")?.requestSubmit(),
  "?": () => id("help").showModal(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || id("help").open || typing(event.target)) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
id("keys").addEventListener("click", () => id("help").showModal());

// ---- the words that a link pointed at

const words = id("words");
if (words && location.hash === "#words") {
  words.scrollIntoView({ block: "center", behavior: "instant" });
  words.focus({ preventScroll: true });
}

// ---- what was read in a word

const panel = id("explained");
let held = null;
const explain = (word) => {
  const told = word.dataset.n.trim().split(" ").map((n) => id("n" + n)).filter(Boolean);
  const copies = told.map((one) => {
    const copy = document.createElement("div");
    copy.className = "told-note";
    for (const child of one.children) copy.append(child.cloneNode(true));
    return copy;
  });
  panel.replaceChildren(...copies);
  held?.classList.remove("held");
  held = word;
  word.classList.add("held");
};
if (panel) {
  for (const kind of ["mouseover", "focusin", "click"]) {
    addEventListener(kind, (event) => {
      const word = event.target.closest?.("a.an");
      if (!word) return;
      explain(word);
      if (kind === "click") event.preventDefault();
    });
  }
}

// ---- narrow windows begin with the filters folded

const box = id("filterbox");
if (box && matchMedia("(max-width: 60rem)").matches) box.open = false;

// ---- forms that answer a click without leaving the page

document.addEventListener("change", (event) => {
  const form = event.target.closest("form.layers");
  if (form) form.requestSubmit();
});

// ---- files dropped on the page

const drop = id("drop");
const chosen = id("files");
// The browser's own button speaks the browser's language: what was chosen is told here.
chosen?.addEventListener("change", () => {
  const names = [...chosen.files].map((one) => one.name);
  id("picked").textContent = names.length > 3 ? id("picked").dataset.many.replace("0", names.length) : names.join(", ");
});
const within = async (entry) => {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) if (!one.name.startsWith(".")) found.push(...await within(one));
  }
};
if (drop) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
    });
  }
  addEventListener("drop", async (event) => {
    // Taken before the first wait, after which the event tells nothing.
    const files = [...event.dataTransfer.files];
    const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
    const held = new DataTransfer();
    for (const entry of entries) for (const file of await within(entry)) held.items.add(file);
    // What is no entry of a disk, such as an attachment dragged from a mail.
    if (!entries.length) for (const file of files) held.items.add(file);
    if (!held.files.length) return;
    id("files").files = held.files;
    drop.closest("form").requestSubmit();
  });
}
