// Makes src/generated from the gateway's OpenAPI document: npm run types
//   BORDERGATE_OPENAPI   a file with the document; without it the built gateway is asked:
//   BORDERGATE_GATEWAY   its program, by default build/release/bin/gateway of the repository
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createClient } from "@hey-api/openapi-ts";

const root = resolve(import.meta.dirname, "../../..");
const gateway = process.env.BORDERGATE_GATEWAY ?? resolve(root, "build/release/bin/gateway");
const file = process.env.BORDERGATE_OPENAPI;

if (!file && !existsSync(gateway)) {
  console.error(`✘ there is no gateway at ${gateway} to ask for its interface → ninja -C build/release gateway`);
  process.exit(1);
}
const text = file
  ? readFileSync(file, "utf-8")
  : execFileSync(gateway, ["openapi"], { encoding: "utf-8", maxBuffer: 2 ** 26 });

await createClient({
  input: JSON.parse(text),
  output: { path: resolve(import.meta.dirname, "../src/generated") },
  plugins: ["@hey-api/typescript"],
  logs: { level: "error" },
});
