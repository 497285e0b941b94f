// On each page of the web book: news of builds, the text that changed, the overlay with problems, and the slides of the section
// that is read.
"use strict";
(() => {
  const PLACE = "builder-place";
  const page = decodeURIComponent(location.pathname).replace(/^\//, "").replace(/\.html$/, "").replace(/^$|(?<=\/)$/, "index");
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // --- the place is kept over a reload: the heading at the top of the window, and how far below it we are

  const headings = () => [...article(document).querySelectorAll("section[id]")];
  const unread = () => document.documentElement.scrollHeight - innerHeight - scrollY;  // below the window
  const longest = () => Math.min(document.documentElement.scrollHeight - innerHeight, innerHeight);

  // Where one reads: near the top, and further down over the last screen, so that each section has its turn.
  function reading_line() {
    const TOP = 120;
    return longest() > 0 ? innerHeight - (innerHeight - TOP) * Math.min(1, Math.max(0, unread()) / longest()) : TOP;
  }

  function current() {
    const line = unread() < 2 ? Infinity : reading_line();
    return headings().filter((section) => section.getBoundingClientRect().top <= line).pop() ?? headings()[0];
  }

  function remember() {
    const section = current();
    const place = { page: location.pathname, id: section?.id ?? "", offset: section ? -section.getBoundingClientRect().top : scrollY };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  function restore() {
    const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    sessionStorage.removeItem(PLACE);
    if (!place || place.page !== location.pathname) return;
    const section = place.id && document.getElementById(place.id);
    const top = section ? section.getBoundingClientRect().top + scrollY : 0;
    scrollTo({ top: top + place.offset, behavior: "instant" });
  }

  // --- a page that changed: blocks of its text are exchanged where they stand; what scripts have to set up again is loaded anew

  const { version } = document.currentScript.dataset;

  // The page as it lies on the server, with its version taken out of it.
  async function fetched() {
    const found = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
    const script = found.querySelector("script[data-version]");
    const came = { page: found, version: script?.dataset.version };
    script?.removeAttribute("data-version");
    return came;
  }

  function reload() {
    remember();
    location.reload();
  }

  const article = (page) => page.querySelector("article.bd-article") ?? page.querySelector("[role='main'], main") ?? page.body;
  const SET_UP = "script, style, pre, iframe, video, audio, canvas, svg, form, input, label, details, [class*='sd-'], .toggle, .thebe, .cell";
  const HOLDERS = new Set(["ARTICLE", "MAIN", "SECTION", "DIV", "UL", "OL", "DL", "DD", "LI", "BLOCKQUOTE", "ASIDE", "FIGURE", "TABLE", "TBODY", "THEAD", "TR"]);
  let source = fetched().then((came) => (came.version === version ? came.page : reload()));  // this page before scripts changed it

  const has_own_words = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());

  function frame(page) {
    const copy = page.cloneNode(true);
    article(copy).replaceChildren();
    return copy.documentElement.outerHTML;
  }

  // What to exchange, [live nodes, new nodes] each; null when that cannot be told.
  function exchanges(old, now, live) {
    if (old.isEqualNode(now)) return [];
    const [was, is, here] = [old, now, live].map((node) => [...node.children]);
    const same_holder = HOLDERS.has(old.tagName) && old.cloneNode(false).isEqualNode(now.cloneNode(false)) && ![old, now].some(has_own_words);
    if (!same_holder) return [[[live], [now]]];
    if (was.length !== here.length || was.some((node, number) => node.tagName !== here[number].tagName)) return null;
    let begin = 0;
    while (begin < Math.min(was.length, is.length) && was[begin].isEqualNode(is[begin])) begin += 1;
    let end = 0;
    while (end < Math.min(was.length, is.length) - begin && was.at(-1 - end).isEqualNode(is.at(-1 - end))) end += 1;
    const gone = was.slice(begin, was.length - end);
    const come = is.slice(begin, is.length - end);
    const there = here.slice(begin, here.length - end);
    if (gone.length === come.length) {
      const found = gone.map((node, number) => exchanges(node, come[number], there[number]));
      return found.includes(null) ? null : found.flat();
    }
    return there.length ? [[there, come]] : [[[here[begin - 1]].filter(Boolean), [is[begin - 1]].filter(Boolean).concat(come)]];
  }

  async function exchange(now) {
    const old = await source;
    if (old?.isEqualNode(now)) return true;
    if (!old || frame(old) !== frame(now)) return false;
    const found = exchanges(article(old), article(now), article(document));
    if (!found?.every(([gone, come]) => gone.length && ![...gone, ...come].some((node) => node.matches(SET_UP) || node.querySelector(SET_UP)))) return false;
    for (const [gone, come] of found) {
      const fresh = come.map((node) => document.importNode(node, true));
      gone[0].before(...fresh);
      gone.forEach((node) => node.remove());
      fresh.forEach((node) => node.classList.add("builder-new"));
      if (fresh.some((node) => node.matches(".math") || node.querySelector(".math"))) globalThis.MathJax?.typesetPromise?.(fresh);
    }
    source = Promise.resolve(now);
    return true;
  }

  let following = Promise.resolve();
  const follow = (changed) => (following = following.then(() => followed(changed)));  // one after the other

  async function followed(changed) {
    const own = `${page}.html`;
    const unseen = /\.html$|^_sources\/|^_downloads\/|^(searchindex\.js|objects\.inv|\.buildinfo)$/;
    const others = changed.filter((name) => name !== own && !unseen.test(name));  // pictures, scripts, style sheets
    if (!others.length && (!changed.includes(own) || (await exchange((await fetched()).page)))) return;
    reload();
  }

  // --- news

  let overlay = null;
  let last = null;  // the latest news that had an end
  const CLOSED = "builder-closed";  // what was closed on any page stays away; a build reports only what it looked at, so none is forgotten
  const SEEN = "builder-seen";  // warning → the build that brought it
  const stored = (name, empty) => JSON.parse(sessionStorage.getItem(name) ?? empty);
  const named = ({ kind, place, message }) => [kind, place, message].join("\n");

  // Errors stay until they are mended; a warning is shown for the build that brought it, on every page, and not again after each save.
  function newsworthy(news) {
    const closed = new Set(stored(CLOSED, "[]"));
    const seen = stored(SEEN, "{}");
    const found = news.problems.filter((problem) => {
      const name = named(problem);
      seen[name] ??= news.began;
      return !closed.has(name) && (problem.kind === "error" || seen[name] === news.began);
    });
    sessionStorage.setItem(SEEN, JSON.stringify(seen));
    return found;
  }

  function title_of(problems, news) {
    const errors = problems.filter((problem) => problem.kind === "error").length;
    const count = errors || problems.length;
    return `${count} ${errors ? "error" : "warning"}${count === 1 ? "" : "s"}${news.type === "failed" ? "; the last good pages are shown" : ""}`;
  }

  function show(news) {
    last = news;
    lay_over(newsworthy(news), news);
    count();
  }

  function lay_over(problems, news) {
    overlay?.remove();
    overlay = null;
    if (!problems.length) return;
    const list = element("ol", {}, ...problems.map((problem) => element("li", { class: problem.kind },
      element("code", {}, problem.place), " ", problem.message)));
    const close = element("button", { type: "button", "aria-label": "Close" }, "×");
    overlay = element("aside", { id: "builder-problems", role: "alert", class: problems.some((problem) => problem.kind === "error") ? "errors" : "warnings" },
      element("strong", {}, title_of(problems, news)), close, list);
    close.addEventListener("click", () => {
      sessionStorage.setItem(CLOSED, JSON.stringify([...new Set([...stored(CLOSED, "[]"), ...problems.map(named)])]));
      overlay.remove();
    });
    document.body.append(overlay);
  }

  // How many warnings and errors the last build had, in the bar: a click shows all of them.
  function count() {
    document.getElementById("builder-count")?.remove();
    if (!last?.problems.length) return;
    const button = element("button", { type: "button", id: "builder-count" }, title_of(last.problems, { type: "built" }));
    button.addEventListener("click", () => lay_over(last.problems, last));
    document.getElementById("builder-bar")?.append(button);
  }

  let told = () => {};

  function listen() {
    const socket = new WebSocket(`ws://${location.host}/-/events`);
    let first = true;  // what has been when this page came
    socket.addEventListener("message", (event) => {
      const news = JSON.parse(event.data);
      document.documentElement.dataset.builder = news.type;
      if (first) {
        follow([`${page}.html`]);  // what came between this page and its socket
      } else if (news.type === "pages") {
        follow(news.changed);
      } else if (news.type === "slides") {
        told();
      }
      if (news.type === "built" || news.type === "failed") {
        show(news);
        if (!first) told();
      }
      first = false;
    });
    socket.addEventListener("close", () => {
      document.documentElement.dataset.builder = "away";
      setTimeout(listen, 1000);
    });
  }

  // --- slides beside the chapter

  let last_told = "";
  let scrolled = () => {};
  document.addEventListener("scroll", () => requestAnimationFrame(() => scrolled()), { passive: true, capture: true });

  async function slides() {
    const text = await (await fetch("/-/decks.json")).text();
    if (text === last_told) return;
    last_told = text;
    const { decks, books } = JSON.parse(text);
    document.getElementById("builder-bar")?.remove();
    const bar = element("nav", { id: "builder-bar", "aria-label": "Slides and PDF" });
    document.body.append(bar);
    count();
    const mine = decks.flatMap((deck) => deck.slides.map((slide, index) => ({ ...slide, deck, number: index + 1 })))
      .filter((slide) => slide.document === page);
    for (const name of books) bar.append(element("a", { href: `/-/pdf/${encodeURIComponent(name)}`, target: "_blank" }, "PDF"));
    const lectures = [...new Set(mine.map((slide) => slide.deck))];
    for (const deck of lectures) bar.append(element("a", { href: `/-/present/${encodeURIComponent(deck.name)}`, target: "_blank", title: deck.title }, lectures.length > 1 ? `Present ${deck.title}` : "Present"));
    let panel = document.getElementById("builder-slides");
    if (!mine.length) {
      panel?.remove();
      scrolled = () => {};
      return;
    }
    panel ??= element("aside", { id: "builder-slides", "aria-label": "Slides of this section" });
    const toggle = element("button", { type: "button", "aria-expanded": "false", "aria-controls": "builder-slides" }, "Slides");
    bar.prepend(toggle);
    document.body.append(panel);
    let shown = "";

    async function fill() {
      if (!document.body.classList.contains("builder-with-slides")) return;
      const section = current();
      const ids = [];
      for (let node = section; node; node = node.parentElement?.closest("section[id]")) {
        ids.push(node.id, ...[...node.querySelectorAll(":scope > span[id]")].map((span) => span.id));
      }
      const anchor = ids.find((id) => mine.some((slide) => slide.anchor === id));
      const wanted = longest() <= 0 ? mine : anchor ? mine.filter((slide) => slide.anchor === anchor) : mine.slice(0, 1);
      const key = wanted.map((slide) => `${slide.deck.name}/${slide.number}`).join();
      if (key === shown) return;
      shown = key;
      const figures = wanted.map((slide) => {
        const deck = encodeURIComponent(slide.deck.name);
        const picture = element("img", { src: `/-/slides/${deck}/${slide.number}.png?width=760&v=${slide.deck.version}`, alt: `Slide ${slide.number}: ${slide.title}`, width: "380" });
        const link = element("a", { href: `/-/present/${deck}#${slide.number}`, target: "_blank" }, picture);
        return element("figure", {}, link, element("figcaption", {}, `${slide.deck.title}, slide ${slide.number}`));
      });
      await Promise.allSettled(figures.map((figure) => figure.querySelector("img").decode()));  // the old ones stay until then
      if (key === shown) panel.replaceChildren(...figures);
    }

    function switchTo(on) {
      document.body.classList.toggle("builder-with-slides", on);
      toggle.setAttribute("aria-expanded", String(on));
      sessionStorage.setItem("builder-with-slides", on ? "yes" : "");
      fill();
    }

    toggle.addEventListener("click", () => switchTo(!document.body.classList.contains("builder-with-slides")));
    scrolled = fill;
    switchTo(Boolean(sessionStorage.getItem("builder-with-slides")));
  }

  restore();
  listen();
  told = slides;
  slides();
})();
