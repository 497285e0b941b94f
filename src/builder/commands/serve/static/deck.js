// What the window for the room and the window of the speaker share: one deck, one slide at a time, in step with each other.
"use strict";
const deckName = decodeURIComponent(location.pathname.split("/").pop());
const channel = new BroadcastChannel(`builder-${deckName}`);
const state = { deck: null, number: 1, black: false };
const listeners = [];

const picture = (number, width) => `/-/slides/${encodeURIComponent(deckName)}/${number}.png?width=${width}&v=${state.deck.version}`;
const changed = () => listeners.forEach((listener) => listener());

function go(number, { told = false, black = false } = {}) {
  if (!state.deck) return;
  state.number = Math.min(Math.max(number, 1), Math.max(state.deck.slides.length, 1));
  state.black = black;
  history.replaceState(null, "", `#${state.number}`);
  if (!told) channel.postMessage({ number: state.number, black });
  changed();
}

channel.addEventListener("message", ({ data }) => {
  if (data.ask) channel.postMessage({ number: state.number, black: state.black });
  else go(data.number, { told: true, black: data.black });
});

const keys = {
  ArrowRight: () => go(state.number + 1), ArrowDown: () => go(state.number + 1), PageDown: () => go(state.number + 1),
  " ": () => go(state.number + 1), Enter: () => go(state.number + 1), n: () => go(state.number + 1),
  ArrowLeft: () => go(state.number - 1), ArrowUp: () => go(state.number - 1), PageUp: () => go(state.number - 1),
  Backspace: () => go(state.number - 1), p: () => go(state.number - 1),
  Home: () => go(1), End: () => go(Infinity),
  b: () => go(state.number, { black: !state.black }), ".": () => go(state.number, { black: !state.black }),
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
  go(state.number, { told: true, black: state.black });
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
