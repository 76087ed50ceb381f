"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const [story, tip, filters, keys, letters] = ["story", "tip", "filters", "keys", "letters"].map(byId);
  const cards = all(".card");
  const cardOf = new Map(cards.map((card) => [card.dataset.n, card]));
  const text = story.querySelector(".text");
  const numbers = (words) => (words || "").split(" ").filter(Boolean);
  const narrow = matchMedia("(max-width: 60rem)");
  let chosen = null;

  // Marks and cards. Every mark knows the claims it belongs to, the innermost first.
  const marks = new Map(cards.map((card) => [card.dataset.n, []]));
  for (const mark of all("[data-q], [data-s], [data-u]", text)) {
    const own = [mark.dataset.q, mark.dataset.s, mark.dataset.u].flatMap(numbers);
    for (const number of new Set(own)) marks.get(number)?.push(mark);
  }

  const closer = document.createElement("button");
  closer.type = "button";
  closer.className = "closer";
  closer.textContent = "Close";
  closer.addEventListener("click", () => leave());

  const light = (number, on) => {
    for (const mark of marks.get(number)) {
      mark.classList.toggle("on", on && numbers(mark.dataset.q).includes(number));
      mark.classList.toggle("on-source", on && numbers(mark.dataset.s).includes(number));
      mark.classList.toggle("on-cue", on && numbers(mark.dataset.u).includes(number));
    }
    byId("t" + number)?.classList.toggle("on", on);
    const card = cardOf.get(number);
    card.classList.toggle("on", on);
    if (on) card.setAttribute("aria-current", "true");
    else card.removeAttribute("aria-current");
  };

  const leave = () => {
    if (chosen) light(chosen, false);
    if (document.body.classList.contains("sheet")) byId("t" + chosen)?.focus({ preventScroll: true });
    chosen = null;
    closer.remove();
    document.body.classList.remove("choosing", "sheet");
  };

  /** Choose a claim. `from` is where the reader is: "text", "card" or "keys"; the other side comes into view. */
  const choose = (number, from) => {
    const card = cardOf.get(number);
    if (!card || card.hidden) return;
    if (chosen !== number) {
      leave();
      chosen = number;
      light(number, true);
      document.body.classList.add("choosing");
    }
    const mark = marks.get(number).find((one) => one.classList.contains("on"));
    if (from === "text" && narrow.matches) {
      document.body.classList.add("sheet");
      card.prepend(closer);
      card.focus({ preventScroll: true });
    } else if (from === "text") {
      card.scrollIntoView({ block: "nearest" });
    } else if (!narrow.matches) {
      mark?.scrollIntoView({ block: "center" });
    }
    if (from === "keys") {
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
    }
  };

  text.addEventListener("click", (event) => {
    const link = event.target.closest(".ref");
    if (link) {
      event.preventDefault();
      choose(link.dataset.n, "text");
      cardOf.get(link.dataset.n).focus({ preventScroll: true });
      return;
    }
    const mark = event.target.closest("[data-q], [data-s], [data-u]");
    if (!mark || !getSelection().isCollapsed) return;
    const own = [mark.dataset.q, mark.dataset.s, mark.dataset.u].flatMap(numbers);
    const open = own.filter((number) => !cardOf.get(number).hidden);
    if (open.length) choose(open[(open.indexOf(chosen) + 1) % open.length], "text");
  });

  const inText = (number) => {
    choose(number, "card");
    const end = byId("t" + number);
    marks.get(number).find((one) => one.classList.contains("on"))?.scrollIntoView({ block: "center" });
    end?.focus({ preventScroll: true });
  };

  for (const card of cards) {
    card.addEventListener("click", (event) => {
      if (event.target.closest(".number")) {
        event.preventDefault();
        document.body.classList.remove("sheet");
        inText(card.dataset.n);
      } else if (!event.target.closest("a, button, summary")) choose(card.dataset.n, "card");
    });
    card.addEventListener("focusin", () => {
      if (card.dataset.n !== chosen) choose(card.dataset.n, "card");
    });
  }

  const goTo = () => {
    const number = /^#[ct](\d+)$/.exec(location.hash)?.[1];
    if (number && cardOf.has(number)) choose(number, "keys");
  };
  addEventListener("hashchange", goTo);

  // Filters: cards are hidden, marks and numbers of hidden claims fade.
  const filter = () => {
    const wanted = Object.fromEntries(new FormData(filters));
    let count = 0;
    for (const card of cards) {
      const { voice, verdict, kind, figures } = card.dataset;
      const fits =
        (!wanted.voice || numbers(voice).includes(wanted.voice)) &&
        (!wanted.verdict || verdict === wanted.verdict) &&
        (!wanted.kind || kind === wanted.kind) &&
        (!wanted.figures || figures !== "0");
      card.hidden = !fits;
      const end = byId("t" + card.dataset.n);
      if (end) end.hidden = !fits;
      count += fits;
    }
    for (const mark of all("[data-q], [data-s], [data-u]", text)) {
      const own = [mark.dataset.q, mark.dataset.s, mark.dataset.u].flatMap(numbers);
      mark.classList.toggle("off", own.every((number) => cardOf.get(number).hidden));
    }
    byId("count").textContent = count + " of " + cards.length;
    if (chosen && cardOf.get(chosen).hidden) leave();
  };
  filters.addEventListener("input", filter);
  filters.addEventListener("reset", () => setTimeout(filter));

  // Figures and dates: their normal form on hover or focus; Esc hides it.
  let hiding;
  const showTip = (note) => {
    clearTimeout(hiding);
    tip.textContent = note.getAttribute("value");
    tip.hidden = false;
    note.setAttribute("aria-describedby", "tip");
    const at = note.getClientRects()[0];
    const own = tip.getBoundingClientRect();
    tip.style.left = Math.max(8, Math.min(at.left, innerWidth - own.width - 8)) + "px";
    tip.style.top = (at.top > own.height + 12 ? at.top - own.height - 6 : at.bottom + 6) + "px";
  };
  const hideTip = () => (tip.hidden = true);
  const soon = () => (hiding = setTimeout(hideTip, 200));
  for (const note of all("data", text)) {
    note.addEventListener("pointerenter", () => showTip(note));
    note.addEventListener("pointerleave", soon);
    note.addEventListener("focus", () => showTip(note));
    note.addEventListener("blur", hideTip);
  }
  tip.addEventListener("pointerenter", () => clearTimeout(hiding));
  tip.addEventListener("pointerleave", soon);
  addEventListener("scroll", hideTip, { passive: true });

  // The walk: j and k, arrows while a claim is chosen, Enter from side to side, Esc, ?.
  const step = (by) => {
    const open = cards.filter((card) => !card.hidden);
    if (!open.length) return;
    const at = open.findIndex((card) => card.dataset.n === chosen);
    const next = at < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + by));
    choose(open[next].dataset.n, "keys");
  };
  const help = () => keys.showModal();
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.target.closest("input, select, button, summary, textarea")) {
      if (event.key === "Escape") leave();
      return;
    }
    const letter = letters.checked ? event.key : "";
    const onCard = event.target.classList?.contains("card");
    if (letter === "j" || (event.key === "ArrowDown" && chosen && onCard)) step(1);
    else if (letter === "k" || (event.key === "ArrowUp" && chosen && onCard)) step(-1);
    else if (event.key === "Enter" && onCard) inText(event.target.dataset.n);
    else if (letter === "?") help();
    else if (event.key === "Escape") {
      if (tip.hidden) leave();
      else hideTip();
      return;
    } else return;
    event.preventDefault();
  });
  byId("help").addEventListener("click", help);
  byId("shut").addEventListener("click", () => keys.close());

  byId("help").hidden = false;
  filters.hidden = cards.length < 2;
  goTo();
})();
