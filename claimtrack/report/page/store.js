"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const [filters, list, row, turn] = ["filters", "list", "row", "turn"].map(byId);
  const { pages: hasPages, articles, claims } = JSON.parse(byId("data").textContent);
  const ROWS = 100;
  const [ID, WHO, SAID, WORKFLOW, VERDICT, COLOUR, SIGN, FIGURES, STEP, DUE, OVERDUE, ARTICLE, NUMBER] = Array(13).keys();
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const counted = (number) => number.toLocaleString("en");
  let fitting = claims;
  let at = 0;

  // What is looked through, made when somebody first looks.
  let speakers, texts;
  const prepare = () => {
    if (texts) return;
    speakers = claims.map((one) => fold(one[WHO]));
    texts = claims.map((one) => {
      const from = articles[one[ARTICLE]];
      return fold([one[WHO], one[SAID], one[ID], ...one[FIGURES], from ? from[0] + " " + from[1] : ""].join(" "));
    });
  };

  /** Put text into an element; a character that would turn or hide the text around it is shown by its code. */
  const say = (element, text) => {
    element.replaceChildren();
    for (const part of text.split(/([\u202a-\u202e\u2066-\u2069\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f])/)) {
      if (part.length === 1 && /[\u0001-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(part)) {
        const code = document.createElement("bdi");
        code.className = "control";
        code.dataset.code = "U+" + part.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
        element.append(code);
      } else if (part) element.append(part);
    }
    return element;
  };

  const make = (claim) => {
    const made = row.content.firstElementChild.cloneNode(true);
    const put = (selector, text) => say(made.querySelector(selector), text);
    put(".who", claim[WHO]);
    put(".statement bdi", claim[SAID]);
    const figures = made.querySelector(".figures");
    for (const figure of claim[FIGURES]) figures.append(say(document.createElement("li"), figure));
    if (!claim[FIGURES].length) figures.remove();
    made.querySelector(".verdict").classList.add(claim[COLOUR]);
    put(".verdict span", claim[SIGN] + " ");
    put(".word", claim[VERDICT] || "not rated");
    put(".workflow", claim[WORKFLOW]);
    const waits = put(".waits", claim[STEP] ? "next: " + claim[STEP] + (claim[DUE] ? ", due " + claim[DUE] : "") : "");
    if (claim[OVERDUE]) {
      waits.classList.add("late");
      waits.append(" – overdue");
    }
    put("code", claim[ID]);
    const from = articles[claim[ARTICLE]];
    if (!from) return made;
    const [title, publisher, day, url] = from;
    put("time", day);
    const name = made.querySelector(".article");
    if (url) {
      const link = document.createElement("a");
      link.href = hasPages ? url + "#c" + claim[NUMBER] : url;
      link.rel = "noopener noreferrer nofollow";
      link.append(say(document.createElement("bdi"), title));
      name.append(link);
    } else name.append(say(document.createElement("bdi"), title));
    put(".outlet-name", publisher);
    return made;
  };

  const draw = () => {
    const pages = Math.max(1, Math.ceil(fitting.length / ROWS));
    at = Math.min(Math.max(at, 0), pages - 1);
    const from = at * ROWS;
    const shown = fitting.slice(from, from + ROWS);
    list.start = from + 1;
    list.replaceChildren(...shown.map(make));
    byId("none").hidden = shown.length > 0;
    byId("count").textContent = counted(fitting.length) + " of " + counted(claims.length);
    byId("where").textContent =
      counted(from + 1) + "–" + counted(from + shown.length) + " of " + counted(fitting.length);
    turn.hidden = pages < 2;
    byId("first").disabled = byId("before").disabled = at === 0;
    byId("next").disabled = byId("last").disabled = at === pages - 1;
  };

  const filter = () => {
    prepare();
    const wanted = Object.fromEntries(new FormData(filters));
    const words = fold(wanted.text).split(/\s+/).filter(Boolean);
    const speaker = fold(wanted.speaker.trim());
    fitting = claims.filter(
      (claim, place) =>
        (!wanted.verdict ||
          (wanted.verdict === "rated" ? claim[VERDICT] !== "" :
            wanted.verdict === "none" ? claim[VERDICT] === "" : "=" + claim[VERDICT] === wanted.verdict)) &&
        (!wanted.workflow || claim[WORKFLOW] === wanted.workflow) &&
        (!wanted.step || claim[STEP] === wanted.step) &&
        (!wanted.overdue || claim[OVERDUE] === 1) &&
        (!speaker || speakers[place].includes(speaker)) &&
        words.every((word) => texts[place].includes(word)),
    );
    at = 0;
    draw();
  };
  // While somebody types, the list waits for a pause.
  let soon;
  filters.addEventListener("input", (event) => {
    clearTimeout(soon);
    soon = setTimeout(filter, event.target.type === "search" ? 120 : 0);
  });
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.addEventListener("submit", (event) => event.preventDefault());

  const turnTo = (page) => {
    at = page;
    draw();
    byId("claims").focus({ preventScroll: true });
    byId("claims").scrollIntoView();
  };
  byId("first").addEventListener("click", () => turnTo(0));
  byId("before").addEventListener("click", () => turnTo(at - 1));
  byId("next").addEventListener("click", () => turnTo(at + 1));
  byId("last").addEventListener("click", () => turnTo(Infinity));

  byId("unscripted").remove();
  filters.hidden = claims.length < 2;
  draw();
})();
