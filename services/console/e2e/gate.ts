// A running gate as a test reaches it beside the browser: accounts, REST, the simulator's control door, the bank's key, the
// processes. Everything comes from the environment that ./run status -o env prints.
import { randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

type Json = Record<string, unknown>;

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: eval "$(./run status -o env)" first`);
  return value;
}

export interface Person {
  name: string;
  password: string;
}

export function person(word: string): Person {
  const key = `BORDERGATE_${word.toUpperCase()}`;
  return { name: setting(`${key}_NAME`), password: setting(`${key}_PASSWORD`) };
}

export const gateUrl = () => setting("BORDERGATE_URL");

// A call at the public door as this person.
export async function ask<T>(who: Person | null, method: "GET" | "POST", path: string, body?: Json): Promise<T> {
  const token = who ? await tokenOf(who) : "";
  const answer = await fetch(gateUrl() + path, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(method === "POST" ? { "Content-Type": "application/json", "Idempotency-Key": randomUUID() } : {}),
    },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

const tokens = new Map<string, string>();

async function tokenOf(who: Person): Promise<string> {
  const known = tokens.get(who.name);
  if (known) return known;
  const { session_token } = await ask<{ session_token: string }>(null, "POST", "/v1/sign-in", {
    sign_in_name: who.name,
    password: who.password,
  });
  tokens.set(who.name, session_token);
  return session_token;
}

// Until it holds, or an error with the last answer after the time.
export async function until<T>(what: string, look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
  const end = performance.now() + 60_000;
  for (;;) {
    const found = await look();
    if (holds(found)) return found;
    if (performance.now() > end) throw new Error(`${what} did not come true; last: ${JSON.stringify(found)}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

// The bank tells that the invoice of a trip was paid to the đồng.
export async function pay(who: Person, tripId: string): Promise<void> {
  const { invoices } = await until(
    "the invoice",
    () =>
      ask<{ invoices: { invoice_id: string; amount_dong: string }[] }>(who, "GET", `/v1/invoices?trip_id=${tripId}`),
    (found) => found.invoices.length === 1,
  );
  const { invoice_id, amount_dong } = invoices[0]!;
  const [bank_id, now] = ["vietinbank", Math.floor(Date.now() / 1000)];
  const bank_reference = `FT${randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase()}`;
  const lines = ["bordergate payment v1", bank_id, bank_reference, invoice_id, amount_dong, now, now];
  const key = readFileSync(join(setting("BORDERGATE_KEYS"), "bank", `${bank_id}.pem`));
  const stamp = new Date(now * 1000).toISOString();
  await ask(null, "POST", "/v1/payments", {
    bank_id,
    bank_reference,
    invoice_id,
    amount_dong,
    book_time: stamp,
    sign_time: stamp,
    signature: sign(null, Buffer.from(lines.join("\n")), key).toString("base64"),
  });
}

// The simulator's control door.
async function control(method: "GET" | "POST", path: string, body?: Json): Promise<Json> {
  const token = readFileSync(join(setting("BORDERGATE_KEYS"), "control.token"), "utf-8").trim();
  const answer = await fetch(setting("BORDERGATE_CONTROL_URL") + path, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Json;
}

// Lines a truck up before a lane; its driver waits for as long as a test can take.
export async function placeTruck(laneId: string, plate: string, more: Json = {}): Promise<string> {
  const placed = await control("POST", `/lanes/${laneId}/trucks`, { plate, patience_s: 600, ...more });
  return String(placed.truck_id);
}

export async function waitTruck(truckId: string, event: string): Promise<void> {
  await control("GET", `/trucks/${truckId}?wait_for=${event}&timeout_ms=60000`);
}

// The truck in front backs out and leaves.
export async function backOut(laneId: string, truckId: string): Promise<void> {
  await control("POST", `/lanes/${laneId}/scenes`, { scene: "reverse" });
  await waitTruck(truckId, "over");
}

// kill -9; the runner starts the program again.
export function kill(program: string): void {
  const state = JSON.parse(readFileSync(join(setting("BORDERGATE_KEYS"), "..", "state.json"), "utf-8")) as {
    programs: { name: string; pid: number }[];
  };
  process.kill(state.programs.find((each) => each.name === program)!.pid, "SIGKILL");
}
