// The rest of the repository, as tests read it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const consoleRoot = resolve(import.meta.dirname, "../..");
export const repositoryRoot = resolve(consoleRoot, "../..");

// Texts of the files below a folder whose names fit, by path from that folder.
export function filesBelow(folder: string, fits: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !path.includes("node_modules") && !path.includes("/generated/") && fits.test(path)) {
      found.set(relative(folder, path), readFileSync(path, "utf-8"));
    }
  }
  return found;
}

export function protos(): Map<string, string> {
  return filesBelow(join(repositoryRoot, "proto/bordergate"), /\.proto$/);
}
