// Runs the checks against the built pages with the invented gate on a free port: npm run e2e:mock
import { preview } from "vite";

const server = await preview({ configFile: "dev/vite.config.ts", preview: { port: 0, strictPort: false } });
const address = server.httpServer.address();
if (address === null || typeof address === "string") throw new Error("the server has no port");
process.env.BORDERGATE_URL = `http://127.0.0.1:${address.port}`;
await import("./main.ts");
