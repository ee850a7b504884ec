// Renders the whole console at an address, signed in as somebody, before an invented gate.
import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { App } from "@/app/app.tsx";
import type { Me, Role } from "@/lib/wire.ts";
import { makeMe } from "@/mocks/data.ts";
import { makeHandlers } from "@/mocks/handlers.ts";
import { World } from "@/mocks/world.ts";
import { server } from "./server.ts";

// Pages are fetched when they are first shown; here they are there before the first test's clock runs.
await Promise.all(Object.values(import.meta.glob("../app/routes/*.tsx")).map((load) => load()));

export function renderAt(path: string, who: Me | Role | null, world = new World()) {
  world.me = typeof who === "string" ? makeMe(who, "Nguyễn Văn An") : who;
  server.use(...makeHandlers(world));
  const history = createMemoryHistory({ initialEntries: [path] });
  const view = render(<App history={history} retryPauseMs={1} />);
  const address = () => history.location.href;
  return { ...view, world, user: userEvent.setup(), address };
}

// Rules that a page breaks, as axe names them. What needs a real layout (contrast, sizes) is checked by the e2e script in
// a browser.
export async function axeFaults(root: Element = document.body): Promise<string[]> {
  const result = await axe.run(root, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false } },
  });
  return result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`);
}
