/** Which documents of the repository are pages of the site, and in which order they are listed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The chapters of the specification, in the groups of the navigation. */
const CHAPTERS = [
  ["Messages", ["common", "refusals", "input", "liveness", "episode", "state-hash", "focus"]],
  ["Hashes", ["exchange", "detect", "digest"]],
  ["A whole peer", ["peer", "peer-sync", "peer-live", "peer-valid", "peer-episode", "peer-catchup", "peer-focus"]],
  ["Around them", ["traps", "revisions", "transport", "text-frames", "behaviour", "hazards", "security", "founding"]],
  ["For tools", ["adapter", "capture", "trace"]],
];

const GUIDES = ["port-in-an-hour", "ci-in-five-minutes", "my-players-desync", "c-and-sanitizers", "fuzzing-at-scale"];

/** Pages that are READMEs: the file, the page, and the name in the navigation. */
const IMPLEMENTATIONS = [
  ["conformance/implementations/javascript/README.md", "implementations/javascript", "JavaScript"],
  ["conformance/implementations/python/README.md", "implementations/python", "Python"],
  ["conformance/implementations/rust/README.md", "implementations/rust", "Rust"],
  ["conformance/implementations/java/README.md", "implementations/java", "Java"],
  ["codec/README.md", "implementations/codec", "The codec in Rust"],
];

const TOOLS = [
  ["README.md", "tools/rollwire", "rollwire in one page"],
  ["conformance/packages/README.md", "tools/packages", "Packages"],
  ["conformance/packages/npm/README.md", "tools/npm", "For node:test and vitest"],
  ["conformance/packages/python/README.md", "tools/pytest", "For pytest"],
  ["conformance/packages/rust/README.md", "tools/cargo-test", "For cargo test"],
  ["conformance/tap/README.md", "tools/tap", "Record a game"],
  ["conformance/interop/README.md", "tools/interop", "Interop"],
  ["conformance/dissectors/README.md", "tools/dissectors", "Wireshark and Kaitai Struct"],
  ["conformance/baselines/README.md", "tools/baselines", "Baselines"],
  ["vectors/README.md", "tools/vectors", "Vectors"],
  ["fuzz/README.md", "tools/fuzz", "Fuzz targets"],
];

const PROJECT = [
  ["ARCHITECTURE.md", "project/architecture", "Architecture"],
  ["CONTRIBUTING.md", "project/contributing", "Contributing"],
  ["DECISIONS.md", "project/decisions", "Decisions"],
  ["CHANGELOG.md", "project/changelog", "Changelog"],
  ["SECURITY.md", "project/security", "Security"],
];

/**
 * All pages.
 * @param {string} root  the repository
 * @returns {{pages: Map<string, string>, sidebar: object[]}} the page of each document, by paths from
 *   the root and from the site; and the navigation
 */
export function sources(root) {
  const pages = new Map([
    ["site/pages/index.md", "index"], ["site/pages/matrix.md", "matrix"],
    ["site/pages/playground.md", "playground/index"], ["spec/README.md", "spec/index"],
  ]);
  const titled = (file, page) => {
    pages.set(file, page);
    return { text: titleOf(join(root, file)), link: linkOf(page) };
  };
  const named = ([file, page, text]) => {
    pages.set(file, page);
    return { text, link: linkOf(page) };
  };
  const guides = GUIDES.map((name) => titled(`site/guides/${name}.md`, `guides/${name}`));
  const chapters = CHAPTERS.map(([text, names]) => ({
    text, collapsed: text !== "Messages", items: names.map((name) => titled(`spec/${name}.md`, `spec/${name}`)),
  }));
  const first = [{ text: "Playground", link: "/playground/" }, { text: "Matrix", link: "/matrix" }];
  const sidebar = [
    { text: "Guides", items: guides },
    { text: "In the browser", items: first },
    { text: "Specification", items: [{ text: "Overview", link: "/spec/" }, ...chapters] },
    { text: "Implementations", collapsed: true, items: IMPLEMENTATIONS.map(named) },
    { text: "Tools", collapsed: true, items: TOOLS.map(named) },
    { text: "Project", collapsed: true, items: PROJECT.map(named) },
  ];
  return { pages, sidebar };
}

const linkOf = (page) => `/${page.replace(/(^|\/)index$/, "$1")}`;

/** The first heading of a document. */
function titleOf(path) {
  const found = readFileSync(path, "utf8").match(/^# (.+)$/m);
  if (!found) throw new Error(`${path} has no heading`);
  return found[1];
}
