// Goal: whatever goes wrong becomes one Problem with a stable reason, and what is unknown stays unknown.
// Method: answers of every kind, made by the mock server.
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { server } from "@/testing/server.ts";
import { get, post, withQuery } from "./http.ts";
import { asProblem, type Problem } from "./problem.ts";

async function failure(action: Promise<unknown>): Promise<Problem> {
  return action.then(
    () => expect.fail("it did not fail"),
    (error) => asProblem(error),
  );
}

test("a problem keeps reason, parameters, fields and the request's number", async () => {
  server.use(
    http.post(/\/v1\/trips$/, () =>
      HttpResponse.json(
        {
          status: 400,
          reason: "INVALID_FIELD",
          detail: "goods[0].hs_code …",
          request_id: "req-1",
          errors: [{ pointer: "/goods/0/hs_code", reason: "HS_CODE_INVALID", detail: "…" }],
          params: { step_id: "customs" },
        },
        { status: 400 },
      ),
    ),
  );
  const problem = await failure(post("/v1/trips", {}, "key-12345678"));
  expect(problem).toMatchObject({
    reason: "INVALID_FIELD",
    status: 400,
    requestId: "req-1",
    params: { step_id: "customs" },
  });
  expect(problem.fields[0]).toMatchObject({ pointer: "/goods/0/hs_code", reason: "HS_CODE_INVALID" });
  expect(problem.outcomeUnknown).toBe(false);
});

test("a page of a proxy in place of an answer is unreadable, and what it answers is unknown", async () => {
  server.use(
    http.get(
      /\/v1\/x$/,
      () => new HttpResponse("<h1>Bad gateway</h1>", { status: 502, headers: { "X-Request-Id": "req-2" } }),
    ),
  );
  const problem = await failure(get("/v1/x"));
  expect(problem).toMatchObject({ reason: "ANSWER_UNREADABLE", status: 502, requestId: "req-2", outcomeUnknown: true });
});

test("success that is no JSON is unreadable", async () => {
  server.use(http.get(/\/v1\/x$/, () => new HttpResponse("{", { status: 200 })));
  expect((await failure(get("/v1/x"))).reason).toBe("ANSWER_UNREADABLE");
});

test("no answer at all is a network that cannot be reached", async () => {
  server.use(http.get(/\/v1\/x$/, () => HttpResponse.error()));
  expect(await failure(get("/v1/x"))).toMatchObject({ reason: "NETWORK_UNREACHABLE", status: 0, outcomeUnknown: true });
});

test.each([
  ["OUTCOME_UNKNOWN", true],
  ["DEADLINE_EXCEEDED", true],
  ["REQUEST_IN_PROGRESS", true],
  ["SERVICE_UNAVAILABLE", false],
  ["LANE_BUSY", false],
])("after %s the outcome is unknown: %s", async (reason, unknown) => {
  server.use(http.post(/\/v1\/x$/, () => HttpResponse.json({ reason }, { status: 503 })));
  expect((await failure(post("/v1/x", {}, "key-12345678"))).outcomeUnknown).toBe(unknown);
});

test("a change carries its key and says that it comes from our own pages", async () => {
  let headers = new Headers();
  server.use(
    http.post(/\/v1\/x$/, ({ request }) => {
      headers = request.headers;
      return HttpResponse.json({});
    }),
  );
  await post("/v1/x", { a: 1 }, "key-12345678");
  expect(headers.get("Idempotency-Key")).toBe("key-12345678");
  expect(headers.get("X-Session")).toBe("cookie");
  expect(headers.get("Content-Type")).toBe("application/json");
});

test("empty parts of a query are left out", () => {
  expect(withQuery("/v1/x", { plate: "桂F 1", lane: "", page: undefined, size: 0 })).toBe(
    "/v1/x?plate=%E6%A1%82F+1&size=0",
  );
  expect(withQuery("/v1/x")).toBe("/v1/x");
});
