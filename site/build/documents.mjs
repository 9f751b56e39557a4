/**
 * Makes a page of a document: its links lead to pages of the site, or to the repository.
 *
 * Only as much Markdown is understood as the documents of this repository use: links in one line, fences
 * that begin at the margin or are indented, and comments that fill their line.
 */
import { posix } from "node:path";

/** Files that a page links to and that are put into the site as they are. */
export const COPIED = /\.(json|toml|svg)$/;

/** The languages that are shown in colours. The others, such as `example`, are formats of this repository. */
const COLOURED = new Set(["c", "cpp", "go", "html", "java", "js", "json", "mjs", "python", "py", "rust", "sh", "toml",
  "ts", "typescript", "xml", "yaml", "yml", "diff"]);
const PLAIN = "text";

/** A rule of the specification; its id becomes its anchor. */
export const RULE = /^- \*\*([A-Z_]+-\d+)\*\* \(/;

/** A file is opened by the browser, and not by the router of VitePress. */
const OPENED = '{target="_self"}';

/**
 * @typedef {object} Around  what a document can lead to
 * @property {Map<string, string>} pages  the page of each document
 * @property {(path: string) => boolean} exists  whether the repository has a file or folder
 * @property {string} repository  the address of its files
 * @property {(path: string) => string} copied  puts a file into the site, and returns its address there
 */

/**
 * The Markdown of a page.
 * @param {string} text  the document
 * @param {string} path  its path from the root of the repository
 * @param {Around} around
 */
export function pageOf(text, path, around) {
  let fence = null;
  const lines = text.split("\n").map((line) => {
    const mark = line.match(/^\s*(```+|~~~+)/)?.[1];
    if (fence === null && mark) {
      fence = mark;
      return line.replace(/[a-z].*$/, (info) => (COLOURED.has(info) ? info : PLAIN));
    }
    if (fence !== null && line.trim() === fence) fence = null;
    else if (fence === null) return prose(line, path, around);
    return line;
  });
  return lines.filter((line) => line !== null).join("\n");
}

/** A line outside of code. A line that is a comment is left out. */
function prose(line, path, around) {
  if (/^<!--.*-->$/.test(line.trim())) return null;
  // Code stands between backticks: one, or two around text that holds one.
  const anchored = line.replace(RULE, "- **$1**{#$1} (");
  return anchored.split(/(``.+?``|`[^`]*`)/).map((part) =>
    part.startsWith("`") ? part : part.replaceAll("{{", "&#123;&#123;")).join("")
    .replace(/\]\(([^)\s]+)\)/g, (_, target) => {
      const to = rewritten(target, path, around);
      return `](${to})${to.startsWith("/files/") ? OPENED : ""}`;
    })
    .replace(/^(\[[^\]]+\]: )(\S+)$/, (_, name, target) => name + rewritten(target, path, around));
}

/** Where a link leads in the site. */
function rewritten(target, path, { pages, exists, repository, copied }) {
  if (/^[a-z]+:/.test(target) || /^[#/]/.test(target)) return target;
  const [file, anchor] = target.split("#");
  const to = posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/, "");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  const page = pages.get(to) ?? pages.get(`${to}/README.md`);
  if (page !== undefined) return `/${page.replace(/(^|\/)index$/, "$1")}${hash}`;
  if (!exists(to)) throw new Error(`${path}: the link ${target} leads nowhere`);
  return COPIED.test(to) ? copied(to) : `${repository}/${to}${hash}`;
}
