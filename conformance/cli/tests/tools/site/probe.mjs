// Asks the playground what the command, the kit and the model were asked, and compares.

const PLAYGROUND = new URL("site/playground/", location.href).href;
const load = (name) => import(PLAYGROUND + name);
const json = async (name) => (await fetch(name)).json();

/** How many answers that are wrong are shown. */
const MOST_SHOWN = 5;

/** A comparison of answers. Members may stand in any order. */
class Answers {
  asked = 0;
  count = 0;
  wrong = [];

  compare(question, expected, got) {
    this.asked += 1;
    if (sorted(expected) === sorted(got)) return;
    this.count += 1;
    const cut = (value) => JSON.stringify(value)?.slice(0, 1000);
    if (this.wrong.length < MOST_SHOWN) this.wrong.push({ question: cut(question), expected: cut(expected), got: cut(got) });
  }
}

/** A value as text, in which the members of objects are sorted. */
function sorted(value) {
  return JSON.stringify(value, (_, it) => {
    const isObject = it !== null && typeof it === "object" && !Array.isArray(it);
    return isObject ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it;
  });
}

/** Every datagram in every revision. */
export async function vectors() {
  const { inspect } = await load("inspect.mjs");
  const answers = new Answers();
  const text = (await json("datagrams.json")).map((hex) => hex || '""').join("\n");
  for (let revision = 1; revision <= 7; revision += 1) {
    const expected = await json(`revision-${revision}.json`);
    const got = inspect(text, { revision });
    expected.forEach((it, at) => answers.compare(it.hex, it, got[at]));
  }
  return answers;
}

/** Every text. */
export async function spellings() {
  const { readSpelling, SpellingFault } = await load("spelling/read.mjs");
  const { hexOf } = await load("dissect/parts.mjs");
  const answers = new Answers();
  for (const { text, ...expected } of await json("texts.json")) {
    let got;
    try {
      const { packets, notes } = readSpelling(text);
      got = { packets: packets.map((it) => [hexOf(it.bytes), it.spelling, it.line]), notes };
    } catch (fault) {
      if (!(fault instanceof SpellingFault)) throw fault;
      got = { fault: fault.message };
    }
    answers.compare(text, expected, got);
  }
  return answers;
}

/** Every value in every revision, and every state in both forms. */
export async function values() {
  const { compose } = await load("dissect/compose.mjs");
  const { hexOf } = await load("dissect/parts.mjs");
  const { digestOf } = await load("state/digests.mjs");
  const { firstDifference } = await load("state/difference.mjs");
  const answers = new Answers();
  const refused = (it) => ({ class: it.class, rule: it.rule });
  for (const { value, revision, expected, ...question } of await json("values.json")) {
    const got = compose(value, revision);
    answers.compare({ ...question, value, revision }, expected, got.bytes ? { hex: hexOf(got.bytes) } : refused(got.refused));
  }
  for (const { state, form, expected, difference, ...question } of await json("states.json")) {
    const got = digestOf(state, form);
    const found = difference && got.text ? { other: difference.other, found: firstDifference(got.text, difference.other) } : null;
    answers.compare({ ...question, state, form }, { expected, difference }, { expected: got.refused ? refused(got.refused) : got, difference: found });
  }
  return answers;
}

/** The page itself, at the widths of a desktop and of a phone: what is typed is answered, stays text, and fits. */
export async function page() {
  const answers = new Answers();
  for (const width of [1280, 390]) {
    const frame = document.createElement("iframe");
    Object.assign(frame, { width, height: 900, src: "site/playground/index.html" });
    const loaded = new Promise((resolve) => { frame.onload = resolve; });
    document.body.append(frame);
    await loaded;
    for (const end = Date.now() + 240_000; !frame.contentDocument.querySelector("#panel-bytes .card");) {
      if (Date.now() > end) throw new Error("the page shows nothing");
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
    look(frame, width, answers);
    frame.remove();
  }
  return answers;
}

const HOSTILE = '<img src=x onerror="parent.broken=1"><script>parent.broken=1</script>';

function look(frame, width, answers) {
  const { contentDocument: page, contentWindow: window } = frame;
  const one = (selector) => page.querySelector(selector);
  const type = (selector, text) => {
    one(selector).value = text;
    one(selector).dispatchEvent(new window.Event("input", { bubbles: true }));
  };
  const shows = (selector, part) => answers.compare(`${selector} at ${width}`, part, one(selector)?.textContent.includes(part) ? part : one(selector)?.textContent);
  const fits = (what) => {
    const widest = page.documentElement.scrollWidth;
    answers.compare(`${what} at ${width}`, true, widest <= window.innerWidth || widest);
  };

  shows("#dissected h3", "STATE_HASH");
  type("#pasted", "07 00000096 0123456789abcd");
  shows("#dissected .summary", "truncated at byte 12: expected 13 bytes, found 12 bytes");
  shows("#dissected .rule", "STATE_HASH-1 MUST A STATE_HASH is exactly 13 bytes long.");
  answers.compare("the chapter", true, one("#dissected .rule a").href.endsWith("/spec/state-hash.md#STATE_HASH-1"));
  type("#pasted", "Uint8Array(19) [1, 0, 1, 0, 0, 0, 150, 2, 0, 0, 0, 0, 149, 4, 0, 0, 0, 150, 6]");
  shows("#dissected table", "entries[1].action");
  type("#revision", "3");
  type("#pasted", "BwAAAJYBI0VniavN7w==");
  shows("#dissected .summary", "a message type of revision 3");
  type("#pasted", "[10, 20, 30]");
  shows("#dissected .summary", "give --as hex or --as decimal");
  type("#pasted", HOSTILE);
  fits("the bytes");
  type("#pasted", "07".repeat(1500));
  fits("long bytes");

  one("#tab-message").click();
  type("#name", "input");
  shows("#composed h3", "INPUT");
  fits("the message");
  type("#fields [name=player]", "65536");
  shows("#composed .rule", "INPUT-12 MUST");
  type("#fields [name=player]", HOSTILE);
  type("#name", "ping");
  shows("#composed table", "100 ms");

  one("#tab-state").click();
  shows("#difference", "First difference at $.players[0].x");
  type("#theirs", one("#mine").value);
  shows("#difference", "The same canonical text");
  type("#theirs", "[1,");
  shows("#digest-theirs .rule", "DIGEST-1");
  type("#mine", JSON.stringify({ [HOSTILE]: 1 }));
  type("#theirs", JSON.stringify({ [HOSTILE]: 2 }));
  fits("the state");
  answers.compare("elements that were pasted", 0, page.querySelectorAll("img, script:not([type=module])").length);
  answers.compare("scripts that were pasted", undefined, globalThis.broken);
}
