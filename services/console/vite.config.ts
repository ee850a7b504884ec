// Builds the console (index.html, React) and the public board (board.html, plain TypeScript) into static files.
// BORDERGATE_CONSOLE_OUT names another folder than dist.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// Puts NAME.gz beside each text file; the gateway sends it to browsers that take it and compresses nothing itself.
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle: ({ dir = "dist" }) => {
      for (const name of readdirSync(dir, { recursive: true, encoding: "utf-8" })) {
        if (/\.(html|js|css|svg)$/.test(name)) {
          const file = join(dir, name);
          writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
        }
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: process.env.BORDERGATE_CONSOLE_OUT ?? "dist",
    emptyOutDir: true,
    target: "es2022",
    // No picture or font inside a style or a script: the gateway's content policy allows files of its own host only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rollupOptions: { input: { index: "index.html", board: "board.html" } },
  },
});
