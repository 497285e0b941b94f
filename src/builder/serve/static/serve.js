// On each page of the web book: news of builds, the overlay with problems, and the slides of the section that is read.
"use strict";
(() => {
  const PLACE = "builder-place";
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // --- the place is kept over a reload: the heading at the top of the window, and how far below it we are

  const headings = () => [...document.querySelectorAll("article section[id], main section[id]")];
  const current = () => headings().filter((section) => section.getBoundingClientRect().top <= 120).pop() ?? headings()[0];

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

  // --- news

  let overlay = null;

  function show(news) {
    overlay?.remove();
    if (!news.problems.length) return;
    const errors = news.problems.filter((problem) => problem.kind === "error").length;
    const list = element("ol", {}, ...news.problems.map((problem) => element("li", { class: problem.kind },
      element("code", {}, problem.place), " ", problem.message)));
    const close = element("button", { type: "button", "aria-label": "Close" }, "×");
    const title = errors ? `${errors} ${errors === 1 ? "error" : "errors"}; the last good pages are shown` : `${news.problems.length} warnings`;
    overlay = element("aside", { id: "builder-problems", role: "alert", class: errors ? "errors" : "warnings" },
      element("strong", {}, title), close, list);
    close.addEventListener("click", () => overlay.remove());
    document.body.append(overlay);
  }

  let told = () => {};

  function listen() {
    const socket = new WebSocket(`ws://${location.host}/-/events`);
    let first = true;  // what has been when this page came
    socket.addEventListener("message", (event) => {
      const news = JSON.parse(event.data);
      document.documentElement.dataset.builder = news.type;
      if (news.type === "pages" && news.changed && !first) {
        remember();
        location.reload();
      } else if (news.type === "built" || news.type === "failed") {
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

  const page = decodeURIComponent(location.pathname).replace(/^\//, "").replace(/\.html$/, "") || "index";

  async function slides() {
    const { decks, books } = await (await fetch("/-/decks.json")).json();
    document.getElementById("builder-bar")?.remove();
    document.getElementById("builder-slides")?.remove();
    const bar = element("nav", { id: "builder-bar", "aria-label": "Slides and PDF" });
    document.body.append(bar);
    const mine = decks.flatMap((deck) => deck.slides.map((slide, index) => ({ ...slide, deck, number: index + 1 })))
      .filter((slide) => slide.document === page);
    for (const name of books) bar.append(element("a", { href: `/-/pdf/${encodeURIComponent(name)}`, target: "_blank" }, "PDF"));
    const lectures = [...new Set(mine.map((slide) => slide.deck))];
    for (const deck of lectures) bar.append(element("a", { href: `/-/present/${encodeURIComponent(deck.name)}`, target: "_blank" }, `Present ${deck.title}`));
    if (!mine.length) return;
    const panel = element("aside", { id: "builder-slides", "aria-label": "Slides of this section" });
    const toggle = element("button", { type: "button", "aria-expanded": "false", "aria-controls": "builder-slides" }, "Slides");
    bar.prepend(toggle);
    document.body.append(panel);
    let shown = "";

    function fill() {
      if (!document.body.classList.contains("builder-with-slides")) return;
      const section = current();
      const ids = [];
      for (let node = section; node; node = node.parentElement?.closest("section[id]")) {
        ids.push(node.id, ...[...node.querySelectorAll(":scope > span[id]")].map((span) => span.id));
      }
      const anchor = ids.find((id) => mine.some((slide) => slide.anchor === id));
      const wanted = anchor ? mine.filter((slide) => slide.anchor === anchor) : mine.slice(0, 1);
      const key = wanted.map((slide) => `${slide.deck.name}/${slide.number}`).join();
      if (key === shown) return;
      shown = key;
      panel.replaceChildren(...wanted.map((slide) => {
        const deck = encodeURIComponent(slide.deck.name);
        const picture = element("img", { src: `/-/slides/${deck}/${slide.number}.png?width=760&v=${Date.now()}`, alt: `Slide ${slide.number}: ${slide.title}`, width: "380" });
        const link = element("a", { href: `/-/present/${deck}#${slide.number}`, target: "_blank" }, picture);
        return element("figure", {}, link, element("figcaption", {}, `${slide.deck.title}, slide ${slide.number}`));
      }));
    }

    function switchTo(on) {
      document.body.classList.toggle("builder-with-slides", on);
      toggle.setAttribute("aria-expanded", String(on));
      sessionStorage.setItem("builder-with-slides", on ? "yes" : "");
      fill();
    }

    toggle.addEventListener("click", () => switchTo(!document.body.classList.contains("builder-with-slides")));
    document.addEventListener("scroll", () => requestAnimationFrame(fill), { passive: true, capture: true });
    switchTo(Boolean(sessionStorage.getItem("builder-with-slides")));
  }

  restore();
  listen();
  told = slides;
  slides();
})();
