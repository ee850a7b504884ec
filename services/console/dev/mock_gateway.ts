// Lets a Vite server answer /v1 as the gateway would, from the same handlers that the tests use. One world a server; it
// moves on twice a second.

import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { getResponse } from "msw";
import type { Plugin } from "vite";
import { demoWorld, tick } from "../src/mocks/demo.ts";
import { makeHandlers } from "../src/mocks/handlers.ts";

type Next = (error?: unknown) => void;
interface Middlewares {
  use: (handler: (incoming: IncomingMessage, outgoing: ServerResponse, next: Next) => void) => void;
}

// What the gateway tells browsers about the pages. Only for built files: Vite's own client is an inline script.
const pagePolicy =
  "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export function mockGateway(): Plugin {
  const attach = (middlewares: Middlewares, policy?: string) => {
    const world = demoWorld(Number(process.env.LANES ?? 14));
    const handlers = makeHandlers(world);
    let count = 0;
    setInterval(() => tick(world, count++), 500).unref();
    middlewares.use((incoming, outgoing, next) => {
      if (incoming.url?.startsWith("/v1/")) void answer(incoming, outgoing, handlers).catch(next);
      else {
        if (policy) outgoing.setHeader("Content-Security-Policy", policy);
        next();
      }
    });
  };
  return {
    name: "mock-gateway",
    configureServer: (server) => attach(server.middlewares),
    configurePreviewServer: (server) => attach(server.middlewares, pagePolicy),
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handlers: Parameters<typeof getResponse>[0],
) {
  const gone = new AbortController();
  outgoing.on("close", () => gone.abort());
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method,
    headers: Object.entries(incoming.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    ),
    body: hasBody ? (Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>) : undefined,
    signal: gone.signal,
    ...(hasBody ? { duplex: "half" } : {}),
  });
  const response = await getResponse(handlers, request);
  if (!response) {
    outgoing.writeHead(404, { "Content-Type": "application/problem+json" });
    outgoing.end(JSON.stringify({ reason: "METHOD_UNKNOWN", status: 404 }));
    return;
  }
  outgoing.statusCode = response.status;
  response.headers.forEach((value, name) => {
    outgoing.setHeader(name, value);
  });
  outgoing.flushHeaders();
  if (response.body)
    Readable.fromWeb(response.body as NodeReadableStream)
      .on("error", () => {})
      .pipe(outgoing);
  else outgoing.end();
}
