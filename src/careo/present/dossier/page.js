// All works without this: it only filters, folds, and moves between entries by keyboard.
(() => {
  "use strict";
  const id = (name) => document.getElementById(name);
  const tools = id("tools"), filter = id("filter"), found = id("found"), fold = id("fold"), help = id("help");
  const entries = [...document.querySelectorAll(".e")], days = [...document.querySelectorAll(".day")];
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/n\u0303/g, "ñ").replace(/\p{M}/gu, "");
  let texts = null, waiting = 0;

  const read = () => {
    texts ??= days.flatMap((day) => {
      const date = plain(day.querySelector("h3").textContent);
      return [...day.querySelectorAll(".e")].map((entry) => date + " " + plain(entry.textContent));
    });
  };

  const show = () => {
    read();
    const words = plain(filter.value).split(/\s+/).filter(Boolean);
    let count = 0;
    entries.forEach((entry, at) => {
      const fits = words.every((word) => texts[at].includes(word));
      entry.hidden = !fits;
      count += fits;
    });
    days.forEach((day) => { day.hidden = !day.querySelector(".e:not([hidden])"); });
    found.textContent = !words.length ? "" : !count ? tools.dataset.none : tools.dataset.count.replace("{n}", count).replace("{all}", entries.length);
  };

  const unfold = (open) => {
    entries.forEach((entry) => { if (!entry.hidden) entry.firstElementChild.open = open; });
    fold.dataset.open = open ? "yes" : "";
    fold.textContent = open ? fold.dataset.collapse : fold.dataset.expand;
  };

  const move = (by) => {
    const all = entries.filter((entry) => !entry.hidden);
    const here = document.activeElement.closest(".e");
    let at = all.indexOf(here);
    if (at < 0) at = by > 0 ? all.findIndex((entry) => entry.getBoundingClientRect().top >= 0) - 1 : 1;
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    const summary = next.querySelector("summary");
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "center", behavior: "instant" });
  };

  const arrive = () => {
    const target = location.hash && id(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches(".e[hidden], .day[hidden]")) { filter.value = ""; show(); }
    const inner = target.matches(".e, .p") && target.querySelector("details");
    if (!inner) return;
    inner.open = true;
    inner.querySelector("summary").focus({ preventScroll: true });
    target.scrollIntoView({ block: "start", behavior: "instant" });
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => { const entry = document.activeElement.closest(".e"); if (entry) entry.firstElementChild.open = !entry.firstElementChild.open; },
    "/": () => filter.focus(),
    "?": () => help.showModal(),
  };

  tools.hidden = false;
  filter.addEventListener("focus", () => setTimeout(read, 60), { once: true });
  filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  filter.addEventListener("keydown", (event) => { if (event.key === "Escape") { filter.value = ""; show(); } });
  fold.addEventListener("click", () => unfold(!fold.dataset.open));
  id("keys").addEventListener("click", () => help.showModal());
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.matches("input, textarea")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  addEventListener("hashchange", arrive);
  arrive();

  let closed = [];
  addEventListener("beforeprint", () => { closed = [...document.querySelectorAll("details:not([open])")]; closed.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); });
})();
