/** The playground: three panels, of which one is shown. */
import { bytesPanel } from "./views/bytes.mjs";
import { el, fill } from "./views/elements.mjs";
import { messagePanel } from "./views/message.mjs";
import { setChapters } from "./views/refusal.mjs";
import { statePanel } from "./views/state.mjs";

const PANELS = [
  ["bytes", "Dissect bytes", bytesPanel],
  ["message", "Build a message", messagePanel],
  ["state", "Digest a state", statePanel],
];

/**
 * Shows the playground in an element.
 * @param {HTMLElement} root  its content is replaced
 * @param {{folder?: string, ending?: string}} chapters  where the chapters of the specification are
 */
export function start(root, { folder = "../../spec/", ending = ".md" } = {}) {
  setChapters(folder, ending);
  const panels = PANELS.map(([, , make]) => make());
  const tabs = PANELS.map(([id, label], at) =>
    el("button.tab", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, onclick: () => visit(at) }, label));
  const choose = (chosen) => {
    tabs.forEach((tab, at) => tab.setAttribute("aria-selected", String(at === chosen)));
    panels.forEach((panel, at) => { panel.hidden = at !== chosen; });
  };
  // The address leads back to the panel.
  const visit = (chosen) => {
    history.replaceState(history.state, "", `#${PANELS[chosen][0]}`);
    choose(chosen);
  };
  panels.forEach((panel) => panel.setAttribute("role", "tabpanel"));
  fill(root, el("div.tabs", { role: "tablist" }, ...tabs), ...panels);
  choose(Math.max(0, PANELS.findIndex(([id]) => `#${id}` === location.hash)));
}
