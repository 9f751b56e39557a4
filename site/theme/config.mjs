/** The configuration of VitePress. The build puts it beside `site.json`, which has the navigation. */
import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

const { sidebar, version, versions } = JSON.parse(readFileSync(new URL("site.json", import.meta.url), "utf8"));

/** The anchor of a heading, as the links of the documents write it. */
const slugify = (title) =>
  title.trim().toLowerCase().replace(/[^\p{Alphabetic}\p{N} _-]/gu, "").replaceAll(" ", "-");

export default defineConfig({
  title: "rollwire",
  description: "A small binary protocol for browser games with rollback netcode: specification, model, vectors and a conformance kit",
  lang: "en",
  srcDir: "pages",
  outDir: "dist",
  cleanUrls: true,
  // Documents are Markdown; whatever looks like markup in them is text.
  markdown: {
    html: false,
    anchor: { slugify },
    toc: { slugify },
  },
  themeConfig: {
    siteTitle: "rollwire",
    search: { provider: "local" },
    outline: { level: [2, 3] },
    externalLinkIcon: true,
    nav: [
      { text: "Guides", link: "/guides/port-in-an-hour", activeMatch: "/guides/" },
      { text: "Specification", link: "/spec/", activeMatch: "/spec/" },
      { text: "Playground", link: "/playground/" },
      { text: "Matrix", link: "/matrix" },
      { text: version, items: [...versions, { text: "Changelog", link: "/project/changelog" }] },
    ],
    sidebar,
    socialLinks: [{ icon: "github", link: "https://github.com/rollwire/rollwire" }],
    footer: { message: "MIT or Apache 2.0, at your option" },
  },
});
