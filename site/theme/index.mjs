/** The theme: the usual one, with a layout for the playground. */
import { withBase } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { h, onMounted, ref } from "vue";
import "./playground.css";
import "./style.css";

/** The playground's own modules show it; they are not part of the bundle. */
const Playground = {
  setup() {
    const root = ref(null);
    onMounted(async () => {
      const address = withBase("/playground/page.mjs");
      const { start } = await import(/* @vite-ignore */ address);
      start(root.value, { folder: withBase("/spec/"), ending: "" });
    });
    return () => h("div", { class: "playground-page" }, [
      h("h1", "Playground"),
      h("p", { class: "lead" }, "Bytes, messages and states, read and written by the JavaScript implementation in this page. There is no server, and nothing that you paste leaves the page."),
      h("main", { id: "playground", ref: root }, h("noscript", "The playground needs JavaScript.")),
    ]);
  },
};

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("playground", Playground);
  },
};
