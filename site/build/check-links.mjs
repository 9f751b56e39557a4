/** Follows every link of the built site: to a file that is there, and to an anchor that is in it. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Checks all pages.
 * @param {string} folder  the built site
 * @param {string} base  the path under which it is served, such as `/`
 * @returns {{links: number, broken: string[]}}
 */
export function checkLinks(folder, base) {
  const pages = readdirSync(folder, { recursive: true })
    .map((path) => String(path).replaceAll("\\", "/")).filter((path) => path.endsWith(".html"));
  const anchors = new Map();
  const anchorsOf = (path) => {
    if (!anchors.has(path)) {
      const text = readFileSync(join(folder, path), "utf8");
      anchors.set(path, new Set([...text.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => id)));
    }
    return anchors.get(path);
  };
  let links = 0;
  const broken = [];
  for (const page of pages) {
    const text = readFileSync(join(folder, page), "utf8");
    for (const [, target] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const decoded = target.replaceAll("&amp;", "&");
      if (/^[a-z]+:|^\/\//.test(decoded) || decoded === "#") continue;
      links += 1;
      const why = broke(folder, base, page, decoded, anchorsOf);
      if (why) broken.push(`${page}: ${decoded}: ${why}`);
    }
  }
  return { links, broken: [...new Set(broken)] };
}

/** What is wrong with a link, or `null`. */
function broke(folder, base, page, target, anchorsOf) {
  const [path, anchor] = target.split("#").map(decodeURIComponent);
  if (path.startsWith("/") && !path.startsWith(base)) return `leads out of ${base}`;
  const absolute = path.startsWith("/") ? path.slice(base.length) : posix.join(dirname(page), path);
  const found = path === "" ? page : fileOf(folder, absolute);
  if (found === null) return "the file does not exist";
  // The playground chooses its panel by the anchor.
  const isPanel = found.startsWith("playground/");
  const isThere = !anchor || isPanel || !found.endsWith(".html") || anchorsOf(found).has(anchor);
  return isThere ? null : "the heading does not exist";
}

/** The file that a server of static files with clean addresses sends. */
function fileOf(folder, path) {
  const clean = path.replace(/\/$/, "");
  const candidates = [clean, `${clean}.html`, posix.join(clean, "index.html")];
  const isFile = (it) => existsSync(join(folder, it)) && statSync(join(folder, it)).isFile();
  return candidates.find(isFile) ?? null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { links, broken } = checkLinks(process.argv[2], process.argv[3] ?? "/");
  console.log(`${links} links, ${broken.length} broken`);
  for (const it of broken) console.log(it);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
