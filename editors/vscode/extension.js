// Starts `builder lsp`, and shows the slides of the section under the cursor beside the text.
"use strict";
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

const PATIENCE = 200; // milliseconds that the cursor stands still before its slides are asked for
let client = null;
let panel = null;
let waiting = null;

const command = () => vscode.workspace.getConfiguration("builder").get("command");
const folder = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;

async function activate(context) {
  const [program, ...before] = command();
  client = new LanguageClient(
    "builder",
    "Book-deck-builder",
    { command: program, args: [...before, "lsp", "--stdio"], transport: TransportKind.stdio, options: { cwd: folder() } },
    {
      documentSelector: [
        { scheme: "file", language: "markdown" },
        { scheme: "file", pattern: "**/conf.py" },
        { scheme: "file", pattern: "**/lectures.toml" },
      ],
    },
  );
  context.subscriptions.push(
    vscode.commands.registerCommand("builder.slides", open),
    vscode.commands.registerCommand("builder.serve", serve),
    vscode.window.onDidChangeTextEditorSelection(later),
    vscode.window.onDidChangeActiveTextEditor(later),
    vscode.workspace.onDidSaveTextDocument(later),
  );
  await client.start();
}

function open() {
  panel ??= vscode.window.createWebviewPanel("builder.slides", "Slides", { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  panel.onDidDispose(() => (panel = null));
  return show();
}

function later() {
  clearTimeout(waiting);
  if (panel) waiting = setTimeout(show, PATIENCE);
}

async function show() {
  const editor = vscode.window.activeTextEditor;
  if (!panel || !client || editor?.document.languageId !== "markdown") return;
  const { line, character } = editor.selection.active;
  const textDocument = { uri: client.code2ProtocolConverter.asUri(editor.document.uri) };
  const slides = await client.sendRequest("builder/slides", { textDocument, position: { line, character } });
  if (panel) panel.webview.html = page(slides);
}

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(slides) {
  const figures = slides.map(({ title, number, slide, picture }) =>
    `<figure><img src="${escaped(picture)}" alt="${escaped(slide)}"><figcaption>${escaped(title)}, slide ${number}</figcaption></figure>`);
  const empty = "<p>This section has no slide in the last build. Run <code>builder serve</code> to have slides follow each save.</p>";
  return `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<style>figure { margin: 0 0 1rem; } img { width: 100%; }</style></head><body>${figures.join("") || empty}</body></html>`;
}

function serve() {
  const terminal = vscode.window.createTerminal({ name: "builder serve", cwd: folder() });
  terminal.sendText([...command(), "serve", "--open"].join(" "));
  terminal.show(true);
}

const deactivate = () => client?.stop();

module.exports = { activate, deactivate, page };
