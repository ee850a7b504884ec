// Builds the console (index.html, React) and the public board (board.html, plain TypeScript) into static files.
// BORDERGATE_CONSOLE_OUT names the folder; build.sh sets it to build/release/console of the repository.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
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
