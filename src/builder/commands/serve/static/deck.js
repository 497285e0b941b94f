// What the window for the room and the window of the speaker share: one deck, one slide at a time, in step with each other.
"use strict";
const deckName = decodeURIComponent(location.pathname.split("/").pop());
const channel = new BroadcastChannel(`builder-${deckName}`);
const state = { deck: null, number: 1, step: 0, black: false };
const listeners = [];

const picture = (number, width, step) => `/-/slides/${encodeURIComponent(deckName)}/${number}.png?width=${width}&v=${state.deck.version}${step === undefined ? "" : `&step=${step}`}`;
const stepsOf = (number) => state.deck?.slides[number - 1]?.steps ?? 0;
const current = (width) => picture(state.number, width, stepsOf(state.number) ? state.step : undefined);
const changed = () => listeners.forEach((listener) => listener());

function go(number, { told = false, black = false, step = 0 } = {}) {
  if (!state.deck) return;
  state.number = Math.min(Math.max(number, 1), Math.max(state.deck.slides.length, 1));
  state.step = Math.min(step, stepsOf(state.number));
  state.black = black;
  history.replaceState(null, "", `#${state.number}`);
  if (!told) channel.postMessage({ number: state.number, step: state.step, black });
  changed();
}

channel.addEventListener("message", ({ data }) => {
  if (data.ask) channel.postMessage({ number: state.number, step: state.step, black: state.black });
  else go(data.number, { told: true, black: data.black, step: data.step });
});

const forward = () => (state.step < stepsOf(state.number) ? go(state.number, { step: state.step + 1 }) : go(state.number + 1));
const back = () => (state.step > 0 ? go(state.number, { step: state.step - 1 }) : go(state.number - 1, { step: state.number > 1 ? Infinity : 0 }));

const keys = {
  ArrowRight: forward, ArrowDown: forward, PageDown: forward, " ": forward, Enter: forward, n: forward,
  ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back, p: back,
  Home: () => go(1), End: () => go(Infinity),
  b: () => go(state.number, { black: !state.black, step: state.step }), ".": () => go(state.number, { black: !state.black, step: state.step }),
  f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
};

document.addEventListener("keydown", (event) => {
  const action = keys[event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("button, a, input")) return;
  event.preventDefault();
  action();
});

async function load() {
  const { decks } = await (await fetch("/-/decks.json")).json();
  const deck = decks.find((one) => one.name === deckName);
  if (!deck || JSON.stringify(deck) === JSON.stringify(state.deck)) return;
  state.deck = deck;
  document.title = document.title.replace(/^.* · |^/, `${deck.title} · `);
  go(state.number, { told: true, black: state.black, step: state.step });
}

function listen() {
  const socket = new WebSocket(`ws://${location.host}/-/events`);
  socket.addEventListener("message", (event) => ["slides", "built"].includes(JSON.parse(event.data).type) && load());
  socket.addEventListener("close", () => setTimeout(listen, 1000));
}

state.number = Number(location.hash.slice(1)) || 1;
if (!location.hash) channel.postMessage({ ask: true });
load();
listen();

// A phone that has typed the code turns the window that was opened last, and sees what it shows.
const actions = { forward, back, first: () => go(1), black: keys.b };
let podium = null;

function say() {
  if (podium?.readyState === WebSocket.OPEN) podium.send(JSON.stringify({ deck: deckName, number: state.number, step: state.step, black: state.black }));
}

function mount() {
  podium = new WebSocket(`ws://${location.host}/-/podium`);
  podium.addEventListener("open", say);
  podium.addEventListener("message", ({ data }) => actions[JSON.parse(data).action]?.());
  podium.addEventListener("close", () => setTimeout(mount, 1000));
}

listeners.push(say);
mount();
