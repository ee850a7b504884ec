// Goal: a live stream repairs itself, never loops, and stops only when the server refuses the reader.
// Method: a real HTTP server on a free port, whose streams are cut and silenced on purpose; pauses of a few milliseconds.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { server as mocks } from "@/testing/server.ts";
import { openEventStream, type StreamHandlers } from "./event_stream.ts";

// What the server does with the first, second, … request; the last entry answers all further ones.
type Answer = (response: ServerResponse, request: IncomingMessage) => void;
let answers: Answer[] = [];
let asked: IncomingMessage[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  (answers[asked.length - 1] ?? answers.at(-1)!)(response, request);
});

beforeAll(async () => {
  mocks.close(); // these requests go to a real server
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  mocks.listen();
});
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 10 });

let close = () => {};
beforeEach(() => {
  asked = [];
});
afterEach(() => close());

function head(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { "Content-Type": "text/event-stream" });
}
const stream =
  (...parts: string[]): Answer =>
  (response) => {
    head(response);
    for (const part of parts) response.write(part);
  };
const ending =
  (text: string): Answer =>
  (response) => {
    head(response).end(text);
  };
const refusing =
  (status: number, reason: string): Answer =>
  (response) => {
    response.writeHead(status, { "Content-Type": "application/problem+json" }).end(JSON.stringify({ status, reason }));
  };

function open(options: { silenceLimitMs?: number } = {}) {
  const heard: unknown[] = [];
  const reasons: string[] = [];
  const handlers: StreamHandlers<unknown> = {
    onMessage: (message) => heard.push(message),
    onOpen: () => heard.push("open"),
    onProblem: (each) => reasons.push(each.reason),
  };
  const { port } = server.address() as AddressInfo;
  close = openEventStream(`http://127.0.0.1:${port}/v1/things:watch`, handlers, { pausesMs: [5, 10], ...options });
  return { heard, reasons };
}

test("messages come whole, also when they are cut anywhere on the way", async () => {
  answers = [stream(": open\n\nda", 'ta: {"a":', "1}\n\n: heartbeat\n\ndata: {", '"a":2}\n\n')];
  const { heard } = open();
  await eventually(() => expect(heard).toEqual(["open", { a: 1 }, { a: 2 }]));
});

test("a stream that ends is opened anew, after the last id that was seen", async () => {
  answers = [ending("id: 1\ndata: {}\n\n"), ending("id: 2\ndata: {}\n\n"), stream(": open\n\n")];
  const { reasons } = open();
  await eventually(() => expect(asked).toHaveLength(3));
  expect(asked.map((request) => request.headers["last-event-id"])).toEqual([undefined, "1", "2"]);
  expect(reasons).toEqual(["NETWORK_UNREACHABLE", "NETWORK_UNREACHABLE"]);
});

test("a connection that breaks in the middle of a message is opened anew, and the half message is dropped", async () => {
  answers = [
    (response) => {
      head(response).write('data: {"half":');
      setTimeout(() => response.destroy(), 20);
    },
    stream('data: {"whole":true}\n\n'),
  ];
  const { heard } = open();
  await eventually(() => expect(heard).toEqual(["open", "open", { whole: true }]));
});

test("a server that says nothing for too long is left and asked anew", async () => {
  answers = [stream(": open\n\n"), stream('data: {"back":true}\n\n')];
  const { heard } = open({ silenceLimitMs: 60 });
  await eventually(() => expect(heard).toContainEqual({ back: true }));
});

test("a server that never answers is left too", async () => {
  answers = [() => {}, stream('data: {"back":true}\n\n')];
  const { heard, reasons } = open({ silenceLimitMs: 60 });
  await eventually(() => expect(heard).toContainEqual({ back: true }));
  expect(reasons).toEqual(["NETWORK_UNREACHABLE"]);
});

test("a problem inside the stream is told and the stream opened anew", async () => {
  answers = [
    ending('event: problem\ndata: {"reason":"SESSION_CHANGED","status":401}\n\n'),
    stream('data: {"back":true}\n\n'),
  ];
  const { heard, reasons } = open();
  await eventually(() => expect(heard).toContainEqual({ back: true }));
  expect(reasons).toEqual(["SESSION_CHANGED"]);
});

test.each([
  [401, "UNAUTHENTICATED"],
  [403, "ROLE_MISSING"],
])("a refusal with %i is final, one with 503 is not", async (status, reason) => {
  answers = [refusing(503, "SERVICE_UNAVAILABLE"), refusing(status, reason), stream('data: {"no":true}\n\n')];
  const { reasons } = open();
  await eventually(() => expect(reasons).toEqual(["SERVICE_UNAVAILABLE", reason]));
  await new Promise((done) => setTimeout(done, 60)); // long enough for several pauses of 10 ms
  expect(asked).toHaveLength(2);
});

test("a stream that was closed is not opened again", async () => {
  answers = [ending("data: {}\n\n")];
  const { heard } = open();
  await eventually(() => expect(heard.length).toBeGreaterThan(1));
  close();
  const before = asked.length;
  await new Promise((done) => setTimeout(done, 60)); // long enough for several pauses of 10 ms
  expect(asked.length).toBeLessThanOrEqual(before + 1); // one may have been on its way
});
