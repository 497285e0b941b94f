// The speaker's window: current and next slide, notes, and a clock against the minutes that the deck plans.
"use strict";
const at = (id) => document.getElementById(id);
const clock = { begun: 0, before: 0, runs: false };
const elapsed = () => clock.before + (clock.runs ? Date.now() - clock.begun : 0);
const minutes = (milliseconds) => {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

function planned(upTo) {
  return state.deck.slides.slice(0, upTo).reduce((sum, slide) => sum + slide.minutes, 0);
}

function plan(count) {
  return count ? `${count} minute${count === 1 ? "" : "s"} planned for this slide` : "";
}

function tick() {
  if (!state.deck) return;
  at("elapsed").textContent = minutes(elapsed());
  const late = elapsed() / 60000 - planned(state.number);
  at("pace").textContent = clock.runs || clock.before
    ? late > 0.25 ? `${minutes(late * 60000)} behind the plan` : `this slide until ${minutes(planned(state.number) * 60000)}`
    : plan(state.deck.slides[state.number - 1]?.minutes ?? 0);
  at("pace").classList.toggle("late", late > 0.25);
}

listeners.push(() => {
  const { deck, number } = state;
  const slide = deck.slides[number - 1];
  at("title").textContent = deck.title;
  at("count").textContent = `${number} of ${deck.slides.length}${stepsOf(number) ? `, step ${state.step} of ${stepsOf(number)}` : ""}`;
  at("planned").textContent = `${deck.minutes || Math.round(planned(deck.slides.length))}:00`;
  at("now").src = current(1280);
  at("now").alt = `Slide ${number}: ${slide?.title ?? ""}`;
  at("next").hidden = number >= deck.slides.length;
  at("end").hidden = !at("next").hidden;
  if (number < deck.slides.length) {
    at("next").src = picture(number + 1, 760);
    at("next").alt = `Next: ${deck.slides[number].title}`;
  }
  at("notes").replaceChildren(...(slide?.notes ?? []).map((text) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    return paragraph;
  }));
  at("notes").scrollTop = 0;
  document.body.classList.toggle("black", state.black);
  tick();
});

at("back").addEventListener("click", back);
at("forward").addEventListener("click", forward);
at("open").addEventListener("click", () => window.open(`/-/show/${encodeURIComponent(deckName)}#${state.number}`, `builder-room-${deckName}`, "width=960,height=540"));
at("clock").addEventListener("click", () => {
  if (clock.runs) clock.before = elapsed();
  clock.begun = Date.now();
  clock.runs = !clock.runs;
  at("clock").textContent = clock.runs ? "Pause" : "Go on";
  tick();
});
at("again").addEventListener("click", () => {
  Object.assign(clock, { begun: Date.now(), before: 0 });
  tick();
});
setInterval(tick, 500);
