/** Puts together what VitePress reads: pages, theme, playground, and files that pages link to. */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pageOf, RULE } from "./documents.mjs";
import { sources } from "./sources.mjs";

/** A report is not a page of VitePress, so the browser has to open it. */
const REPORT = '[The same as a report of the kit](/reports/matrix.html){target="_self"}, in one file.';

const REPOSITORY = "https://github.com/rollwire/rollwire/blob/main";

/**
 * Writes the folder that VitePress builds.
 * @param {string} root  the repository
 * @param {string} folder  is emptied first, except for the packages of npm in it
 * @param {{table: string, rows: object[], report: string}} matrix  what the page of that name shows
 */
export function stage(root, folder, matrix) {
  for (const name of ["pages", ".vitepress"]) rmSync(join(folder, name), { recursive: true, force: true });
  const pages = join(folder, "pages");
  const files = join(pages, "public/files");
  const { pages: pageOfDocument, sidebar } = sources(root);
  const around = {
    pages: pageOfDocument,
    exists: (path) => existsSync(join(root, path)),
    repository: REPOSITORY,
    copied(path) {
      mkdirSync(dirname(join(files, path)), { recursive: true });
      copyFileSync(join(root, path), join(files, path));
      return `/files/${path}`;
    },
  };
  const rules = pagesOfRules(root, pageOfDocument);
  for (const [path, page] of pageOfDocument) {
    const to = join(pages, `${page}.md`);
    mkdirSync(dirname(to), { recursive: true });
    const text = readFileSync(join(root, path), "utf8");
    writeFileSync(to, pageOf(filled(text, matrix, rules), path, around));
  }
  cpSync(join(root, "site/theme"), join(folder, ".vitepress/theme"), { recursive: true });
  copyFileSync(join(root, "site/theme/config.mjs"), join(folder, ".vitepress/config.mjs"));
  stagePlayground(root, folder);
  copyFileSync(join(root, "site/pages/hero.svg"), join(pages, "public/hero.svg"));
  mkdirSync(join(pages, "public/reports"), { recursive: true });
  copyFileSync(matrix.report, join(pages, "public/reports/matrix.html"));
  const [, version] = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m);
  const versions = JSON.parse(readFileSync(join(root, "site/versions.json"), "utf8"));
  writeFileSync(join(folder, ".vitepress/site.json"), JSON.stringify({ sidebar, version, versions }));
}

/** The modules as they are, beside a copy of the implementation that they use. */
function stagePlayground(root, folder) {
  const to = join(folder, "pages/public/playground");
  cpSync(join(root, "site/playground"), to, {
    recursive: true, filter: (path) => !/(index\.html|index\.mjs|alone\.css)$/.test(path),
  });
  cpSync(join(root, "conformance/implementations/javascript/src"), join(to, "reference"), {
    recursive: true, filter: (path) => !path.endsWith(".ts") && !path.endsWith(".d.mts"),
  });
  const name = join(to, "reference.mjs");
  const moved = readFileSync(name, "utf8")
    .replaceAll("../../conformance/implementations/javascript/src/", "./reference/");
  writeFileSync(name, moved);
  copyFileSync(join(to, "playground.css"), join(folder, ".vitepress/theme/playground.css"));
}

/** The page and the anchor of each rule. */
function pagesOfRules(root, pages) {
  const chapters = [...pages].filter(([path]) => path.startsWith("spec/"));
  return new Map(chapters.flatMap(([path, page]) => {
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    const ids = lines.map((line) => line.match(RULE)?.[1]).filter(Boolean);
    return ids.map((id) => [id, `/${page}#${id}`]);
  }));
}

/** The page of the matrix has two places that the build fills. */
function filled(text, { table, rows }, rules) {
  const cells = ({ label, by, page, verdict, passed, failed, weak, revision, version }) =>
    `| [${label}](${page}) ${version} | ${by} | ${revision} | ${verdict === "conforms" ? "✓" : "✗"} ${verdict} | ${
      passed.toLocaleString("en")} | ${failed} | ${weak} |`;
  return text
    .replace("| MATRIX |  |  |  |  |  |  |", () => rows.map(cells).join("\n"))
    .replace("<!-- matrix of rules -->", () => `${REPORT}\n\n${linked(table, rules)}`);
}

/** Each rule of the table leads to its text. */
const linked = (table, rules) => table.replace(/^\| `([A-Z_]+-\d+)` \|/gm, (cell, id) =>
  (rules.has(id) ? `| [${id}](${rules.get(id)}) |` : cell));
